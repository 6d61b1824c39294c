package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.LibraryPattern.Choice;
import io.github.readonlyrootfs.need.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.ProjectFacts.Dependency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an application runs with, by {@code groupId:artifactId}. */
final class Libraries {

    /** Of a library inside an archive the groupId may not be known. These names are nobody's own. */
    private static final Set<String> COMMON_NAMES = Set.of("api", "agent", "core", "client", "common", "driver");

    private final Map<String, Dependency> byName = new LinkedHashMap<>();
    private final boolean all;

    /** Libraries that are all that there are. */
    Libraries(List<Dependency> dependencies) {
        this(dependencies, true);
    }

    /** What an application may run with: all that its project depends on, but for tests. */
    static Libraries of(Dependencies dependencies) {
        return new Libraries(
                dependencies.resolved().stream()
                        .filter(library -> !library.scope().equals("test"))
                        .toList(),
                dependencies.unresolved().isEmpty());
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

    /** The first of a pattern's choices that is there. */
    Optional<Dependency> find(LibraryPattern pattern) {
        return pattern.choices().stream()
                .flatMap(choice -> find(choice).stream())
                .findFirst();
    }

    boolean has(LibraryPattern pattern) {
        return find(pattern).isPresent();
    }

    /** Whether one of a pattern's choices is there, or may be among those that are not known. */
    boolean mayHave(LibraryPattern pattern) {
        return has(pattern) || !all;
    }

    private Optional<Dependency> find(Choice choice) {
        if (choice.pattern().isPresent()) {
            return byName.values().stream()
                    .filter(library -> choice.isNameOf(library.coordinates()) && isInRange(choice, library))
                    .findFirst();
        }
        Dependency library = byName.get(choice.name());
        if (library == null) {
            String artifactId = choice.name().substring(choice.name().indexOf(':') + 1);
            library = COMMON_NAMES.contains(artifactId) ? null : byName.get(":" + artifactId);
        }
        return Optional.ofNullable(library).filter(found -> isInRange(choice, found));
    }

    private static boolean isInRange(Choice choice, Dependency library) {
        return choice.versions().contains(library.coordinates().version());
    }
}
