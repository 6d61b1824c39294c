// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.shell.text.Text;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the content of a file of the image. */
public sealed interface FileContent {

    /** The text; empty if it is not known, cannot be read, is too large, or is not text. */
    default Optional<SourceFile> read() {
        return Optional.empty();
    }

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
                // The build of the image reports it.
                return Optional.empty();
            }
        }
    }

    /**
     * A file that a command of the Dockerfile has written.
     *
     * @param text what it holds, as far as that is known
     */
    record Written(Text text, Provenance by) implements FileContent {

        @Override
        public Optional<SourceFile> read() {
            return by.location().flatMap(place -> text.known().map(known -> SourceFile.inside(place, known)));
        }
    }

    /**
     * A start script of a published image, as that has it.
     *
     * @param image the image's reference
     */
    record StartScript(String image) implements FileContent {}

    /** A file that is copied from a published image, as that has it. */
    record Published(Provenance by) implements FileContent {}

    /** What a command has written, or something that is not known. */
    static FileContent of(Text text, Provenance by) {
        return text.equals(Text.UNKNOWN) ? new Changed(by) : new Written(text, by);
    }

    /** The text of a file, as far as it is known. */
    static Text text(@Nullable FileContent content) {
        if (content instanceof Written written) {
            return written.text;
        }
        return content == null
                ? Text.UNKNOWN
                : content.read().map(SourceFile::text).map(Text::of).orElse(Text.UNKNOWN);
    }

    /** A file that the Dockerfile brings in or changes in a way that is not followed. */
    record Changed(Provenance by) implements FileContent {}
}
