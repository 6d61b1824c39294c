// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.DeclaredNeed;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.observed.Observed;
import io.github.readonlyrootfs.need.observed.ObservedNeed;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All known needs of a container: declared, inferred and observed.
 *
 * @param needs one for each path, with the worst impact of its evidence; besides, for an executable path whose loss is tolerated,
 *     one more. A declared path has the declared impact, and lesser evidence for it is dropped
 * @param declared whether the team declared the needs, even that there are none
 * @param gaps what is not known; where the needs are declared, only about declared paths
 * @param sources the files that evidence refers to, besides the task definition and the Dockerfile
 * @param observed what a run of it showed
 * @param closed whether that run answers what is not known
 */
public record ContainerNeeds(
        List<Need> needs,
        boolean declared,
        List<Gap> gaps,
        List<SourceFile> sources,
        Optional<Observed> observed,
        boolean closed) {

    /** The finders of what the application writes, which the container may not run. */
    private static final Set<String> OF_APPLICATION =
            Set.of("code", "configuration", "dependencies", "logging", "routes");

    /**
     * The most needs of one container that are judged. Each may need a mount of its own, and a task definition in ECS has at most
     * 64 KiB, which has no room for more.
     */
    private static final int MAX_NEEDS = 1_000;

    public ContainerNeeds {
        needs = List.copyOf(needs);
        gaps = List.copyOf(gaps);
        sources = List.copyOf(sources);
    }

    /** Identifies needs that are merged. */
    private record Key(List<ContainerPath> alternatives, Impact impact, String writer) {

        /** The key with the same impact for all needs. */
        static Key ofAny(Need need) {
            return new Key(need.alternatives(), Impact.FATAL, need.writer().key());
        }

        static Key of(Need need) {
            return new Key(need.alternatives(), need.impact(), need.writer().key());
        }

        // Same as the JDK's for records, but without their linkage cost.
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
     * @param finders the names of the finders to use; none for no inference
     */
    public static ContainerNeeds of(ContainerContext container, List<DeclaredNeed> declared, Set<String> finders) {
        return of(container, declared, Optional.empty(), finders);
    }

    /**
     * The needs of a container that was run before, if it was.
     *
     * @param finders the names of the finders to use; none for no inference
     */
    public static ContainerNeeds of(
            ContainerContext container, List<DeclaredNeed> declared, Optional<Observed> observed, Set<String> finders) {
        return of(container, declared, observed, NeedFinders.named(finders));
    }

    static ContainerNeeds of(
            ContainerContext container,
            List<DeclaredNeed> declared,
            Optional<Observed> observed,
            List<NeedFinder> finders) {
        Gathering gathering = new Gathering(container, observed);
        gathering.declare(declared);
        gathering.observe();
        for (NeedFinder finder : finders) {
            gathering.ask(finder);
        }
        if (finders.isEmpty()) {
            gathering.isNotAsked();
        }
        return gathering.needs();
    }

    /** Gathers the declared needs, then those of each finder. */
    private static final class Gathering {

        private final ContainerContext container;
        private final Map<Key, Need> needs = new LinkedHashMap<>();
        private final Set<Gap> gaps = new LinkedHashSet<>();
        private final Map<String, SourceFile> sources = new LinkedHashMap<>();

        private boolean declared;
        private boolean saysNone;

        private final Map<List<ContainerPath>, Key> declaredAt = new HashMap<>();

        private final Optional<Observed> observed;

        private boolean closed;

        Gathering(ContainerContext container, Optional<Observed> observed) {
            this.container = container;
            this.observed = observed;
        }

        void declare(List<DeclaredNeed> all) {
            declared = !all.isEmpty();
            saysNone = declared;
            for (DeclaredNeed need : all) {
                saysNone &= need.alternatives().isEmpty();
                if (needs.size() + gaps.size() >= MAX_NEEDS) {
                    gaps.add(tooMany(need.evidence()));
                    return;
                }
                need.gapIn(container.directories()).ifPresent(gaps::add);
                Optional<Need> known = need.in(container.directories()).map(it -> it.by(container.applicationWriter()));
                if (known.isPresent()) {
                    Key key = Key.of(known.get());
                    declaredAt.putIfAbsent(known.get().alternatives(), key);
                    merge(needs, key, known.get());
                }
            }
        }

        void observe() {
            if (observed.isPresent()) {
                boolean likely = observed.get().isLikely();
                add(observed.get().container().needs().stream()
                        .map(need -> need.need(likely).by(writer(need)))
                        .toList());
            }
        }

        private Writer writer(ObservedNeed need) {
            Location name = container.definition().metadata().nameLocation();
            return need.writer()
                    .map(uid -> Writer.as(new Value.Known<>(uid, name)))
                    .orElseGet(container::applicationWriter);
        }

        void ask(NeedFinder finder) {
            FoundNeeds found = new FoundNeeds(finder.name()).by(container.applicationWriter());
            try {
                finder.find(container, OF_APPLICATION.contains(finder.name()) ? found.ofApplication(container) : found);
            } catch (RuntimeException | StackOverflowError e) {
                gaps.add(failed(finder, container, found, e));
            }
            add(found.needs());
            addGaps(found);
            sources.putAll(found.sources());
        }

        /** Without inference, only a declaration says what is written. */
        void isNotAsked() {
            FoundNeeds found = new FoundNeeds("");
            found.gap(Gap.Kind.PROGRAM, "container " + container.definition().name(), "inference is off", "inference");
            addGaps(found);
        }

        /**
         * A team that has declared what a container writes has answered every other question about it; a run answers some. That
         * it writes nothing does not answer where a known write goes.
         */
        private void addGaps(FoundNeeds found) {
            for (Gap gap : found.gaps()) {
                if (declared && !(saysNone && gap.isCertainWrite())) {
                    continue;
                }
                if (observed.isPresent() && observed.get().closes(gap)) {
                    closed = true;
                } else {
                    gaps.add(gap);
                }
            }
        }

        private void add(List<Need> found) {
            for (Need each : found) {
                Optional<Need> wanted = each.isStated()
                        ? StatedNeed.beside(
                                needs.values(), each, container.image().files())
                        : Optional.of(each);
                if (wanted.isEmpty()) {
                    continue;
                }
                Need need = wanted.get();
                // The declared impact wins; an executable path is an additional note.
                boolean note = need.impact() == Impact.TOLERATED && need.executable();
                Key key = note ? Key.of(need) : declaredAt.getOrDefault(need.alternatives(), Key.of(need));
                if (needs.size() >= MAX_NEEDS && !needs.containsKey(key)) {
                    gaps.add(tooMany(need.evidence().get(0)));
                    return;
                }
                // What is kept there counts whatever the impact of its loss.
                if (need.impact().compareTo(key.impact()) <= 0 || need.keeping().isPresent()) {
                    merge(needs, key, need);
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
            return new ContainerNeeds(
                    worst(needs.values()),
                    declared,
                    List.copyOf(gaps),
                    List.copyOf(sources.values()),
                    observed,
                    closed);
        }
    }

    /** Needs found before a failure are kept; only the type of the error is shown, because its message may repeat a file's text. */
    private static Gap failed(NeedFinder finder, ContainerContext container, FoundNeeds found, Throwable error) {
        return new Gap(
                Gap.Kind.COMPUTED,
                "what the finder " + finder.name() + " would find",
                "the plugin failed with " + error.getClass().getSimpleName() + ", which is a bug: report it",
                Need.Impact.FATAL,
                found.evidence(
                        finder.name() + " failed",
                        Optional.of(container.definition().metadata().nameLocation())));
    }

    private static Gap tooMany(Evidence first) {
        return Gap.writes(
                "the rest of it", "only " + MAX_NEEDS + " paths of a container are judged, and there are more", first);
    }

    /** Keeps the need with the worst impact of each path. */
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
            // There is one need of each impact at a path.
            if (other.impact() == need.impact() || (need.executable() && !other.executable())) {
                left.add(need);
            }
        }
        return left;
    }

    /** Merges a need with a lesser impact into a fatal need of the same path. */
    private static void foldIntoWorse(Map<Key, Need> needs) {
        for (Need need : List.copyOf(needs.values())) {
            Key worse = Key.ofAny(need);
            if (need.impact() == Impact.FEATURE && needs.containsKey(worse)) {
                needs.remove(Key.of(need));
                merge(needs, worse, need);
            }
        }
    }

    private static void merge(Map<Key, Need> needs, Key key, Need need) {
        Need known = needs.get(key);
        needs.put(key, known == null ? need : known.with(need));
    }
}
