// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.DeclaredNeed;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.UnresolvedNeed;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a container is known to write: what is declared, and what is inferred.
 *
 * @param needs one for each path that is needed, as bad as the worst reason; beside it, for a path that is or may be
 *     written without much harm, one for all such reasons. A path that is declared is as bad as declared, and what asks
 *     less of it goes without saying
 * @param unresolved those of which the files do not say where they are
 * @param sources the files that evidence points into, beside the task definition and the Dockerfile
 */
public record ContainerNeeds(List<Need> needs, List<UnresolvedNeed> unresolved, List<SourceFile> sources) {

    /**
     * So many needs of one container are judged. Each may ask for a mount of its own, and ECS takes no task definition
     * larger than 64 KiB: there is no room in it for more.
     */
    private static final int MAX_NEEDS = 1_000;

    public ContainerNeeds {
        needs = List.copyOf(needs);
        unresolved = List.copyOf(unresolved);
        sources = List.copyOf(sources);
    }

    /** What makes two needs one. */
    private record Key(List<ContainerPath> alternatives, Impact impact, String writer) {

        /** The same for all impacts. */
        static Key ofAny(Need need) {
            return new Key(need.alternatives(), Impact.FATAL, need.writer().key());
        }

        static Key of(Need need) {
            return new Key(need.alternatives(), need.impact(), need.writer().key());
        }

        // As the JDK makes it for a record, but there at once.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && impact == key.impact
                    && alternatives.equals(key.alternatives)
                    && writer.equals(key.writer);
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
        return of(container, declared, NeedFinders.named(finders));
    }

    static ContainerNeeds of(ContainerContext container, List<DeclaredNeed> declared, List<NeedFinder> finders) {
        Gathering gathering = new Gathering(container);
        gathering.declare(declared);
        for (NeedFinder finder : finders) {
            gathering.ask(finder);
        }
        return gathering.needs();
    }

    /** What is declared first, and what each finder adds. */
    private static final class Gathering {

        private final ContainerContext container;
        private final Map<Key, Need> needs = new LinkedHashMap<>();
        private final Set<UnresolvedNeed> unresolved = new LinkedHashSet<>();
        private final Map<String, SourceFile> sources = new LinkedHashMap<>();

        /** Declared paths as they are written. */
        private final Set<String> spelled = new HashSet<>();

        private final Map<List<ContainerPath>, Key> declaredAt = new HashMap<>();

        Gathering(ContainerContext container) {
            this.container = container;
        }

        void declare(List<DeclaredNeed> declared) {
            for (DeclaredNeed need : declared) {
                spelled.addAll(need.alternatives());
            }
            for (DeclaredNeed need : declared) {
                if (needs.size() + unresolved.size() >= MAX_NEEDS) {
                    unresolved.add(tooMany(need.evidence()));
                    return;
                }
                need.unresolvedIn(container.directories()).ifPresent(unresolved::add);
                Optional<Need> known = need.in(container.directories()).map(it -> it.by(container.application()));
                if (known.isPresent()) {
                    Key key = Key.of(known.get());
                    declaredAt.putIfAbsent(known.get().alternatives(), key);
                    needs.merge(key, known.get(), Need::with);
                }
            }
        }

        void ask(NeedFinder finder) {
            FoundNeeds found = new FoundNeeds(finder.name()).by(container.application());
            try {
                finder.find(container, found);
            } catch (RuntimeException | StackOverflowError e) {
                unresolved.add(failed(finder, container, found, e));
            }
            add(found.needs());
            int more = MAX_NEEDS;
            for (UnresolvedNeed need : found.unresolved()) {
                if (more > 0 && !spelled.contains(need.written())) {
                    unresolved.add(need);
                    more--;
                }
            }
            sources.putAll(found.sources());
        }

        private void add(List<Need> found) {
            for (Need need : found) {
                // The team knows better what a refused write does; that code may be loaded from there is a note beside
                // that.
                boolean note = need.impact() == Impact.TOLERATED && need.executable();
                Key key = note ? Key.of(need) : declaredAt.getOrDefault(need.alternatives(), Key.of(need));
                if (needs.size() >= MAX_NEEDS && !needs.containsKey(key)) {
                    unresolved.add(tooMany(need.evidence().get(0)));
                    return;
                }
                if (need.impact().compareTo(key.impact()) <= 0) {
                    needs.merge(key, need, Need::with);
                }
            }
        }

        ContainerNeeds needs() {
            List<ContainerPath> made = MadeDirectories.of(container);
            for (Map.Entry<Key, Need> entry : needs.entrySet()) {
                if (MadeDirectories.holdParents(made, entry.getValue())) {
                    entry.setValue(entry.getValue().withMadeParents());
                }
            }
            foldIntoWorse(needs);
            return new ContainerNeeds(worst(needs.values()), List.copyOf(unresolved), List.copyOf(sources.values()));
        }
    }

    /** What a finder has found is kept; only the kind of the error is told, for what it says may repeat a file's text. */
    private static UnresolvedNeed failed(
            NeedFinder finder, ContainerContext container, FoundNeeds found, Throwable error) {
        return UnresolvedNeed.writes(
                "what " + finder.name() + " looks at",
                "the plugin failed with " + error.getClass().getSimpleName() + ", which is a bug: report it",
                found.evidence(
                        finder.name() + " failed",
                        Optional.of(container.definition().metadata().nameLocation())));
    }

    private static UnresolvedNeed tooMany(Evidence first) {
        return UnresolvedNeed.writes(
                "the rest of it", "only " + MAX_NEEDS + " paths of a container are judged, and there are more", first);
    }

    /** If a write is fatal, the impact of others at that path does not matter. */
    private static List<Need> worst(Collection<Need> needs) {
        Map<Key, Need> worst = new HashMap<>();
        for (Need need : needs) {
            Key key = Key.ofAny(need);
            Need other = worst.get(key);
            if (other == null || need.impact().compareTo(other.impact()) < 0) {
                worst.put(key, need);
            }
        }
        List<Need> left = new ArrayList<>();
        for (Need need : needs) {
            Need other = worst.getOrDefault(Key.ofAny(need), need);
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
            Key worse = Key.ofAny(need);
            if (need.impact() == Impact.FEATURE && needs.containsKey(worse)) {
                needs.remove(Key.of(need));
                needs.merge(worse, need, Need::with);
            }
        }
    }
}
