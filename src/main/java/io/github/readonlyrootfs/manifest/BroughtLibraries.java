// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.need.project.VersionRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What declared dependencies bring, as far as {@code brought-libraries.txt} knows. */
final class BroughtLibraries {

    /** The rows of a library, by {@code groupId:artifactId}. */
    private static final Map<String, List<Row>> ROWS = rows();

    /** The names of what some versions of a library bring themselves. */
    private record Row(VersionRange versions, List<String> brought) {}

    private BroughtLibraries() {}

    private static Map<String, List<Row>> rows() {
        Map<String, List<Row>> rows = new HashMap<>();
        for (String line : DataFiles.lines(BroughtLibraries.class, "brought-libraries.txt")) {
            List<String> words = List.of(line.split(" ", -1));
            boolean some = !words.get(1).contains(":");
            rows.computeIfAbsent(words.get(0), name -> new ArrayList<>())
                    .add(new Row(
                            some ? VersionRange.parse(words.get(1)) : VersionRange.ANY,
                            words.subList(some ? 2 : 1, words.size())));
        }
        return rows;
    }

    /**
     * The declared dependencies with what they bring.
     *
     * @param manifest its name; what else each dependency brings is not known
     */
    static Dependencies with(List<Declared> declared, String manifest) {
        Map<String, Dependency> found = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (Declared dependency : declared) {
            found.putIfAbsent(name(dependency.library()), dependency(dependency.library(), dependency));
            if (!dependency.scope().equals("test")) {
                others.add(name(dependency.library()));
            }
        }
        for (Declared dependency : declared) {
            Deque<Coordinates> open = new ArrayDeque<>(List.of(dependency.library()));
            while (!open.isEmpty()) {
                for (Coordinates library : broughtBy(open.pop())) {
                    if (!dependency.excluded().contains("*")
                            && !dependency.excluded().contains(library.artifactId())) {
                        found.putIfAbsent(name(library), dependency(library, dependency));
                        open.add(library);
                    }
                }
            }
        }
        return new Dependencies(List.copyOf(found.values()), others, Optional.of(manifest));
    }

    /** Libraries of one group are published together: the version of what one brings is its own. */
    private static List<Coordinates> broughtBy(Coordinates library) {
        List<Coordinates> brought = new ArrayList<>();
        for (Row row : ROWS.getOrDefault(name(library), List.of())) {
            if (row.versions().contains(library.version())) {
                for (String name : row.brought()) {
                    String group = name.substring(0, name.indexOf(':'));
                    String version = group.equals(library.groupId()) ? library.version() : "";
                    brought.add(new Coordinates(group, name.substring(name.indexOf(':') + 1), version));
                }
            }
        }
        return brought;
    }

    private static String name(Coordinates library) {
        return library.groupId() + ":" + library.artifactId();
    }

    private static Dependency dependency(Coordinates library, Declared from) {
        return new Dependency(library, from.scope(), from.optional(), Optional.empty());
    }
}
