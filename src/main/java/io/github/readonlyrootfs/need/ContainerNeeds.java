package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a container is known to write: what is declared, and what is inferred.
 *
 * @param needs one for each path that is needed, as bad as the worst reason; beside it, for a path that is or may be
 *     written without much harm, one for all such reasons. A path that is declared is as bad as declared, and what asks
 *     less of it goes without saying
 * @param unresolved those of which the files do not tell where they are
 * @param sources the files that evidence points into, beside the task definition and the Dockerfile
 */
public record ContainerNeeds(List<Need> needs, List<UnresolvedNeed> unresolved, List<SourceFile> sources) {

    public ContainerNeeds {
        needs = List.copyOf(needs);
        unresolved = List.copyOf(unresolved);
        sources = List.copyOf(sources);
    }

    /** What makes two needs one. */
    private record Key(List<ContainerPath> alternatives, Impact impact) {

        static Key of(Need need) {
            return new Key(need.alternatives(), need.impact());
        }

        // As the JDK makes it for a record, but there at once.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && impact == key.impact && alternatives.equals(key.alternatives);
        }

        @Override
        public int hashCode() {
            return 31 * alternatives.hashCode() + impact.hashCode();
        }
    }

    /**
     * The needs of a container.
     *
     * @param finders the names of those who are to infer needs; none for no inference
     */
    public static ContainerNeeds of(ContainerContext container, List<DeclaredNeed> declared, Set<String> finders) {
        Map<Key, Need> needs = new LinkedHashMap<>();
        Set<UnresolvedNeed> unresolved = new LinkedHashSet<>();
        Map<List<ContainerPath>, Key> declaredAt = new LinkedHashMap<>();
        for (DeclaredNeed need : declared) {
            need.unresolvedIn(container.directories()).ifPresent(unresolved::add);
            need.in(container.directories()).ifPresent(known -> {
                declaredAt.putIfAbsent(known.alternatives(), Key.of(known));
                needs.merge(Key.of(known), known, Need::with);
            });
        }
        Map<String, SourceFile> sources = new LinkedHashMap<>();
        for (NeedFinder finder : NeedFinders.named(finders)) {
            Found found = new Found(finder.name());
            finder.find(container, found);
            for (Need need : found.needs()) {
                // The team knows better what a refused write does; that code may be loaded from there is a note beside
                // that.
                boolean note = need.impact() == Impact.TOLERATED && need.executable();
                Key key = note ? Key.of(need) : declaredAt.getOrDefault(need.alternatives(), Key.of(need));
                if (need.impact().compareTo(key.impact()) <= 0) {
                    needs.merge(key, need, Need::with);
                }
            }
            for (UnresolvedNeed need : found.unresolved()) {
                if (!isDeclared(need, declared)) {
                    unresolved.add(need);
                }
            }
            sources.putAll(found.sources());
        }
        List<ContainerPath> made = MadeDirectories.of(container);
        for (Map.Entry<Key, Need> entry : needs.entrySet()) {
            if (MadeDirectories.holdParents(made, entry.getValue())) {
                entry.setValue(entry.getValue().withMadeParents());
            }
        }
        foldIntoWorse(needs);
        return new ContainerNeeds(worst(needs.values()), List.copyOf(unresolved), List.copyOf(sources.values()));
    }

    private static boolean isDeclared(UnresolvedNeed need, List<DeclaredNeed> declared) {
        for (DeclaredNeed known : declared) {
            if (known.alternatives().contains(need.written())) {
                return true;
            }
        }
        return false;
    }

    /** Where a write is fatal, what else becomes of others at that path goes without saying. */
    private static List<Need> worst(Collection<Need> needs) {
        Map<List<ContainerPath>, Need> worst = new HashMap<>();
        for (Need need : needs) {
            Need other = worst.get(need.alternatives());
            if (other == null || need.impact().compareTo(other.impact()) < 0) {
                worst.put(need.alternatives(), need);
            }
        }
        List<Need> left = new ArrayList<>();
        for (Need need : needs) {
            Need other = worst.getOrDefault(need.alternatives(), need);
            // Of one impact there is one at a path.
            if (other.impact() == need.impact() || (need.executable() && !other.executable())) {
                left.add(need);
            }
        }
        return left;
    }

    /** Where a container dies for want of a path, it need not be told again that something of it would not work. */
    private static void foldIntoWorse(Map<Key, Need> needs) {
        for (Need need : List.copyOf(needs.values())) {
            Key worse = new Key(need.alternatives(), Impact.FATAL);
            if (need.impact() == Impact.FEATURE && needs.containsKey(worse)) {
                needs.remove(Key.of(need));
                needs.merge(worse, need, Need::with);
            }
        }
    }
}
