// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import io.github.readonlyrootfs.need.project.LibraryPattern.Choice;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The libraries of an application, by {@code groupId:artifactId}. */
public final class Libraries {

    /** These names are too common to identify a library whose groupId is unknown. */
    private static final Set<String> COMMON_NAMES = Set.of("api", "agent", "core", "client", "common", "driver");

    private final Map<String, Dependency> byName = new LinkedHashMap<>();
    private final boolean all;

    /** A complete list of libraries. */
    public Libraries(List<Dependency> dependencies) {
        this(dependencies, true);
    }

    /** The libraries that an application may run with: the dependencies of its project, except those for tests. */
    public static Libraries of(Dependencies dependencies) {
        List<Dependency> libraries = new ArrayList<>();
        for (Dependency library : dependencies.resolved()) {
            if (!library.scope().equals("test")) {
                libraries.add(library);
            }
        }
        return new Libraries(libraries, dependencies.unresolved().isEmpty());
    }

    private Libraries(List<Dependency> dependencies, boolean all) {
        this.all = all;
        for (Dependency dependency : dependencies) {
            byName.putIfAbsent(
                    dependency.coordinates().groupId() + ":"
                            + dependency.coordinates().artifactId(),
                    dependency);
        }
    }

    /** The library for the first choice of a pattern that is present. */
    public Optional<Dependency> find(LibraryPattern pattern) {
        for (Choice choice : pattern.choices()) {
            Optional<Dependency> found = find(choice);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The names; for a library in an archive, it may be only {@code :artifactId}. */
    public Set<String> names() {
        return byName.keySet();
    }

    public boolean has(LibraryPattern pattern) {
        return find(pattern).isPresent();
    }

    /** Whether the application is packaged with a library of a pattern: what is {@code provided} stays outside. */
    public boolean packages(LibraryPattern pattern) {
        return byName.values().stream()
                .anyMatch(library -> library.isAtRunTime() && pattern.isNameOf(library.coordinates()));
    }

    /** Whether one of a pattern's choices is present, or may be among unresolved libraries. */
    public boolean mayHave(LibraryPattern pattern) {
        return has(pattern) || !all;
    }

    private Optional<Dependency> find(Choice choice) {
        if (choice.pattern().isPresent()) {
            for (Map.Entry<String, Dependency> library : byName.entrySet()) {
                if (choice.pattern().get().matches(library.getKey()) && isInRange(choice, library.getValue())) {
                    return Optional.of(library.getValue());
                }
            }
            return Optional.empty();
        }
        Dependency library = byName.get(choice.name());
        if (library == null) {
            String artifactId = choice.name().substring(choice.name().indexOf(':') + 1);
            library = COMMON_NAMES.contains(artifactId) ? null : byName.get(":" + artifactId);
        }
        return library != null && isInRange(choice, library) ? Optional.of(library) : Optional.empty();
    }

    private static boolean isInRange(Choice choice, Dependency library) {
        return choice.versions().contains(library.coordinates().version());
    }
}
