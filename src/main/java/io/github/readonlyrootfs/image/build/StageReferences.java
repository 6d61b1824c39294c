// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.build;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.MountOptions;
import io.github.readonlyrootfs.dockerfile.text.Expansion;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.Variables;
import io.github.readonlyrootfs.image.facts.BaseImage;
import io.github.readonlyrootfs.image.facts.ImageReference;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The stages and images that {@code COPY --from} and {@code RUN --mount=from} name. BuildKit checks them in all stages
 * before it builds one, also in those that it does not build. A name means the last stage of the file with that name,
 * above or below.
 */
final class StageReferences {

    /** The source of files of an instruction. */
    private sealed interface Source {

        Location location();

        /** A stage of the file. */
        record Stage(Location location, int index) implements Source {}

        /** A number without a stage. */
        record Index(Location location, String written) implements Source {}

        /** An image; without a name if it contains a placeholder or a variable. */
        record Image(Location location, Optional<String> name) implements Source {}
    }

    /** An instruction that takes files from another stage. */
    private record Step(Instruction instruction, int stage) {}

    private final Dockerfile dockerfile;
    private final Map<String, Integer> lastOfName = new HashMap<>();

    StageReferences(Dockerfile dockerfile) {
        this.dockerfile = dockerfile;
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            if (stage.name().isPresent()) {
                lastOfName.put(stage.name().get().toLowerCase(Locale.ROOT), stage.index());
            }
        }
    }

    /** The stages that an instruction takes files from. */
    List<Integer> stages(Instruction instruction) {
        List<Integer> stages = new ArrayList<>();
        for (Source source : sources(instruction)) {
            if (source instanceof Source.Stage stage) {
                stages.add(stage.index);
            }
        }
        return stages;
    }

    /** The stage that a {@code --from} names; -1 for an image. */
    int stage(JoinedText from) {
        return copied(from) instanceof Source.Stage stage ? stage.index : -1;
    }

    private List<Source> sources(Instruction instruction) {
        List<Source> sources = new ArrayList<>();
        if (instruction instanceof Instruction.Copy copy) {
            Optional<JoinedText> from = from(copy);
            if (from.isPresent()) {
                sources.add(copied(from.get()));
            }
        } else if (instruction instanceof Instruction.Run run) {
            for (Instruction.Flag flag : run.flags()) {
                if (flag.name().equals("mount")) {
                    sources.add(mounted(flag));
                }
            }
        }
        return sources;
    }

    private static Optional<JoinedText> from(Instruction.Copy copy) {
        Optional<JoinedText> from = copy.flag("from");
        return from.isPresent() && from.get().text().isEmpty() ? Optional.empty() : from;
    }

    private Source copied(JoinedText from) {
        String written = from.text();
        // A number that is too large is a name.
        if (written.matches("[+-]?\\d{1,18}")) {
            long number = Long.parseLong(written);
            return number >= 0 && number < dockerfile.stages().size()
                    ? new Source.Stage(from.location(), (int) number)
                    : new Source.Index(from.location(), written);
        }
        return named(from.location(), isPlain(from) ? Optional.of(written) : Optional.empty());
    }

    private Source mounted(Instruction.Flag flag) {
        Optional<JoinedText> from = MountOptions.value(flag, "from").filter(value -> !value.isEmpty());
        if (from.isEmpty()) {
            return named(flag.location(), Optional.of(BaseImage.SCRATCH));
        }
        boolean placeholder = expansion(from.get()) instanceof Expansion.Unknown;
        return named(
                flag.location(),
                placeholder ? Optional.empty() : Optional.of(from.get().text()));
    }

    private Source named(Location location, Optional<String> name) {
        Optional<Integer> stage = name.map(text -> lastOfName.get(text.toLowerCase(Locale.ROOT)));
        return stage.isPresent() ? new Source.Stage(location, stage.get()) : new Source.Image(location, name);
    }

    private Expansion expansion(JoinedText from) {
        return Expansion.of(from, dockerfile.escape(), Variables.NONE);
    }

    private boolean isPlain(JoinedText from) {
        return expansion(from) instanceof Expansion.Known known && known.text().equals(from.text());
    }

    /** All problems of the names in all stages. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        List<Problem> names = new ArrayList<>();
        // BuildKit counts the images so far as stages after the last one.
        int known = dockerfile.stages().size();
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            for (Instruction instruction : stage.instructions()) {
                known += judge(instruction, known, problems, names);
            }
        }
        add(circle(), problems);
        problems.addAll(names);
        return problems;
    }

    /** The problems of the names in an ONBUILD instruction that is triggered. */
    List<Problem> problems(Instruction triggered) {
        List<Problem> problems = new ArrayList<>();
        judge(triggered, dockerfile.stages().size(), problems, problems);
        return problems;
    }

    /**
     * Checks the names of an instruction.
     *
     * @param known how many stages and images come before it
     * @param names the problems with names of images
     * @return how many images it names
     */
    private int judge(Instruction instruction, int known, List<Problem> problems, List<Problem> names) {
        int images = 0;
        add(unexpanded(instruction), problems);
        for (Source source : sources(instruction)) {
            if (source instanceof Source.Index number) {
                add(noStage(number, known + images), problems);
            } else if (source instanceof Source.Image image) {
                images++;
                add(badName(instruction, image), names);
            }
        }
        return images;
    }

    private static void add(Optional<Problem> problem, List<Problem> problems) {
        if (problem.isPresent()) {
            problems.add(problem.get());
        }
    }

    private Optional<Problem> unexpanded(Instruction instruction) {
        if (!(instruction instanceof Instruction.Copy copy)) {
            return Optional.empty();
        }
        Optional<JoinedText> from = from(copy);
        if (from.isEmpty() || isPlain(from.get())) {
            return Optional.empty();
        }
        Expansion expansion = expansion(from.get());
        if (expansion instanceof Expansion.Rejected rejected) {
            return Optional.of(rejected.problem());
        }
        return expansion instanceof Expansion.Known
                ? Optional.of(new Problem(
                        from.get().location(),
                        "variables are not expanded in --from",
                        "add a stage for that image (FROM image AS name) and name the stage"))
                : Optional.empty();
    }

    private static Optional<Problem> noStage(Source.Index number, int known) {
        long index = Long.parseLong(number.written);
        return index >= 0 && index < known
                ? Optional.empty()
                : Optional.of(new Problem(
                        number.location,
                        "invalid stage index " + number.written,
                        "name a stage above this one; the first stage of the file is 0"));
    }

    private static Optional<Problem> badName(Instruction instruction, Source.Image image) {
        return image.name.filter(name -> !ImageReference.isValid(name)).isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        image.location,
                        option(instruction) + " names neither a stage nor an image",
                        "names of images are lower case"));
    }

    /** A problem if an instruction takes files from a later stage. */
    Optional<Problem> later(Instruction instruction, int stage) {
        for (Source source : sources(instruction)) {
            if (source instanceof Source.Stage named && named.index > stage) {
                return Optional.of(new Problem(
                        source.location(),
                        option(instruction) + " names a stage that is not above this one",
                        "move that stage up, or take the files from the build context"));
            }
        }
        return Optional.empty();
    }

    private static String option(Instruction instruction) {
        return instruction instanceof Instruction.Copy ? "--from" : "the `from` of a mount";
    }

    /** Follows each stage to those that it takes files from, and so on. */
    private Optional<Problem> circle() {
        boolean[] done = new boolean[dockerfile.stages().size()];
        boolean[] onPath = new boolean[dockerfile.stages().size()];
        for (int start = 0; start < done.length; start++) {
            Deque<Integer> path = new ArrayDeque<>();
            Deque<Iterator<Step>> open = new ArrayDeque<>();
            Optional<Instruction> first = Optional.empty();
            for (Optional<Integer> next = Optional.of(start); next.isPresent() || !path.isEmpty(); ) {
                if (next.isPresent() && !done[next.get()]) {
                    done[next.get()] = true;
                    onPath[next.get()] = true;
                    path.push(next.get());
                    open.push(steps(next.get()).iterator());
                } else if (path.isEmpty()) {
                    break;
                }
                next = Optional.empty();
                if (!open.element().hasNext()) {
                    onPath[path.pop()] = false;
                    open.pop();
                    continue;
                }
                Step step = open.element().next();
                first = path.size() == 1 ? Optional.of(step.instruction) : first;
                if (onPath[step.stage]) {
                    return first.map(instruction -> new Problem(
                            instruction.location(),
                            "this stage takes files from itself, or from one that takes files from it",
                            "take the files from a stage above, or from the build context"));
                }
                next = Optional.of(step.stage);
            }
        }
        return Optional.empty();
    }

    private List<Step> steps(int stage) {
        List<Step> steps = new ArrayList<>();
        for (Instruction instruction : dockerfile.stages().get(stage).instructions()) {
            for (int source : stages(instruction)) {
                steps.add(new Step(instruction, source));
            }
        }
        return steps;
    }
}
