// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.archive.ClassPathFiles;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that an application finds on its class path: the project's output directory, filled by Maven, those of its
 * modules, and what may be configuration in the jars of libraries. A file is called by the name of the one it was copied from where
 * that has the same lines, for that is the one people edit.
 */
public final class Resources {

    /** More entries than a directory of configuration files has; those beyond are not seen. */
    private static final int MAX_ENTRIES = 10_000;

    /** Larger files in a jar are no configuration. */
    private static final int MAX_BYTES = 2_000_000;

    /** Those of an application of which nothing is at hand. */
    public static final Resources NONE = new Resources(List.of());

    private final List<Place> places;

    /**
     * A directory of this machine.
     *
     * @param name the name to print, see {@link Location#file()}; ends without a slash
     */
    public record Directory(Path path, String name) {

        private String nameOf(String resource) {
            return name.isEmpty() ? resource : name + "/" + resource;
        }
    }

    /**
     * Where resources of an entry are copied from.
     *
     * @param name the directory's, as of {@link Directory}
     */
    public record Source(ResourceDirectory directory, String name) {

        private String printed(String resource) {
            return new Directory(directory.path(), name)
                    .nameOf(directory.nameOf(resource).orElse(resource));
        }
    }

    /**
     * One entry of the class path. Of a directory that is not there yet, it has what will certainly be copied into it.
     *
     * @param name what to put before the names of its files to print them; ends without a slash
     * @param sources the directories that Maven copies its resources from
     */
    public record Place(ClassPathFiles entry, String name, List<Source> sources) {

        public Place {
            sources = List.copyOf(sources);
        }

        private Optional<SourceFile> read(String resource) throws UnreadableSourceException {
            if (!isBuilt()) {
                return uncopied(resource);
            }
            String printed = new Directory(entry.path(), name).nameOf(resource);
            if (entry instanceof ClassPathEntry.Directory directory) {
                Optional<Path> file = directory.file(resource).filter(Files::exists);
                return file.isEmpty() ? Optional.empty() : Optional.of(SourceFile.read(file.get(), printed));
            }
            try {
                return entry.read(resource, MAX_BYTES)
                        .map(bytes -> SourceFile.of(
                                printed, new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "")));
            } catch (IOException e) {
                // A jar that cannot be read is told of where its classes are looked at.
                return Optional.empty();
            }
        }

        private boolean isBuilt() {
            return !(entry instanceof ClassPathEntry.Directory) || Files.isDirectory(entry.path());
        }

        private Optional<SourceFile> uncopied(String resource) throws UnreadableSourceException {
            Optional<SourceFile> found = Optional.empty();
            for (Source source : sources) {
                Optional<Path> file = source.directory().file(resource);
                if (file.isPresent()) {
                    SourceFile text = SourceFile.read(file.get(), source.printed(resource));
                    if (source.directory().mayChange(text.text())) {
                        return Optional.empty();
                    }
                    found = found.or(() -> Optional.of(text));
                }
            }
            return found;
        }

        private List<String> names(String directory) {
            try {
                if (isBuilt()) {
                    return entry.files(directory, MAX_ENTRIES);
                }
                List<String> names = new ArrayList<>();
                for (Source source : sources) {
                    names.addAll(source.directory().names(directory, MAX_ENTRIES));
                }
                return names;
            } catch (IOException e) {
                // What cannot be listed holds nothing that we could read.
                return List.of();
            }
        }
    }

    /**
     * The resources in an output directory, which need not exist.
     *
     * @param sources the directories that Maven copies resources from
     */
    public Resources(Directory output, List<Source> sources) {
        this(List.of(new Place(new ClassPathEntry.Directory(output.path()), output.name(), sources)));
    }

    /**
     * The resources of several entries of a class path.
     *
     * @param places in its order: the first that has a file counts
     */
    public Resources(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /** Those of each entry by itself, in the order of the class path. */
    List<Resources> entries() {
        return places.stream().map(place -> new Resources(List.of(place))).toList();
    }

    /**
     * Reads a resource.
     *
     * @param resource its name as a class loader knows it, such as {@code config/application.yml}
     * @return its text; empty when there is none
     */
    public Optional<SourceFile> read(String resource) throws UnreadableSourceException {
        for (Place place : places) {
            Optional<SourceFile> copy = place.read(resource);
            if (copy.isPresent()) {
                return Optional.of(original(resource, copy.get(), place).orElse(copy.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<SourceFile> original(String resource, SourceFile copy, Place place) {
        for (Source source : place.sources()) {
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

    /**
     * The names of the files in a directory, sorted, without those in directories below.
     *
     * @param directory its name with a slash at the end; empty for the uppermost
     */
    public List<String> names(String directory) {
        Set<String> names = new TreeSet<>();
        places.forEach(place -> names.addAll(place.names(directory)));
        return List.copyOf(names);
    }
}
