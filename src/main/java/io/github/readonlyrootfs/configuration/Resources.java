// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The files that become the application's class path resources: the project's output directory, filled by Maven. A file
 * is called by the name of the one it was copied from where that has the same lines, for that is the one people edit.
 */
public final class Resources {

    /** More entries than a directory of configuration files has; those beyond are not seen. */
    private static final int MAX_ENTRIES = 10_000;

    /** Those of an application of which nothing is at hand. */
    public static final Resources NONE = new Resources(Optional.empty(), List.of());

    private final Optional<Directory> output;
    private final List<Directory> sources;

    /**
     * A directory of this machine.
     *
     * @param name the name to print, see {@link Location#file()}; ends without a slash
     */
    public record Directory(Path path, String name) {

        Optional<Path> file(String resource) {
            try {
                Path file = path.resolve(resource).normalize();
                return file.startsWith(path.normalize()) ? Optional.of(file) : Optional.empty();
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }

        private String nameOf(String resource) {
            return name.isEmpty() ? resource : name + "/" + resource;
        }
    }

    /**
     * The resources in an output directory, which need not exist.
     *
     * @param sources the directories that Maven copies resources from
     */
    public Resources(Directory output, List<Directory> sources) {
        this(Optional.of(output), sources);
    }

    private Resources(Optional<Directory> output, List<Directory> sources) {
        this.output = output;
        this.sources = List.copyOf(sources);
    }

    /**
     * Reads a resource.
     *
     * @param resource its name as a class loader knows it, such as {@code config/application.yml}
     * @return its text; empty when there is none
     */
    public Optional<SourceFile> read(String resource) throws UnreadableSourceException {
        Optional<Path> file =
                output.flatMap(directory -> directory.file(resource)).filter(Files::exists);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        SourceFile copy = SourceFile.read(file.get(), output.get().nameOf(resource));
        for (Directory directory : sources) {
            Optional<Path> original = directory.file(resource).filter(Files::isRegularFile);
            if (original.isPresent() && hasLinesOf(copy, original.get())) {
                return Optional.of(SourceFile.of(directory.nameOf(resource), copy.text()));
            }
        }
        return Optional.of(copy);
    }

    private static boolean hasLinesOf(SourceFile copy, Path original) {
        try {
            return SourceFile.read(original, copy.name()).lineCount() == copy.lineCount();
        } catch (UnreadableSourceException e) {
            return false;
        }
    }

    /**
     * The names of the files in a directory, sorted, without those in directories below.
     *
     * @param directory its name with a slash at the end; empty for the uppermost
     */
    public List<String> names(String directory) {
        List<String> names = new ArrayList<>();
        Optional<Path> path =
                output.flatMap(uppermost -> uppermost.file(directory)).filter(Files::isDirectory);
        if (path.isPresent()) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path.get())) {
                for (Path entry : entries) {
                    if (names.size() == MAX_ENTRIES) {
                        break;
                    }
                    if (!Files.isDirectory(entry)) {
                        names.add(directory + entry.getFileName());
                    }
                }
            } catch (IOException e) {
                // What cannot be listed holds nothing that we could read.
                return List.of();
            }
        }
        Collections.sort(names);
        return names;
    }
}
