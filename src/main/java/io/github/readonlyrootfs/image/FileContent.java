package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file of the image holds, where it is a file of the build context that nothing has changed since. It is read when
 * it is asked for.
 *
 * @param file where it is here
 * @param name to print, see {@link SourceFile#name()}
 */
public record FileContent(Path file, String name) {

    /** Larger ones are no scripts and no settings that a person wrote. */
    private static final long MAX_BYTES = 256 * 1024;

    /** The text; empty where it cannot be read, is too large, or is none. */
    public Optional<SourceFile> read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            SourceFile source = SourceFile.read(file, name);
            return source.text().indexOf('\0') >= 0 ? Optional.empty() : Optional.of(source);
        } catch (IOException e) {
            // Whoever builds the image will hear of it.
            return Optional.empty();
        }
    }
}
