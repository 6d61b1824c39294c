// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.archive.PackedFiles;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.lang.ref.SoftReference;
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

    /** What has made or changed it; null for what is as it was copied. */
    default @Nullable Provenance by() {
        return null;
    }

    /** A file of the build context that was not changed after it was copied. It is read on demand, and kept. */
    final class Copied implements FileContent {

        /** Larger files are neither scripts nor settings that a person wrote. */
        private static final long MAX_BYTES = 256 * 1024;

        private final Path file;
        private final String name;
        private @Nullable SoftReference<Optional<SourceFile>> source;

        /**
         * @param file where it is on this machine
         * @param name to print, see {@link SourceFile#name()}
         */
        public Copied(Path file, String name) {
            this.file = file;
            this.name = name;
        }

        public Path file() {
            return file;
        }

        public String name() {
            return name;
        }

        @Override
        public Optional<SourceFile> read() {
            Optional<SourceFile> known = source == null ? null : source.get();
            if (known == null) {
                known = readNow();
                source = new SoftReference<>(known);
            }
            return known;
        }

        private Optional<SourceFile> readNow() {
            try {
                if (Files.size(file) > MAX_BYTES) {
                    return Optional.empty();
                }
                SourceFile read = SourceFile.read(file, name);
                return read.text().indexOf('\0') >= 0 ? Optional.empty() : Optional.of(read);
            } catch (IOException | UnreadableSourceException e) {
                // The build of the image reports it.
                return Optional.empty();
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Copied copied && file.equals(copied.file) && name.equals(copied.name);
        }

        @Override
        public int hashCode() {
            return file.hashCode();
        }
    }

    /**
     * A file that a command of the Dockerfile has written.
     *
     * @param text its content, as far as it is known
     */
    record Written(Text text, Provenance by) implements FileContent {

        @Override
        public Optional<SourceFile> read() {
            return by.location().flatMap(place -> text.known().map(known -> SourceFile.inside(place, known)));
        }
    }

    /** An archive that the build of the project is going to make. */
    record Planned(PackedFiles files) implements FileContent {}

    /**
     * An unchanged start script of a published image.
     *
     * @param image the image's reference
     */
    record StartScript(String image) implements FileContent {}

    /** An unchanged file that was copied from a published image. */
    record Published(Provenance by) implements FileContent {}

    /** A text that a command has written, or an unknown change. */
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

    /** A file whose name a JVM gets while the image is built: the JVM's program reads it, and may change it. */
    record Given(FileContent before, Provenance by) implements FileContent {}

    /** A file that the Dockerfile adds, or changes in a way that is not followed. */
    record Changed(Provenance by) implements FileContent {

        // Same as the JDK's for records, but fast from the start.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Changed changed && by.equals(changed.by);
        }

        @Override
        public int hashCode() {
            return by.hashCode();
        }
    }
}
