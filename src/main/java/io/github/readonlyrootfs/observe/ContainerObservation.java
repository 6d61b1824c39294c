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
import io.github.readonlyrootfs.observe.RunSettings.ReadySigns;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        ContainerTrial trial = new ContainerTrial(session, settings, progress);
        try {
            String image = trial.image(run);
            run.replacedStorage()
                    .forEach(mount -> progress.accept(mount + " is elsewhere: an empty volume is in its place"));
            RunWrites writes = new RunWrites(engine, run);
            RunResult first = counted(
                    "as the task says",
                    () -> trial.first(run, image, Optional.of(name -> writes.look(name, Optional.empty()))));
            boolean root = isRoot(run.user().orElseGet(() -> trial.property(image, "{{.Config.User}}")));
            WrittenPlaces places = new WrittenPlaces(new CopiedEntries(engine, probe(image)), root);
            return of(new Subject(run, trial, image, writes, places), first, inputs, asTask);
        } catch (NoMoreTrialsException e) {
            throw new NothingSeenException("was run " + runs + " times, which was not enough");
        }
    }

    /** What is observed, and what is known of where it writes. */
    private record Subject(
            ContainerRun run, ContainerTrial trial, String image, RunWrites writes, WrittenPlaces places) {

        String property(String template) {
            return trial.property(image, template);
        }

        /** The directories to mount for what the log of a run says is refused. */
        Set<ContainerPath> refused(RunResult result) {
            Set<ContainerPath> refused = new LinkedHashSet<>();
            for (String path : result.log().refusedPaths()) {
                places.of(ContainerPath.of(path), false).ifPresent(refused::add);
            }
            return refused;
        }
    }

    private Seen of(Subject on, RunResult asFound, Map<String, String> inputs, String asTask)
            throws NothingSeenException, NoMoreTrialsException {
        if (asFound.works()) {
            Candidates mounted = new Candidates(List.of(), List.of(), on.run.writableMounts());
            return reduced(on, inputs, asTask, new Granted(mounted, false, asFound), asFound);
        }
        if (on.places.image().at(ContainerPath.ROOT).kind() == EntryKind.MISSING) {
            throw new NothingSeenException("needs something that it cannot write (" + asFound.words() + "), and "
                    + engine.name() + " does not show the files of its image with `cp`: use docker or podman"
                    + (engine.fillsVolumes() ? ", or nerdctl 2.3 or later as root" : ""));
        }
        RunResult writable = counted(
                "with a writable root",
                () -> on.trial.result(
                        on.run,
                        on.image,
                        Setup.WRITABLE,
                        Optional.of(name -> on.writes.look(name, Optional.of(on.places)))));
        rejectUnwritable(writable);
        // It may have been too slow.
        RunResult again = asFound.end() == End.LATE && on.refused(asFound).isEmpty()
                ? counted("as the task says, once more", () -> on.trial.result(on.run, on.image, Setup.OF_TASK))
                : asFound;
        return again.works()
                ? of(on, again, inputs, asTask)
                : reduced(on, inputs, asTask, granted(on, again, writable), again);
    }

    /** A container of an image that never starts, from which its files are copied. */
    private String probe(String image) {
        String probe = session.container();
        List<String> create = new ArrayList<>(List.of("create", "--name", probe, "--network", "none"));
        create.addAll(EngineSession.label());
        // An image without a command has to have one.
        create.addAll(List.of(image, "true"));
        engine.run(create);
        return probe;
    }

    /**
     * All candidates, with which the container did its job.
     *
     * @param replaces whether copies of the image's directories are in the place of the task's mounts
     */
    private record Granted(Candidates candidates, boolean replaces, RunResult result) {}

    private Granted granted(Subject on, RunResult first, RunResult writable)
            throws NothingSeenException, NoMoreTrialsException {
        ContainerRun run = on.run;
        WrittenPlaces places = on.places;
        Set<ContainerPath> likely = new LinkedHashSet<>(on.writes.places());
        likely.addAll(on.refused(first));
        for (Need need : run.judged().container().needs()) {
            need.alternatives().forEach(path -> places.of(path, false).ifPresent(likely::add));
        }
        List<ContainerPath> own = new ArrayList<>();
        String directory = run.workingDirectory().orElseGet(() -> on.property("{{.Config.WorkingDir}}"));
        if (!directory.isEmpty()) {
            own.add(ContainerPath.of(directory));
        }
        run.home().ifPresent(own::add);
        List<ContainerPath> mounted = run.writableMounts();
        RunResult all = writable;
        Candidates candidates = Candidates.of(places, own, likely, mounted);
        for (int i = 0; i < MAX_GRANTS; i++) {
            // Where a mount of the task is not the user's, its copy of the image's directory may be.
            boolean replaces = i > 0;
            Candidates now = candidates;
            Set<ContainerPath> granted = now.unmounted();
            if (replaces) {
                granted.addAll(mounted);
            }
            all = counted(
                    "with all " + now.size() + " candidates writable",
                    () -> on.trial.result(run, on.image, new Setup(true, granted, Set.of(), Set.of())));
            if (all.worksAs(writable)) {
                return new Granted(now, replaces, all);
            }
            likely.addAll(on.refused(all));
            candidates = Candidates.of(places, own, likely, mounted);
        }
        throw new NothingSeenException("does its job with a writable root, but not with a read-only one and "
                + candidates.size() + " writable paths: " + all.words());
    }

    private Seen reduced(Subject on, Map<String, String> inputs, String asTask, Granted granted, RunResult first)
            throws NothingSeenException {
        ContainerRun run = on.run;
        Taking taking = new Taking(on, granted);
        Minimum<ContainerPath, RunResult> minimum = Minimiser.of(granted.candidates.groups(), taking::with);
        Map<ContainerPath, ObservedNeed> needs = new LinkedHashMap<>();
        // With all of them it worked.
        Set<ContainerPath> left = new LinkedHashSet<>(minimum.necessary().keySet());
        left.addAll(minimum.untried());
        for (Map.Entry<ContainerPath, RunResult> entry : minimum.necessary().entrySet()) {
            RunResult result = entry.getValue();
            for (ContainerPath path : taking.narrowed(entry.getKey(), result, left)) {
                needs.put(path, need(path, result.impact(), result.words()));
            }
        }
        minimum.untried()
                .forEach(path -> needs.put(
                        path, need(path, Impact.FATAL, "unknown: no more than " + maxRuns + " runs were to be made")));
        if (!first.works()) {
            taking.confirm(needs, left);
        }
        taking.addWriters(needs, left);
        if (taking.full.isPresent()) {
            throw new NothingSeenException("was not observed to the end, and nothing of it is recorded: the disk of "
                    + engine.name() + " is full (" + taking.full.get().words() + ")");
        }
        Set<ContainerPath> named = new LinkedHashSet<>(on.refused(taking.last));
        named.addAll(granted.candidates.unmounted());
        named.removeIf(
                path -> needs.keySet().stream().anyMatch(need -> path.isAtOrBelow(need) || need.isAtOrBelow(path)));
        for (ContainerPath path : named) {
            taking.last
                    .log()
                    .complaint(path.toString(), taking.gone.isEmpty() ? RunLog.NONE : granted.result.log())
                    .ifPresent(line -> needs.put(path, need(path, Impact.TOLERATED, "its log says: " + line)));
        }
        Set<ContainerPath> unneeded = new TreeSet<>(on.writes.places());
        unneeded.removeIf(path -> needs.keySet().stream().anyMatch(path::isAtOrBelow));
        String how = taking.last.end() == End.DONE ? "ended with exit code 0" : how(run);
        return new Seen(
                new ObservedContainer(
                        run.judged().task().resource(),
                        run.judged().name(),
                        new Run(
                                on.property(ContainerTrial.ID),
                                on.property(ContainerTrial.BASE),
                                engine.name(),
                                date,
                                how,
                                settings.given(run),
                                first.works() && run.replacedStorage().isEmpty() ? asTask : ""),
                        inputs,
                        List.copyOf(needs.values())),
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
        private final Set<ContainerPath> everything;

        /** What it did not miss. */
        private final Set<ContainerPath> gone = new TreeSet<>();

        /** What it did not miss last. */
        private Set<ContainerPath> lastGone = Set.of();

        /** The last run that worked. */
        private RunResult last;

        /** A run that failed because the disk was full. */
        private Optional<RunResult> full = Optional.empty();

        Taking(Subject on, Granted all) {
            this.on = on;
            this.all = all;
            this.last = all.result;
            this.quick = new ContainerTrial(
                    session, settings.within(Duration.ofSeconds(all.result.seconds() * PATIENCE + 10)), progress);
            this.mounted = new LinkedHashSet<>(all.candidates.mounted());
            this.everything = all.candidates.unmounted();
            everything.addAll(mounted);
        }

        Optional<RunResult> with(Set<ContainerPath> left) throws NoMoreTrialsException {
            Set<ContainerPath> away = new TreeSet<>(everything);
            away.removeAll(left);
            Set<ContainerPath> fresh = new TreeSet<>(away);
            fresh.removeAll(gone);
            RunResult result = sure("without " + some(fresh), left, Set.of(), fresh);
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
                String what, Set<ContainerPath> left, Set<ContainerPath> bare, Set<ContainerPath> missing)
                throws NoMoreTrialsException {
            RunResult result = ran(what, left, bare);
            Stream<ContainerPath> named = result.log().refusedPaths().stream().map(ContainerPath::of);
            if (result.worksAs(all.result)
                    || Stream.concat(named, on.refused(result).stream())
                            .anyMatch(path -> missing.stream()
                                    .anyMatch(other -> path.isAtOrBelow(other) || other.isAtOrBelow(path)))) {
                return result;
            }
            String again = what + ", once more";
            return ran(again, left, bare).worksAs(all.result) ? ran(again, left, bare) : result;
        }

        /** Tries once more what worked once, and calls what was missing then needed if it does not work now. */
        void confirm(Map<ContainerPath, ObservedNeed> needs, Set<ContainerPath> left) {
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
                    needs.put(path, need(path, again.impact(), "not in each run: " + again.words()));
                }
            } catch (NoMoreTrialsException e) {
                // It worked once.
            }
        }

        private RunResult ran(String what, Set<ContainerPath> left, Set<ContainerPath> bare)
                throws NoMoreTrialsException {
            Set<ContainerPath> granted = new LinkedHashSet<>(left);
            granted.removeAll(bare);
            if (!all.replaces) {
                granted.removeAll(mounted);
            }
            Set<ContainerPath> taken = new TreeSet<>(mounted);
            taken.removeAll(left);
            Setup setup = new Setup(true, granted, taken, bare);
            RunResult result = counted(what, () -> quick.result(on.run, on.image, setup));
            if (!result.works() && result.log().saysDiskIsFull()) {
                full = Optional.of(result);
                throw new NoMoreTrialsException();
            }
            return result;
        }

        /**
         * The directories below a necessary one that are enough, as the log of a run without it names them.
         *
         * @param left with which it works; with what is returned in the place of the path, it works too
         */
        Set<ContainerPath> narrowed(ContainerPath path, RunResult without, Set<ContainerPath> left) {
            Set<ContainerPath> below = new TreeSet<>();
            RunResult failed = without;
            for (int i = 0; i < MAX_GRANTS && !mounted.contains(path); i++) {
                int known = below.size();
                on.refused(failed).stream()
                        .filter(place -> place.isAtOrBelow(path) && !place.equals(path))
                        .forEach(below::add);
                if (below.size() == known) {
                    break;
                }
                Set<ContainerPath> narrow = new LinkedHashSet<>(left);
                narrow.remove(path);
                narrow.addAll(below);
                try {
                    RunResult result = ran("with " + some(below) + " instead of " + path, narrow, Set.of());
                    if (result.worksAs(all.result)) {
                        last = result;
                        left.remove(path);
                        left.addAll(below);
                        return below;
                    }
                    failed = result;
                } catch (NoMoreTrialsException e) {
                    break;
                }
            }
            return Set.of(path);
        }

        /**
         * Says of what another user wrote than the container starts with that this user must be able to write it, unless the
         * start gives it to that user each time.
         */
        void addWriters(Map<ContainerPath, ObservedNeed> needs, Set<ContainerPath> left) {
            Set<ContainerPath> others = new TreeSet<>(needs.keySet());
            others.removeIf(path -> on.writes.otherWriter(path).isEmpty());
            if (others.isEmpty()) {
                return;
            }
            try {
                String what = "with " + some(others) + " empty and root's";
                if (sure(what, left, others, others).worksAs(all.result)) {
                    return;
                }
            } catch (NoMoreTrialsException e) {
                // It is not known that it does.
            }
            others.forEach(path -> needs.compute(
                    path, (key, need) -> Objects.requireNonNull(need).writtenBy(on.writes.otherWriter(path))));
        }
    }

    private ObservedNeed need(ContainerPath path, Impact impact, String without) {
        return new ObservedNeed(path, impact, without, date, engine.name(), Optional.empty());
    }

    /** How it was seen to be ready. */
    private String how(ContainerRun run) {
        ReadySigns signs = settings.signs(run);
        return (signs.isEmpty() ? "it was up for " + settings.upFor().toSeconds() + " s" : signs.seen())
                + (settings.drive().isPresent() ? ", its use succeeded" : "");
    }

    /** A run of a container. */
    private interface Trial<E extends Exception> {
        RunResult result() throws E;
    }

    private <E extends Exception> RunResult counted(String what, Trial<E> trial) throws NoMoreTrialsException, E {
        if (runs >= maxRuns) {
            throw new NoMoreTrialsException();
        }
        runs++;
        RunResult result = trial.result();
        progress.accept("run " + runs + ", " + what + ": " + result.words());
        return result;
    }

    private static String some(Set<ContainerPath> paths) {
        int shown = 4;
        String some = paths.stream().limit(shown).map(ContainerPath::toString).collect(Collectors.joining(", "));
        return paths.size() > shown ? some + " and " + (paths.size() - shown) + " more" : some;
    }

    private static boolean isRoot(String user) {
        String name = user.split(":", 2)[0];
        return name.isEmpty() || name.equals("root") || name.equals("0");
    }

    private static void rejectUnwritable(RunResult writable) throws NothingSeenException {
        if (writable.works()) {
            return;
        }
        String last = writable.log().lastLines(LAST_LINES).stream().collect(Collectors.joining(" | "));
        throw new NothingSeenException(
                "does not do its job with a writable root either, so nothing is known of its needs: "
                        + writable.words()
                        + (last.isEmpty() ? "" : "; the end of its log: " + last)
                        + "; give it the variables, the network or the time that it needs");
    }
}
