// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import io.github.readonlyrootfs.archive.JarListing;
import io.github.readonlyrootfs.archive.UnreadableArchiveException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The project that an image is built from, as its build tool knows it. What costs something is asked for when it is
 * needed only.
 *
 * @param coordinates the project's own
 * @param packaging {@code jar}, {@code war}, …
 * @param properties what the project defines, and what its parents do
 * @param dependencies what it runs with; the same list each time
 * @param others those that are built together with it; their own others are not given
 */
public record ProjectFacts(
        Coordinates coordinates,
        String packaging,
        ProjectDirectories directories,
        Map<String, String> properties,
        Supplier<Dependencies> dependencies,
        List<ProjectFacts> others) {

    /** The same project beside others that are built together with it. */
    public ProjectFacts among(List<ProjectFacts> all) {
        return new ProjectFacts(
                coordinates,
                packaging,
                directories,
                properties,
                dependencies,
                all.stream()
                        .filter(other -> !other.directories.project().equals(directories.project()))
                        .toList());
    }

    /** Whether it has code or resources, and none of them are in its output directory, for that is not there. */
    public boolean isNotBuilt() {
        return !packaging.equals("pom") && directories.areNotBuilt();
    }

    /**
     * {@code groupId:artifactId:version}; of a library in an archive, all but the artifactId may be empty: not known.
     */
    public record Coordinates(String groupId, String artifactId, String version) {

        /** Without what is not known. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (String part : List.of(groupId, artifactId, version)) {
                if (!part.isEmpty()) {
                    text.append(text.isEmpty() ? "" : ":").append(part);
                }
            }
            return text.toString();
        }
    }

    /**
     * What a project depends on, transitively.
     *
     * @param unresolved those that are declared and could not be found: what they bring along is not known
     */
    public record Dependencies(List<Dependency> resolved, List<String> unresolved) {

        public static final Dependencies NONE = new Dependencies(List.of(), List.of());
    }

    /**
     * One of them.
     *
     * @param scope {@code compile}, {@code runtime}, {@code provided}, {@code system} or {@code test}
     * @param file the jar, or a directory of classes for a module of the same build; empty if it is not available
     */
    public record Dependency(Coordinates coordinates, String scope, boolean optional, Optional<Path> file) {

        /** Whether it is in the image of an application that is packaged with what it runs with. */
        public boolean isAtRunTime() {
            return scope.equals("compile") || scope.equals("runtime") || scope.equals("system");
        }

        /**
         * The shared libraries for Linux in its jar; none if that is not available.
         *
         * @throws UnreadableArchiveException where the jar cannot be listed
         */
        public List<String> nativeLibraries() throws UnreadableArchiveException {
            return file.isPresent() && Files.isRegularFile(file.get())
                    ? JarListing.of(file.get()).libraries()
                    : List.of();
        }
    }
}
