// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.command.ImageHost;
import io.github.readonlyrootfs.shell.run.Interpreter;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.Field;
import io.github.readonlyrootfs.shell.text.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the commands that a list of words resolves to, through wrappers, shells, and scripts. What a write means to the start
 * that is refused is found by following the start once more, with that write refused: the shell's own rules decide then
 * whether the container gets to its main command.
 */
final class StartReader {

    /** How many commands a start may have; loops within loops may ask for more. */
    private static final int MAX_COMMANDS = 20_000;

    /** How much is gone through again to see what a refused write does. */
    private static final long MAX_AGAIN = 50_000;

    private final List<Source> words;
    private final Optional<String> unknownBase;
    private final Image image;
    private final Environment environment;
    private final BaseDirectories directories;
    private final Started started;
    private final Effort effort;

    /** A word, and where its parts stand in case it is a shell's text. */
    record Source(Argument argument, Place place) {}

    /**
     * What is known of the container that starts.
     *
     * @param user whom it runs as; empty where that is not known
     * @param mounts where others' files stand in the place of the image's
     */
    record Started(Optional<String> user, List<ContainerPath> mounts) {}

    private StartReader(
            List<Source> words,
            Optional<String> unknownBase,
            Image image,
            Environment environment,
            BaseDirectories directories,
            Started started,
            Effort effort) {
        this.words = words;
        this.unknownBase = unknownBase;
        this.image = image;
        this.environment = environment;
        this.directories = directories;
        this.started = started;
        this.effort = effort;
    }

    /**
     * What a container starts.
     *
     * @param words what the engine starts
     * @param unknownBase see {@link StartCommand#unknownBase}
     * @param effort what may be spent on following it
     */
    static StartCommand read(
            List<Source> words,
            Optional<String> unknownBase,
            Image image,
            Environment environment,
            BaseDirectories directories,
            Started started,
            Effort effort) {
        return new StartReader(words, unknownBase, image, environment, directories, started, effort).read();
    }

    private StartCommand read() {
        StartRecord all = new StartRecord(image);
        if (unknownBase.isPresent()) {
            all.gapInBase("base image " + unknownBase.get() + " may have an ENTRYPOINT");
        }
        if (run(all) == Status.FAILURE) {
            all.gap("it fails before it starts its program, according to these files");
        }
        Set<StartRecord.Step> ending = new HashSet<>();
        long left = MAX_AGAIN;
        for (StartRecord.Step step : all.mainFirst()) {
            left -= all.size();
            if (left < 0) {
                all.gap(StartRecord.TOO_MANY);
                break;
            }
            boolean ends = ends(all, step, Set.of(step));
            if (ends) {
                Set<StartRecord.Step> together = all.refusedWith(step);
                // What is not even tried, because something beside it has been refused before, ends nothing.
                ends = together.size() == 1 || ends(all, step, together);
            }
            if (effort.isSpent()) {
                break;
            }
            if (ends) {
                ending.add(step);
            }
        }
        if (effort.isSpent()) {
            all.gap(StartRecord.TOO_MANY);
        }
        List<Argument> arguments = new ArrayList<>();
        for (Source word : words) {
            arguments.add(word.argument());
        }
        return all.of(arguments, ending, unknownBase);
    }

    /** Whether the start does not get to its main command, or that fails, because some writes are refused. */
    private boolean ends(StartRecord all, StartRecord.Step step, Set<StartRecord.Step> refused) {
        StartRecord rest = new StartRecord(image, refused, all);
        Status status = run(rest);
        Optional<StartRecord.Step> last = all.main();
        if (!last.equals(Optional.of(step))) {
            return last.isEmpty() || !rest.reaches(last.get());
        }
        // What the shell waits for ends the container with it, whatever the shell makes of that.
        return all.isWaitedFor()
                || (status == Status.FAILURE && run(StartRecord.pardoning(image, refused, all)) != Status.FAILURE);
    }

    private Status run(StartRecord record) {
        Map<Location, Place> places = new HashMap<>();
        List<Field> fields = new ArrayList<>();
        for (Source word : words) {
            places.put(word.argument.location(), word.place);
            fields.add(new Field(text(word.argument), null, word.argument.location()));
        }
        ImageHost files = ImageHost.of(image, started.user, started.mounts, effort);
        StartHost host = new StartHost(
                files,
                record,
                new StartHost.Surroundings(
                        environment, directories.home(), EntrypointScripts.of(image), started.user, places));
        Shell shell = Shell.start(host, "sh", directories.workdir().known().orElse(null));
        Place place = words.isEmpty()
                ? (start, end) -> Location.of("")
                : Place.whole(words.get(0).argument.location());
        return Interpreter.exec(fields, place, shell, true, MAX_COMMANDS);
    }

    private static Text text(Argument argument) {
        return argument.complete()
                ? Text.of(argument.text())
                : Text.of(argument.text()).plus(Text.UNKNOWN);
    }
}
