// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.observed.ObservedContainer;
import io.github.readonlyrootfs.need.observed.ObservedContainer.Run;
import io.github.readonlyrootfs.need.observed.ObservedNeed;
import io.github.readonlyrootfs.observe.ContainerRun.Setup;
import io.github.readonlyrootfs.observe.ContainerTrial.NothingSeenException;
import io.github.readonlyrootfs.observe.Minimiser.Minimum;
import io.github.readonlyrootfs.observe.Minimiser.NoMoreTrialsException;
import io.github.readonlyrootfs.observe.RunResult.End;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out whether a container runs with a read-only root as its task says, and what it needs: all that it may need is
 * granted, and taken away again as long as it runs.
 */
public final class ContainerObservation {

    /** What many programs write. The last ones are kept where a program takes any of them. */
    private static final List<String> USUAL =
            List.of("/var/log", "/var/cache", "/var/lock", "/run", "/var/tmp", "/tmp");

    /** How often more is granted because a log names it. */
    private static final int MAX_GRANTS = 3;

    private static final int LAST_LINES = 5;

    /** A container that is not ready much later than the one that had all is not ready. */
    private static final int PATIENCE = 3;

    private final EngineSession session;
    private final Engine engine;
    private final RunSettings settings;
    private final int maxRuns;
    private final String date;
    private final Consumer<String> progress;

    private int runs;

    /**
     * An observation.
     *
     * @param maxRuns how often the container is started at most
     * @param date of today, as {@code 2026-11-30}
     * @param progress takes a line for each run
     */
    public ContainerObservation(
            EngineSession session, RunSettings settings, int maxRuns, String date, Consumer<String> progress) {
        this.session = session;
        this.engine = session.engine();
        this.settings = settings;
        this.maxRuns = maxRuns;
        this.date = date;
        this.progress = progress;
    }

    /**
     * What was seen.
     *
     * @param asTask whether it did its job as the task says
     * @param first what became of it as the task says
     * @param unneeded what it wrote with a writable root, and did not miss
     */
    public record Seen(
            ObservedContainer container, boolean asTask, String first, List<ContainerPath> unneeded, int runs) {}

    /**
     * Observes a container.
     *
     * @param inputs hashes of what it is made from
     * @param asTask stands for how its task runs it
     */
    public Seen of(ContainerRun run, Map<String, String> inputs, String asTask) throws NothingSeenException {
        ContainerTrial trial = new ContainerTrial(session, settings, progress, run);
        run.replacedStorage()
                .forEach(mount -> progress.accept(mount + " is elsewhere: an empty volume is in its place"));
        RunWrites writes = new RunWrites(engine, run);
        try {
            RunResult first = told(
                    next("as the task says"), trial.first(Optional.of(name -> writes.look(name, Optional.empty()))));
            String user = run.process().user().known().orElseGet(() -> trial.property("{{.Config.User}}"));
            boolean root = user.split(":", 2)[0].matches("|root|0");
            WrittenPlaces places = new WrittenPlaces(new CopiedEntries(engine, trial.unstarted()), root);
            return of(new Subject(run, trial, writes, places), first, inputs, asTask);
        } catch (NoMoreTrialsException e) {
            throw new NothingSeenException("was run " + runs + " times, which was not enough");
        }
    }

    /** What is observed, and what is known of where it writes. */
    private record Subject(ContainerRun run, ContainerTrial trial, RunWrites writes, WrittenPlaces places) {

        /** The directories to mount for what the log of a run says is refused. */
        Set<ContainerPath> refused(RunResult result) {
            return result.log().refusedPaths().stream()
                    .flatMap(path -> places.of(ContainerPath.of(path), false).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    /**
     * All that it may need, with which it did its job.
     *
     * @param groups that are taken away one after the other: what many programs write, what something speaks for, and the
     *     mounts of the task
     * @param replaces whether copies of the image's directories are in the place of the task's mounts
     */
    private record Granted(List<List<ContainerPath>> groups, boolean replaces, RunResult result) {

        Set<ContainerPath> unmounted() {
            return all(groups.subList(0, 2));
        }

        List<ContainerPath> mounted() {
            return groups.get(2);
        }
    }

    private static Set<ContainerPath> all(List<List<ContainerPath>> groups) {
        return groups.stream().flatMap(List::stream).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Seen of(Subject on, RunResult asFound, Map<String, String> inputs, String asTask)
            throws NothingSeenException, NoMoreTrialsException {
        if (asFound.works()) {
            List<List<ContainerPath>> mounts = List.of(List.of(), List.of(), on.run.writableMounts());
            return reduced(on, inputs, asTask, new Granted(mounts, false, asFound), asFound);
        }
        if (on.places.image().at(ContainerPath.ROOT).kind() == EntryKind.MISSING) {
            throw new NothingSeenException("needs something that it cannot write (" + asFound.words() + "), and "
                    + engine.name() + " does not show the files of its image with `cp`: use docker or podman"
                    + (engine.fillsVolumes() ? ", or nerdctl 2.3 or later as root" : ""));
        }
        RunResult writable = told(
                next("with a writable root"),
                on.trial.result(Setup.WRITABLE, Optional.of(name -> on.writes.look(name, Optional.of(on.places)))));
        if (!writable.works()) {
            String last = String.join(" | ", writable.log().lastLines(LAST_LINES));
            throw new NothingSeenException(
                    "does not do its job with a writable root either, so nothing is known of its needs: "
                            + writable.words()
                            + (last.isEmpty() ? "" : "; the end of its log: " + last)
                            + "; give it the variables, the network or the time that it needs");
        }
        // It may have been too slow.
        RunResult again = asFound.end() == End.LATE && on.refused(asFound).isEmpty()
                ? told(next("as the task says, once more"), on.trial.result(Setup.OF_TASK))
                : asFound;
        return again.works()
                ? of(on, again, inputs, asTask)
                : reduced(on, inputs, asTask, granted(on, again, writable), again);
    }

    private Granted granted(Subject on, RunResult first, RunResult writable)
            throws NothingSeenException, NoMoreTrialsException {
        Set<ContainerPath> usual = new LinkedHashSet<>();
        String directory = on.run
                .process()
                .workingDirectory()
                .known()
                .orElseGet(() -> on.trial.property("{{.Config.WorkingDir}}"));
        Stream.of(
                        Stream.of(directory).filter(path -> !path.isEmpty()).map(ContainerPath::of),
                        on.run.home().stream(),
                        USUAL.stream().map(ContainerPath::of))
                .flatMap(each -> each)
                .forEach(path -> on.places.of(path, true).ifPresent(usual::add));
        Set<ContainerPath> likely = new LinkedHashSet<>(on.writes.places());
        likely.addAll(on.refused(first));
        for (Need need : on.run.judged().container().needs()) {
            need.alternatives().forEach(path -> on.places.of(path, false).ifPresent(likely::add));
        }
        String words = "";
        for (int i = 0; i < MAX_GRANTS; i++) {
            // Where a mount of the task is not the user's, its copy of the image's directory may be.
            boolean replaces = i > 0;
            List<List<ContainerPath>> groups = groups(usual, likely, on.run.writableMounts());
            Set<ContainerPath> granted = all(replaces ? groups : groups.subList(0, 2));
            words = " " + all(groups).size();
            RunResult result = told(
                    next("with all" + words + " candidates writable"),
                    on.trial.result(new Setup(true, granted, Set.of(), Set.of())));
            if (result.worksAs(writable)) {
                return new Granted(groups, replaces, result);
            }
            words += " writable paths: " + result.words();
            likely.addAll(on.refused(result));
        }
        throw new NothingSeenException("does its job with a writable root, but not with a read-only one and" + words);
    }

    private static List<List<ContainerPath>> groups(
            Set<ContainerPath> usual, Set<ContainerPath> likely, List<ContainerPath> mounted) {
        List<ContainerPath> others = new ArrayList<>(usual);
        others.removeAll(likely);
        others.removeAll(mounted);
        List<ContainerPath> speaks = new ArrayList<>(likely);
        speaks.removeAll(mounted);
        speaks.sort(Comparator.comparingInt((ContainerPath path) -> USUAL.indexOf(path.toString()))
                .thenComparing(Comparator.naturalOrder()));
        return List.of(others, speaks, mounted);
    }

    private Seen reduced(Subject on, Map<String, String> inputs, String asTask, Granted granted, RunResult first)
            throws NothingSeenException {
        ContainerRun run = on.run;
        Taking taking = new Taking(on, granted);
        taking.takeAway(!first.works());
        Set<ContainerPath> unneeded = new TreeSet<>(on.writes.places());
        unneeded.removeIf(path -> taking.needs.keySet().stream().anyMatch(path::isAtOrBelow));
        Run last = new Run(
                on.trial.property(ContainerTrial.ID),
                on.trial.property(ContainerTrial.BASE),
                engine.name(),
                date,
                taking.last.end() == End.DONE ? "ended with exit code 0" : settings.howReady(run),
                settings.given(run),
                first.works() && run.replacedStorage().isEmpty() ? asTask : "");
        return new Seen(
                new ObservedContainer(
                        run.judged().task().resource(),
                        run.judged().name(),
                        last,
                        inputs,
                        List.copyOf(taking.needs.values())),
                first.works(),
                first.words(),
                List.copyOf(unneeded),
                runs);
    }

    /** The runs without what may not be needed. */
    private final class Taking {

        private final Subject on;
        private final Granted all;
        private final ContainerTrial quick;
        private final Set<ContainerPath> mounted;
        private final Map<ContainerPath, ObservedNeed> needs = new LinkedHashMap<>();

        /** With which it works. */
        private final Set<ContainerPath> left = new LinkedHashSet<>();

        /** What it did not miss. */
        private final Set<ContainerPath> gone = new TreeSet<>();

        /** What it did not miss last. */
        private Set<ContainerPath> lastGone = Set.of();

        /** The last run that worked. */
        private RunResult last;

        /** A run that failed because the disk was full. */
        private Optional<RunResult> full = Optional.empty();

        Taking(Subject on, Granted all) throws NothingSeenException {
            this.on = on;
            this.all = all;
            this.last = all.result;
            RunSettings soon = settings.within(Duration.ofSeconds(all.result.seconds() * PATIENCE + 10));
            this.quick = new ContainerTrial(session, soon, progress, on.run);
            this.mounted = Set.copyOf(all.mounted());
        }

        void takeAway(boolean again) throws NothingSeenException {
            Minimum<ContainerPath, RunResult> minimum = Minimiser.of(all.groups, this::with);
            left.addAll(minimum.necessary().keySet());
            left.addAll(minimum.untried());
            minimum.necessary()
                    .forEach((path, without) ->
                            narrowed(path, without).forEach(narrow -> add(narrow, without.impact(), without.words())));
            minimum.untried()
                    .forEach(path ->
                            add(path, Impact.FATAL, "unknown: no more than " + maxRuns + " runs were to be made"));
            if (again) {
                confirm();
            }
            addWriters();
            if (full.isPresent()) {
                throw new NothingSeenException(
                        "was not observed to the end, and nothing of it is recorded: the disk of " + engine.name()
                                + " is full (" + full.get().words() + ")");
            }
            Set<ContainerPath> named = on.refused(last);
            named.addAll(all.unmounted());
            named.removeIf(path -> isNearOne(path, needs.keySet()));
            RunLog usual = gone.isEmpty() ? RunLog.NONE : all.result.log();
            named.forEach(path -> last.log()
                    .complaint(path.toString(), usual)
                    .ifPresent(line -> add(path, Impact.TOLERATED, "its log says: " + line)));
        }

        private void add(ContainerPath path, Impact impact, String without) {
            needs.put(path, new ObservedNeed(path, impact, without, date, engine.name(), Optional.empty()));
        }

        private Optional<RunResult> with(Set<ContainerPath> some) throws NoMoreTrialsException {
            Set<ContainerPath> away = new TreeSet<>(all(all.groups));
            away.removeAll(some);
            Set<ContainerPath> fresh = new TreeSet<>(away);
            fresh.removeAll(gone);
            RunResult result = sure("without " + some(fresh), some, Set.of(), fresh);
            if (!result.worksAs(all.result)) {
                return Optional.of(result);
            }
            gone.addAll(away);
            lastGone = fresh;
            last = result;
            return Optional.empty();
        }

        /**
         * Runs it until two runs agree, unless the log of the first one names a refused write: one may fail by chance.
         *
         * @param missing what it cannot write, or cannot write as its user
         */
        private RunResult sure(
                String what, Set<ContainerPath> with, Set<ContainerPath> bare, Set<ContainerPath> missing)
                throws NoMoreTrialsException {
            RunResult result = ran(what, with, bare);
            Set<ContainerPath> named = on.refused(result);
            result.log().refusedPaths().forEach(path -> named.add(ContainerPath.of(path)));
            if (result.worksAs(all.result) || named.stream().anyMatch(path -> isNearOne(path, missing))) {
                return result;
            }
            String again = what + ", once more";
            return ran(again, with, bare).worksAs(all.result) ? ran(again, with, bare) : result;
        }

        /** Tries once more what worked once, and calls what was missing then needed if it does not work now. */
        private void confirm() {
            try {
                RunResult again = gone.isEmpty()
                        ? last
                        : sure("with only " + (left.isEmpty() ? "the image" : some(left)), left, Set.of(), Set.of());
                if (again.worksAs(all.result)) {
                    last = again;
                    return;
                }
                Set<ContainerPath> missed = on.refused(again);
                missed.retainAll(gone);
                for (ContainerPath path : missed.isEmpty() ? lastGone : missed) {
                    left.add(path);
                    add(path, again.impact(), "not in each run: " + again.words());
                }
            } catch (NoMoreTrialsException e) {
                // It worked once.
            }
        }

        private RunResult ran(String what, Set<ContainerPath> with, Set<ContainerPath> bare)
                throws NoMoreTrialsException {
            Set<ContainerPath> granted = new LinkedHashSet<>(with);
            granted.removeAll(bare);
            if (!all.replaces) {
                granted.removeAll(mounted);
            }
            Set<ContainerPath> taken = new TreeSet<>(mounted);
            taken.removeAll(with);
            RunResult result = told(next(what), quick.result(new Setup(true, granted, taken, bare)));
            if (!result.works() && result.log().saysDiskIsFull()) {
                full = Optional.of(result);
                throw new NoMoreTrialsException();
            }
            return result;
        }

        /** The directories below a necessary one that are enough in its place, as the log of a run without it names them. */
        private Set<ContainerPath> narrowed(ContainerPath path, RunResult without) {
            Set<ContainerPath> below = new TreeSet<>();
            RunResult failed = without;
            for (int i = 0; i < MAX_GRANTS && !mounted.contains(path); i++) {
                Set<ContainerPath> more = on.refused(failed);
                more.removeIf(place -> !place.isAtOrBelow(path) || place.equals(path));
                if (!below.addAll(more)) {
                    break;
                }
                Set<ContainerPath> narrow = new LinkedHashSet<>(left);
                narrow.remove(path);
                narrow.addAll(below);
                try {
                    failed = ran("with " + some(below) + " instead of " + path, narrow, Set.of());
                } catch (NoMoreTrialsException e) {
                    break;
                }
                if (failed.worksAs(all.result)) {
                    last = failed;
                    left.remove(path);
                    left.addAll(below);
                    return below;
                }
            }
            return Set.of(path);
        }

        /**
         * Says of what another user wrote than the container starts with that this user must be able to write it, unless the
         * start gives it to that user each time.
         */
        private void addWriters() {
            Set<ContainerPath> others = new TreeSet<>(needs.keySet());
            others.removeIf(path -> on.writes.otherWriter(path).isEmpty());
            try {
                if (others.isEmpty()
                        || sure("with " + some(others) + " empty and root's", left, others, others)
                                .worksAs(all.result)) {
                    return;
                }
            } catch (NoMoreTrialsException e) {
                // It is not known that it does.
            }
            others.forEach(
                    path -> needs.computeIfPresent(path, (key, need) -> need.writtenBy(on.writes.otherWriter(path))));
        }
    }

    private static boolean isNearOne(ContainerPath path, Collection<ContainerPath> others) {
        return others.stream().anyMatch(other -> path.isAtOrBelow(other) || other.isAtOrBelow(path));
    }

    private String next(String what) throws NoMoreTrialsException {
        if (runs >= maxRuns) {
            throw new NoMoreTrialsException();
        }
        runs++;
        return "run " + runs + ", " + what + ": ";
    }

    private RunResult told(String run, RunResult result) {
        progress.accept(run + result.words());
        return result;
    }

    private static String some(Set<ContainerPath> paths) {
        int shown = 4;
        String some = paths.stream().limit(shown).map(ContainerPath::toString).collect(Collectors.joining(", "));
        return paths.size() > shown ? some + " and " + (paths.size() - shown) + " more" : some;
    }
}
