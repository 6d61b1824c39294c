// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.command.ImageHost;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.shell.run.Interpreter;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the commands that a list of words runs through wrappers, shells, and scripts. To find the effect of a refused write, the
 * start is followed once more with that write refused: the shell's own rules then decide whether the container reaches its main
 * command.
 */
final class StartReader {

    /** The most commands that are followed in a start; nested loops may run more. */
    private static final int MAX_COMMANDS = 20_000;

    /** The most effort for following the start again with refused writes. */
    private static final long MAX_AGAIN = 50_000;

    /** A command with more paths is refused as a whole. */
    private static final int MAX_SEPARATE = 32;

    private final List<Source> words;
    private final Optional<String> unknownBase;
    private final StartContext context;
    /** As each of its runs finds them. */
    private final ImageHost files;

    private long left = MAX_AGAIN;

    /** A word with the locations of its parts, for a shell's text. */
    record Source(Field argument, Place place) {}

    private StartReader(List<Source> words, Optional<String> unknownBase, StartContext context) {
        this.words = words;
        this.unknownBase = unknownBase;
        this.context = context;
        this.files = ImageHost.of(context.image(), context.user(), context.mounts(), context.effort());
    }

    /**
     * The command of a container.
     *
     * @param words the program and arguments that the engine starts
     * @param unknownBase see {@link StartCommand#unknownBase}
     */
    static StartCommand read(List<Source> words, Optional<String> unknownBase, StartContext context) {
        return new StartReader(words, unknownBase, context).read();
    }

    private StartCommand read() {
        StartRecord all = new StartRecord();
        if (unknownBase.isPresent()) {
            all.gapInBase("base image " + unknownBase.get() + " may have an ENTRYPOINT");
        }
        if (run(all, files.fork(), true) == Status.FAILURE) {
            all.gap("it fails before it starts its program, according to these files");
        }
        Map<StartRecord.Step, StartRecord.Ending> ending = new LinkedHashMap<>();
        Map<List<Object>, Boolean> together = new HashMap<>();
        for (StartRecord.Step step : all.mainFirst()) {
            if (left < 0) {
                break;
            }
            StartRecord without = all.refusing(Set.of(step));
            List<ContainerPath> instead = new ArrayList<>();
            boolean ends = ends(all, step, without);
            if (ends) {
                // A write that is not tried, because a neighbouring one was refused before, does not end the start.
                Set<StartRecord.Step> near = all.refusedWith(step);
                ends = near.size() == 1
                        || together.computeIfAbsent(
                                List.of(near, all.main().equals(Optional.of(step)), all.asks(step)),
                                key -> ends(all, step, all.refusing(near)));
            } else {
                for (StartRecord.Step other : without.instead()) {
                    if (left < 0) {
                        break;
                    }
                    if (ends(all, step, all.refusing(Set.of(step, other)))) {
                        instead.addAll(without.paths(other));
                    }
                }
            }
            if (left < 0 || context.effort().isSpent()) {
                break;
            }
            if (ends || !instead.isEmpty()) {
                ending.put(step, new StartRecord.Ending(instead, ends ? spared(all, step) : Set.of()));
            }
        }
        if (left < 0 || context.effort().isSpent()) {
            all.gap(StartRecord.TOO_MANY);
        }
        List<Field> arguments = new ArrayList<>();
        for (Source word : words) {
            arguments.add(word.argument());
        }
        return all.of(arguments, ending, unknownBase);
    }

    /** The paths of a step that ends the start without which it goes on, since the program goes on with its other operands. */
    private Set<ContainerPath> spared(StartRecord all, StartRecord.Step step) {
        Set<ContainerPath> paths = all.separate(step);
        Set<ContainerPath> spared = new HashSet<>();
        // Where the start ends because the program reports a failure, each path is needed.
        if (!paths.isEmpty() && paths.size() <= MAX_SEPARATE && !ends(all, step, all.refusing(step, Set.of()))) {
            for (ContainerPath path : paths) {
                if (!ends(all, step, all.refusing(step, Set.of(path)))) {
                    spared.add(path);
                }
            }
        }
        return spared.size() < paths.size() ? spared : Set.of();
    }

    /** Whether the writes that a run refuses keep the start from its main command, or make that fail. */
    private boolean ends(StartRecord all, StartRecord.Step step, StartRecord rest) {
        Status status = run(rest);
        Optional<StartRecord.Step> last = all.main();
        boolean isMain = last.equals(Optional.of(step));
        if (isMain && all.isWaitedFor() && !all.isMinor()) {
            // The shell waits for the command: its end is the end of the container.
            return true;
        }
        boolean goesOn = rest.reachesEndOf(all);
        boolean needsNone = isMain || all.isMinor() || (goesOn && all.asks(step));
        StartRecord pardoned = rest.pardoned(!needsNone || (!isMain && !goesOn));
        if (needsNone) {
            // What there is to do is tried or left out: only a failure that nothing handles is one.
            return status == Status.FAILURE && (run(pardoned) != Status.FAILURE || pardoned.isFurther());
        }
        if (rest.reachesMainOf(all)) {
            return false;
        }
        run(pardoned);
        // Both may stop at a later command, which is the reason then.
        return pardoned.reachesMainOf(all) || pardoned.isFurther();
    }

    /** What a start leaves where something is mounted. */
    static StartCommand.Left left(List<Source> words, StartContext context, boolean succeeds) {
        StartReader reader = new StartReader(words, Optional.empty(), context);
        StartRecord record = StartRecord.exact();
        ImageHost files = reader.files.fork();
        boolean ends = reader.run(record, files, succeeds) != Status.FAILURE || !succeeds;
        Map<ContainerPath, TreeNode> left = new HashMap<>();
        context.mounts().forEach((path, before) -> left.put(path, files.at(path)));
        boolean followed = ends
                && !words.isEmpty()
                && record.isFollowed()
                && !context.effort().isSpent();
        return new StartCommand.Left(left, followed);
    }

    private Status run(StartRecord record) {
        Status status = run(record, files.fork(), true);
        left -= record.size();
        return status;
    }

    private Status run(StartRecord record, ImageHost files, boolean succeeds) {
        Map<Location, Place> places = new HashMap<>();
        List<Field> fields = new ArrayList<>();
        for (Source word : words) {
            places.put(word.argument.where(), word.place);
            fields.add(word.argument);
        }
        StartHost host = new StartHost(files, record, context, places);
        Shell shell =
                Shell.start(host, "sh", context.directories().workdir().known().orElse(null));
        Place place = words.isEmpty()
                ? (start, end) -> Location.of("")
                : Place.whole(words.get(0).argument.where());
        return Interpreter.exec(fields, place, shell, succeeds, MAX_COMMANDS);
    }
}
