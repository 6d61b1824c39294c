// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that an application finds on its class path: the project's output directory, filled by Maven, those of its
 * modules, and what may be configuration in the jars of libraries.
 */
public final class Resources {

    /** Those of an application of which no file is available. */
    public static final Resources NONE = new Resources(List.of());

    private final List<ResourcePlace> places;

    /**
     * A directory of this machine.
     *
     * @param name the name to print, see {@link Location#file()}; ends without a slash
     */
    public record Directory(Path path, String name) {

        String nameOf(String resource) {
            return name.isEmpty() ? resource : name + "/" + resource;
        }
    }

    /**
     * A directory that resources are copied from.
     *
     * @param name the directory's, as of {@link Directory}
     */
    public record Source(ResourceDirectory directory, String name) {

        String printed(String resource) {
            return new Directory(directory.path(), name)
                    .nameOf(directory.nameOf(resource).orElse(resource));
        }
    }

    /**
     * The resources in an output directory, which need not exist.
     *
     * @param sources the directories that Maven copies resources from
     */
    public Resources(Directory output, List<Source> sources) {
        this(List.of(ResourcePlace.of(output, sources)));
    }

    /**
     * The resources of several entries of a class path.
     *
     * @param places in its order: the first that has a file counts
     */
    public Resources(List<ResourcePlace> places) {
        this.places = List.copyOf(places);
    }

    /** Those of each entry by itself, in the order of the class path. */
    public List<Resources> entries() {
        return places.stream().map(place -> new Resources(List.of(place))).toList();
    }

    /**
     * Reads a resource.
     *
     * @param resource its name as a class loader knows it, such as {@code config/application.yml}
     * @return its text; empty when there is none
     * @throws UnreadableSourceException also where Maven has not put in values yet that it may
     */
    public Optional<SourceFile> read(String resource) throws UnreadableSourceException {
        return read(resource, false);
    }

    /** The same, but with {@code @name@} in the place of a value that Maven has not put in yet. */
    Optional<SourceFile> readUnfiltered(String resource) throws UnreadableSourceException {
        return read(resource, true);
    }

    private Optional<SourceFile> read(String resource, boolean unfiltered) throws UnreadableSourceException {
        for (ResourcePlace place : places) {
            Optional<SourceFile> file = place.read(resource, unfiltered);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    /**
     * The names of the files in a directory, sorted, without those in directories below.
     *
     * @param directory its name with a slash at the end; empty for the uppermost
     */
    public List<String> names(String directory) {
        Set<String> names = new TreeSet<>();
        for (ResourcePlace place : places) {
            try {
                names.addAll(place.names(directory));
            } catch (IOException e) {
                // A place that cannot be listed holds nothing that could be read.
            }
        }
        return List.copyOf(names);
    }
}
