// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

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
import java.util.ArrayList;
import java.util.HashMap;
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

        record Stage(Location location, int index) implements Source {}

        /** An image; without a name if it contains a placeholder or a variable. */
        record Image(Location location, Optional<String> name) implements Source {}
    }

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
                    : new Source.Image(from.location(), Optional.empty());
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
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            for (Instruction instruction : stage.instructions()) {
                problems.addAll(problems(instruction));
            }
        }
        return problems;
    }

    List<Problem> problems(Instruction instruction) {
        List<Problem> problems = new ArrayList<>();
        add(unexpanded(instruction), problems);
        for (Source source : sources(instruction)) {
            if (source instanceof Source.Image image) {
                add(badName(instruction, image), problems);
            }
        }
        return problems;
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

    private static Optional<Problem> badName(Instruction instruction, Source.Image image) {
        return image.name.filter(name -> !ImageReference.isValid(name)).isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        image.location,
                        option(instruction) + " names neither a stage nor an image",
                        "names of images are lower case"));
    }

    /** A problem if an instruction takes files from a stage behind the last one that may be named there. */
    Optional<Problem> later(Instruction instruction, int last) {
        for (Source source : sources(instruction)) {
            if (source instanceof Source.Stage named && named.index > last) {
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
}
