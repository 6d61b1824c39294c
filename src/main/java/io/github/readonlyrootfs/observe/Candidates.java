// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The paths that a container may need.
 *
 * @param usual those that many programs write, and for which nothing else speaks
 * @param likely those for which something speaks
 * @param mounted those that the task makes writable already
 */
record Candidates(List<ContainerPath> usual, List<ContainerPath> likely, List<ContainerPath> mounted) {

    /** The last ones are kept where a program takes any of them. */
    private static final List<String> USUAL =
            List.of("/var/log", "/var/cache", "/var/lock", "/run", "/var/tmp", "/tmp");

    Candidates {
        usual = List.copyOf(usual);
        likely = List.copyOf(likely);
        mounted = List.copyOf(mounted);
    }

    /**
     * The candidates, each once, and none that the task mounts.
     *
     * @param own directories of the container that programs like to write: its home, its working directory
     */
    static Candidates of(
            WrittenPlaces places,
            Collection<ContainerPath> own,
            Collection<ContainerPath> likely,
            Collection<ContainerPath> mounted) {
        Set<ContainerPath> speaks = new LinkedHashSet<>(likely);
        speaks.removeAll(mounted);
        Set<ContainerPath> all = new LinkedHashSet<>();
        own.forEach(path -> places.of(path, true).ifPresent(all::add));
        USUAL.forEach(path -> places.of(ContainerPath.of(path), true).ifPresent(all::add));
        all.removeAll(speaks);
        all.removeAll(mounted);
        List<ContainerPath> sorted = new ArrayList<>(speaks);
        sorted.sort(Comparator.comparingInt((ContainerPath path) -> USUAL.indexOf(path.toString()))
                .thenComparing(Comparator.naturalOrder()));
        return new Candidates(List.copyOf(all), sorted, List.copyOf(mounted));
    }

    /** Those that the task does not mount. */
    Set<ContainerPath> unmounted() {
        Set<ContainerPath> all = new LinkedHashSet<>(usual);
        all.addAll(likely);
        return all;
    }

    /** In the order in which they are taken away. */
    List<List<ContainerPath>> groups() {
        return List.of(usual, likely, mounted);
    }

    int size() {
        return usual.size() + likely.size() + mounted.size();
    }
}
