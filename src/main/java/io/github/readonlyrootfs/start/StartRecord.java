// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.command.ImageHost;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records one run through a start command: with all writes, or with some writes refused. */
final class StartRecord {

    static final String TOO_MANY = "it runs too many commands to follow";
    private static final int MAX_ACTS = 1000;

    /** The most other writes that are tried in the place of one. */
    private static final int MAX_INSTEAD = 4;

    /** Identifies a step in several runs: a command, or a file that is opened, with its location. */
    record Step(String words, Location location) {

        // Same as the JDK's for records, but without their linkage cost: steps are looked up often.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Step step && words.equals(step.words) && location.equals(step.location);
        }

        @Override
        public int hashCode() {
            return 31 * words.hashCode() + location.hashCode();
        }
    }

    /**
     * What a run refuses.
     *
     * @param paths of the steps' paths, those that are refused, while the program goes on with its other operands; null for all
     */
    private record Refusal(Set<Step> steps, @Nullable Set<ContainerPath> paths) {}

    /**
     * How the failure of a step ends the container's start.
     *
     * @param instead the paths that the start then writes in its place, of which one is enough to go on
     * @param spared the paths of the step without which the start goes on nevertheless
     */
    record Ending(List<ContainerPath> instead, Set<ContainerPath> spared) {}

    private final Map<Step, Act> acts = new LinkedHashMap<>();
    private final Map<String, SourceFile> scripts = new LinkedHashMap<>();
    private final Map<String, StartGap> gaps = new LinkedHashMap<>();
    /** All commands of a script in package.json have one location. */
    private final Map<Step, UnknownCommand> unknown = new LinkedHashMap<>();

    private final List<String> shellTexts = new ArrayList<>();
    private final Set<ContainerPath> seen = new HashSet<>();
    private final Refusal refused;
    private final boolean pardons;
    private final boolean exact;
    private final @Nullable StartRecord before;
    /** The commands that were about to run, each by its first word and where that is. */
    private final Set<Step> reached = new HashSet<>();
    /** The last of them, which may be one that the shell runs itself. */
    private Optional<Step> end = Optional.empty();

    private Optional<Step> last = Optional.empty();
    /** The last command that was left in the background. */
    private Optional<Step> left = Optional.empty();

    /** The user of the last write, with the files as they were when that user began. */
    private Writer writer = Writer.CONTAINERS_OWN;

    /** The user of the last command that was about to run. */
    private Writer reaching = Writer.CONTAINERS_OWN;

    private boolean hasRefused;
    /** The shell waits for the last command, which is in the background. */
    private boolean waits;

    private int steps;

    /** The run in which the writes are refused that this one pardons, if this one is compared with it. */
    private @Nullable StartRecord other;

    private boolean further;

    /** A run in which all writes succeed. */
    StartRecord() {
        this(new Refusal(Set.of(), null), null, false, false);
    }

    /** A run on known mounts, in which commands fail where these files let them. */
    static StartRecord exact() {
        return new StartRecord(new Refusal(Set.of(), null), null, false, true);
    }

    /** Whether this is no run after another one, which only asks what is refused. */
    boolean isFirst() {
        return before == null;
    }

    boolean isExact() {
        return exact;
    }

    /** Whether it is known what all its commands do. */
    boolean isFollowed() {
        return gaps.isEmpty() && unknown.isEmpty();
    }

    /**
     * A run in which some writes are refused.
     *
     * @param before the run in which all succeed
     * @param pardons whether these writes succeed nevertheless, but from there on nothing is assumed to succeed only because the
     *     start is expected to succeed: if that run stops too, the refusal is not the reason
     */
    private StartRecord(Refusal refused, @Nullable StartRecord before, boolean pardons, boolean exact) {
        this.exact = exact;
        this.refused = refused;
        this.before = before;
        this.pardons = pardons;
    }

    /** The run after this one, in which some writes are refused. */
    StartRecord refusing(Set<Step> steps) {
        return new StartRecord(new Refusal(steps, null), this, false, false);
    }

    /** The run after this one, in which a command fails to write these of its paths only. */
    StartRecord refusing(Step step, Set<ContainerPath> paths) {
        return new StartRecord(new Refusal(Set.of(step), paths), this, false, false);
    }

    /**
     * The same run, in which the writes succeed nevertheless.
     *
     * @param compared whether it is followed only until it does something that this run does not
     */
    StartRecord pardoned(boolean compared) {
        StartRecord pardoned = new StartRecord(refused, before, true, false);
        pardoned.other = compared ? this : null;
        return pardoned;
    }

    /** Whether a write is refused: by request, or because it is near such a write and is only tried instead of it. */
    private boolean refuses(Step step, List<ContainerPath> directories) {
        if (refused.steps.contains(step)) {
            return true;
        }
        if (!hasRefused || before == null || before.isCertain(step)) {
            return false;
        }
        return refused.paths != null
                ? areNear(withParents(refused.paths), directories)
                : refused.steps.stream().anyMatch(other -> areNear(before.directories(other), directories));
    }

    /** What a command that fails does nevertheless: the same with its other operands, in a run that refuses only some. */
    Optional<List<Field>> rest(Command command) {
        if (refused.paths == null) {
            return Optional.empty();
        }
        List<Field> rest = new ArrayList<>(command.words());
        for (Write write : command.writes()) {
            if (write.path().known().filter(refused.paths::contains).isPresent()) {
                rest.remove(write.operand());
            }
        }
        return Optional.of(rest);
    }

    /** Records a command; whether it fails. */
    boolean add(Command command) {
        List<String> words = new ArrayList<>();
        for (Field word : command.words()) {
            words.add(word.text());
        }
        // Relative words write elsewhere in another directory.
        for (ContainerPath path : command.paths()) {
            words.add(path.toString());
        }
        Step step = new Step(String.join("\0", words), command.words().get(0).where());
        boolean fails = add(step, command);
        if (fails) {
            reached.remove(program(command));
        }
        last = Optional.of(step);
        waits = false;
        return fails && !pardons && !command.isLenient();
    }

    /** Records a file that is opened; whether that fails. */
    boolean add(Redirection redirection) {
        String words = redirection.target().text() + "\0" + redirection.paths();
        return add(new Step(words, redirection.target().where()), redirection) && !pardons;
    }

    /** Records a step; whether it is refused. */
    private boolean add(Step step, Act act) {
        steps++;
        boolean fails = refuses(step, withParents(act.paths()));
        hasRefused |= fails;
        Act known = acts.get(step);
        if (known == null && acts.size() >= MAX_ACTS) {
            gap(TOO_MANY);
        } else if (known == null || !known.certain()) {
            acts.put(step, act);
            further |= other != null && !other.acts.containsKey(step);
        }
        return fails;
    }

    /** The writer with the files as they are, or were when that one began. */
    Writer writer(Writer next, ImageHost first, ImageHost now) {
        if (next.user().isAbsent()) {
            writer = next;
        } else if (!next.key().equals(writer.key())) {
            writer = new Writer(next.user(), Optional.of(new Writer.Seen(first, now.fork())));
        }
        return writer;
    }

    private static Step program(Command command) {
        Field program = command.words().get(0);
        return new Step(program.text(), program.where());
    }

    /**
     * A command is about to run.
     *
     * @param holds whether it only keeps the container running, which is the main command of a start that has no other
     * @param user who runs it
     */
    void reaches(Field program, boolean holds, Writer user) {
        reaching = user;
        Step step = new Step(program.text(), program.where());
        reached.add(step);
        end = Optional.of(step);
        if (holds && isMinor()) {
            last = end;
        }
    }

    /** Something unknown runs, which may be the main command. */
    void reachesUnknown(Location location) {
        Step step = new Step("", location);
        reached.add(step);
        last = Optional.of(step);
        waits = false;
    }

    /** Whether nothing runs but what the shell does itself, and commands that only write files. */
    boolean isMinor() {
        return last.isEmpty()
                || (acts.get(last.get()) instanceof Command main
                        && !main.writes().isEmpty());
    }

    /** Whether this run goes on to the last command of another one, and fails no more than that. */
    boolean reachesEndOf(StartRecord other) {
        return other.end.isPresent() && reached.contains(other.end.get());
    }

    /** Whether a step is a mere question: whether a path can be written. */
    boolean asks(Step step) {
        return acts.get(step) instanceof Redirection redirection && redirection.asked();
    }

    /** The last command continues in the background. */
    void leaves() {
        left = last;
    }

    /** The shell waits for the command in the background, whatever it ran after that. */
    void waits() {
        last = left.or(() -> last);
        waits = true;
    }

    boolean isWaitedFor() {
        return waits;
    }

    boolean hasRefused() {
        return hasRefused;
    }

    void script(SourceFile file) {
        if (!file.isInside()) {
            scripts.put(file.name(), file);
        }
    }

    void shellText(String text) {
        shellTexts.add(text);
    }

    /** Notes why there may be further commands. */
    void gap(String reason) {
        gap(new StartGap(reason, false, Optional.empty()));
    }

    /** Notes the same for an unknown part of the base image. */
    void gapInBase(String reason) {
        gap(new StartGap(reason, true, Optional.empty()));
    }

    /** One of the project stands for one of the base image with the same reason. */
    void gap(StartGap gap) {
        gaps.merge(gap.reason(), gap, (one, two) -> one.inBase() ? two : one);
    }

    /** A start script of a published image is not followed, which only matters for what it leaves. */
    void skips(String script) {
        if (exact) {
            gapInBase("what " + script + " runs first is not known");
        }
    }

    /** Notes a command that may write what nothing tells. */
    void unknown(UnknownCommand command) {
        Step step = new Step(command.word(), command.location());
        unknown.merge(step, command, (one, two) -> one.certain() ? one : two);
    }

    /** The effort of this run. */
    long size() {
        long length = steps;
        for (String text : shellTexts) {
            length += text.length() / 50;
        }
        return length;
    }

    /** The main command, which runs as long as the container: the last one. */
    Optional<Step> main() {
        return last;
    }

    /** A step with those that write in, above or below its directory: they are refused together. */
    Set<Step> refusedWith(Step step) {
        List<ContainerPath> own = directories(step);
        Set<Step> together = new HashSet<>(Set.of(step));
        for (Step other : mainFirst()) {
            if (areNear(own, directories(other))) {
                together.add(other);
            }
        }
        return together;
    }

    private static boolean areNear(List<ContainerPath> ones, List<ContainerPath> others) {
        for (ContainerPath one : ones) {
            for (ContainerPath other : others) {
                if (one.isAtOrBelow(other) || other.isAtOrBelow(one)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The paths that a step writes, and the directories that they are in. */
    private List<ContainerPath> directories(Step step) {
        return withParents(paths(step));
    }

    private static List<ContainerPath> withParents(Collection<ContainerPath> paths) {
        List<ContainerPath> all = new ArrayList<>();
        for (ContainerPath path : paths) {
            all.add(path);
            all.add(path.parent());
        }
        all.removeAll(List.of(ContainerPath.ROOT));
        return all;
    }

    /** The start looks at a file. */
    void looksAt(ContainerPath path) {
        seen.add(path);
        further |= other != null && !other.seen.contains(path);
    }

    /** Whether it did something that the run does not with which it is compared; what follows changes no answer then. */
    boolean isFurther() {
        return further;
    }

    /** Whether the run reached the main command of another one, or ends with the same command in another place. */
    boolean reachesMainOf(StartRecord other) {
        Step step = other.last.orElseThrow();
        return acts.containsKey(step)
                || reached.contains(other.acts.get(step) instanceof Command main ? program(main) : step)
                || (last.isPresent() && last.get().words().equals(step.words()));
    }

    private boolean isCertain(Step step) {
        Act act = acts.get(step);
        return act != null && act.certain();
    }

    /** What is certainly written in this run, and not in the one before it. */
    List<Step> instead() {
        List<Step> instead = new ArrayList<>();
        for (Step step : mainFirst()) {
            boolean own = before != null && !before.isCertain(step) && !refuses(step, directories(step));
            if (own && instead.size() < MAX_INSTEAD && !paths(step).isEmpty()) {
                instead.add(step);
            }
        }
        return instead;
    }

    /** The known paths that a step writes. */
    List<ContainerPath> paths(Step step) {
        Act act = acts.get(step);
        return act == null ? List.of() : act.paths();
    }

    /** The paths of a command whose program goes on with the others if one is refused; empty if it has just one. */
    Set<ContainerPath> separate(Step step) {
        Set<ContainerPath> paths = new LinkedHashSet<>(paths(step));
        boolean goesOn = acts.get(step) instanceof Command command && command.goesOn();
        return goesOn && paths.size() > 1 ? paths : Set.of();
    }

    /** The certain steps that may be refused, the main command first. */
    List<Step> mainFirst() {
        List<Step> certain = new ArrayList<>();
        if (last.isPresent() && acts.containsKey(last.get())) {
            certain.add(last.get());
        }
        for (Map.Entry<Step, Act> each : acts.entrySet()) {
            boolean device = each.getValue() instanceof Redirection opened
                    && opened.path() instanceof Value.Known<ContainerPath> path
                    && path.value().isNoStorage();
            if (each.getValue().certain() && !device && !last.equals(Optional.of(each.getKey()))) {
                certain.add(each.getKey());
            }
        }
        return certain;
    }

    /**
     * The start command with everything recorded.
     *
     * @param words the program and arguments that the engine starts
     * @param ending the steps whose failure ends the container's start
     */
    StartCommand of(List<Field> words, Map<Step, Ending> ending, Optional<String> unknownBase) {
        List<Command> all = new ArrayList<>();
        List<Redirection> files = new ArrayList<>();
        for (Map.Entry<Step, Act> each : acts.entrySet()) {
            Act act = each.getValue();
            Act ended = act.stopping(Optional.ofNullable(act.certain() ? ending.get(each.getKey()) : null));
            if (ended instanceof Command command) {
                all.add(command);
            } else if (ended instanceof Redirection redirection) {
                files.add(redirection);
            }
        }
        return new StartCommand(
                Optional.of(words),
                all,
                files,
                all.isEmpty() ? reaching : all.get(all.size() - 1).writer(),
                new Unfollowed(gaps.values(), unknown.values()),
                shellTexts,
                List.copyOf(scripts.values()),
                unknownBase);
    }
}
