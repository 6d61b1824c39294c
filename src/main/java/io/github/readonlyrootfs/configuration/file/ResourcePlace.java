// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.archive.ClassPathFiles;
import io.github.readonlyrootfs.configuration.file.Resources.Directory;
import io.github.readonlyrootfs.configuration.file.Resources.Source;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One entry of the class path, with the text files in it. */
public sealed interface ResourcePlace {

    /** More entries than a directory of configuration files has; further ones are not listed. */
    int MAX_ENTRIES = 10_000;

    /**
     * A project's output directory, built or not.
     *
     * @param sources the directories that Maven copies its resources from
     */
    static ResourcePlace of(Directory output, List<Source> sources) {
        return Files.isDirectory(output.path()) ? new Output(output, sources) : new NotBuilt(sources);
    }

    /**
     * Reads a file.
     *
     * @param resource its name on the class path
     * @param unfiltered whether to read it even if Maven has yet to replace placeholders, which then become {@code @name@}
     * @throws UnreadableSourceException also if Maven has yet to replace placeholders and {@code unfiltered} is false
     */
    Optional<SourceFile> read(String resource, boolean unfiltered) throws UnreadableSourceException;

    /** The names of the files in a directory, see {@link Resources#names}. */
    List<String> names(String directory) throws IOException;

    /**
     * An output directory that Maven has filled. A file has the name of its original if both have the same number of
     * lines, because people edit the original.
     */
    record Output(Directory directory, List<Source> sources) implements ResourcePlace {

        public Output {
            sources = List.copyOf(sources);
        }

        @Override
        public Optional<SourceFile> read(String resource, boolean unfiltered) throws UnreadableSourceException {
            Optional<Path> file = files().file(resource);
            if (file.isEmpty() || !Files.exists(file.get())) {
                return Optional.empty();
            }
            SourceFile copy = SourceFile.read(file.get(), directory.nameOf(resource));
            return Optional.of(original(resource, copy).orElse(copy));
        }

        private Optional<SourceFile> original(String resource, SourceFile copy) {
            for (Source source : sources) {
                Optional<Path> original = source.directory().file(resource);
                if (original.isPresent() && hasLinesOf(copy, original.get())) {
                    return Optional.of(SourceFile.of(source.printed(resource), copy.text()));
                }
            }
            return Optional.empty();
        }

        private static boolean hasLinesOf(SourceFile copy, Path original) {
            try {
                return SourceFile.read(original, copy.name()).lineCount() == copy.lineCount();
            } catch (UnreadableSourceException e) {
                return false;
            }
        }

        @Override
        public List<String> names(String listed) throws IOException {
            return files().files(listed, MAX_ENTRIES);
        }

        private ClassPathEntry.Directory files() {
            return new ClassPathEntry.Directory(directory.path());
        }
    }

    /** The resources that Maven will copy into an output directory that does not exist yet. */
    record NotBuilt(List<Source> sources) implements ResourcePlace {

        /** The placeholders that Maven may replace. */
        private static final Pattern FILTERED = Pattern.compile("@([\\w.-]+)@|\\$\\{([\\w.-]+)\\}");

        public NotBuilt {
            sources = List.copyOf(sources);
        }

        @Override
        public Optional<SourceFile> read(String resource, boolean unfiltered) throws UnreadableSourceException {
            Optional<SourceFile> found = Optional.empty();
            for (Source source : sources) {
                Optional<Path> file = source.directory().file(resource);
                if (file.isEmpty()) {
                    continue;
                }
                SourceFile text = SourceFile.read(file.get(), source.printed(resource));
                if (!source.directory().mayChange(text.text())) {
                    found = found.isPresent() ? found : Optional.of(text);
                } else if (unfiltered) {
                    return Optional.of(SourceFile.of(
                            text.name(), FILTERED.matcher(text.text()).replaceAll("_@$1$2@")));
                } else {
                    throw new UnreadableSourceException(new Problem(
                            Location.of(text.name()),
                            "Maven replaces placeholders in this file when it copies it; its content is unknown before that",
                            "run after compile"));
                }
            }
            return found;
        }

        @Override
        public List<String> names(String directory) throws IOException {
            List<String> names = new ArrayList<>();
            for (Source source : sources) {
                names.addAll(source.directory().names(directory, MAX_ENTRIES));
            }
            return names;
        }
    }

    /**
     * A jar.
     *
     * @param name a prefix for the names of its files, for display; without a slash at the end
     */
    record Archive(ClassPathFiles files, String name) implements ResourcePlace {

        /** Larger files in a jar are not configuration. */
        private static final int MAX_BYTES = 2_000_000;

        @Override
        public Optional<SourceFile> read(String resource, boolean unfiltered) {
            try {
                Optional<byte[]> bytes = files.read(resource, MAX_BYTES);
                return bytes.isEmpty()
                        ? Optional.empty()
                        : Optional.of(SourceFile.of(new Directory(files.path(), name).nameOf(resource), bytes.get()));
            } catch (IOException e) {
                // The search for classes reports a jar that cannot be read.
                return Optional.empty();
            }
        }

        @Override
        public List<String> names(String directory) throws IOException {
            return files.files(directory, MAX_ENTRIES);
        }
    }
}
