package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is known of the content of a file of the image. */
public sealed interface FileContent {

    /** The text; empty where it is not known, cannot be read, is too large, or is none. */
    Optional<SourceFile> read();

    /**
     * A file of the build context that nothing has changed since it was copied. It is read when it is asked for.
     *
     * @param file where it is here
     * @param name to print, see {@link SourceFile#name()}
     */
    record Copied(Path file, String name) implements FileContent {

        /** Larger ones are no scripts and no settings that a person wrote. */
        private static final long MAX_BYTES = 256 * 1024;

        @Override
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

    /** A file that the Dockerfile brings in or changes in a way that is not followed. */
    record Changed(Provenance by) implements FileContent {

        @Override
        public Optional<SourceFile> read() {
            return Optional.empty();
        }
    }
}
