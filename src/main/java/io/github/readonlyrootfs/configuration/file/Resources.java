// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that an application finds on its class path: in the project's output directory, filled by Maven, those of its
 * modules, and the jars of libraries.
 */
public final class Resources {

    /** The resources of an application without any available file. */
    public static final Resources NONE = new Resources(List.of());

    private final List<ResourcePlace> places;

    /**
     * A directory of this machine.
     *
     * @param name for display, see {@link Location#file()}; without a slash at the end
     */
    public record Directory(Path path, String name) {

        String nameOf(String resource) {
            return name.isEmpty() ? resource : name + "/" + resource;
        }
    }

    /**
     * A directory that resources are copied from.
     *
     * @param name see {@link Directory}
     */
    public record Source(ResourceDirectory directory, String name) {

        String printed(String resource) {
            return new Directory(directory.path(), name)
                    .nameOf(directory.nameOf(resource).orElse(resource));
        }
    }

    /**
     * The resources of an output directory, even if it does not exist yet.
     *
     * @param sources the directories that Maven copies resources from
     */
    public Resources(Directory output, List<Source> sources) {
        this(List.of(ResourcePlace.of(output, sources)));
    }

    /**
     * The resources of several entries of a class path.
     *
     * @param places in the order of the class path: the first one with a file wins
     */
    public Resources(List<ResourcePlace> places) {
        this.places = List.copyOf(places);
    }

    /** The resources of each entry, in the order of the class path. */
    public List<Resources> entries() {
        List<Resources> entries = new ArrayList<>();
        for (ResourcePlace place : places) {
            entries.add(new Resources(List.of(place)));
        }
        return entries;
    }

    /**
     * Reads a resource.
     *
     * @param resource its name on the class path, such as {@code config/application.yml}
     * @return its text; empty if it is missing
     * @throws UnreadableSourceException also if Maven has yet to replace placeholders in it
     */
    public Optional<SourceFile> read(String resource) throws UnreadableSourceException {
        return read(resource, false);
    }

    /** Reads a resource; placeholders that Maven has yet to replace become {@code @name@}. */
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
     * @param directory its name with a slash at the end; empty for the root
     */
    public List<String> names(String directory) {
        Set<String> names = new TreeSet<>();
        for (ResourcePlace place : places) {
            try {
                names.addAll(place.names(directory));
            } catch (IOException e) {
                // Nothing can be read from a place that cannot be listed.
            }
        }
        return List.copyOf(names);
    }
}
