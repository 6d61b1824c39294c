// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.text.Expansion;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows the instructions of one stage. */
final class StageEvaluator {

    /** Real images have at most ten. Every mount is compared with all others, and each may have a finding. */
    private static final int MAX_VOLUMES = 1_000;

    /** The cost of an instruction besides that of its words and files. */
    private static final int INSTRUCTION = 50;

    /** Why everything is unknown beyond the limit of a build. */
    static final String TOO_MUCH = "the build has too many steps to follow";

    private final int stage;
    private final StageState state;
    private final StageLog log;
    private final GlobalScope globals;
    private final char escape;
    private final ImageBuilder.Builder builder;
    private final CopyInstruction.Sources sources;
    private boolean tooManyVolumes;
    private @Nullable Instruction gaveUpAt;

    StageEvaluator(
            int stage,
            StageState state,
            StageLog log,
            GlobalScope globals,
            char escape,
            ImageBuilder.Builder builder,
            CopyInstruction.Sources sources) {
        this.stage = stage;
        this.state = state;
        this.log = log;
        this.globals = globals;
        this.escape = escape;
        this.builder = builder;
        this.sources = sources;
    }

    /** The instruction at which the limit was reached; empty if it was not. */
    Optional<Instruction> gaveUpAt() {
        return Optional.ofNullable(gaveUpAt);
    }

    void evaluate(Instruction instruction) {
        Effort effort = state.files().tree().effort();
        effort.spend(INSTRUCTION);
        if (!effort.isSpent()) {
            follow(instruction);
        }
        if (effort.isSpent() && gaveUpAt == null) {
            gaveUpAt = instruction;
            state.files().giveUp(Provenance.at("a build with too many steps", instruction.location()));
            state.setUnknown(TOO_MUCH, instruction.location());
        }
    }

    private void follow(Instruction instruction) {
        log.steps.add(new ImageBuild.Step(
                instruction.location(),
                keyword(instruction),
                stage,
                state.user(),
                state.directory(),
                lastLine(instruction)));
        if (instruction instanceof Instruction.Arg arg) {
            arg(arg);
        } else if (instruction instanceof Instruction.Env env) {
            env(env);
        } else if (instruction instanceof Instruction.Label label) {
            label(label);
        } else if (instruction instanceof Instruction.User user) {
            user(user);
        } else if (instruction instanceof Instruction.Workdir workdir) {
            workdir(workdir);
        } else if (instruction instanceof Instruction.Volume volume) {
            volume(volume);
        } else if (instruction instanceof Instruction.Copy copy) {
            copy(copy);
        } else if (instruction instanceof Instruction.Run run) {
            run(run);
        } else if (instruction instanceof Instruction.Cmd cmd) {
            state.setCmd(command(cmd.command(), cmd.location()));
        } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
            state.setEntrypoint(command(entrypoint.command(), entrypoint.location()));
        } else if (instruction instanceof Instruction.Shell shell) {
            List<String> words = new ArrayList<>();
            for (JoinedText word : shell.words()) {
                words.add(word.text());
            }
            state.setShell(words);
        } else if (instruction instanceof Instruction.Onbuild onbuild) {
            state.triggers().add(onbuild.trigger());
        } else if (instruction instanceof Instruction.Other other) {
            value(other.arguments());
        } else if (instruction instanceof Instruction.Unknown unknown) {
            unknown(unknown);
        }
    }

    /** The last line of its heredocs; each of them ends with a line for its delimiter. */
    private static int lastLine(Instruction instruction) {
        List<Instruction.Heredoc> heredocs = instruction instanceof Instruction.Run run
                ? run.heredocs()
                : instruction instanceof Instruction.Copy copy ? copy.heredocs() : List.of();
        int last = instruction.location().endLine();
        for (Instruction.Heredoc heredoc : heredocs) {
            String body = heredoc.body().text();
            last++;
            for (int end = body.indexOf('\n'); end >= 0; end = body.indexOf('\n', end + 1)) {
                last++;
            }
        }
        return last;
    }

    private static String keyword(Instruction instruction) {
        if (instruction instanceof Instruction.Other other) {
            return other.keyword().toUpperCase(Locale.ROOT);
        }
        if (instruction instanceof Instruction.Copy copy) {
            return copy.add() ? "ADD" : "COPY";
        }
        return instruction.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private void arg(Instruction.Arg arg) {
        for (Instruction.Assignment assignment : arg.assignments()) {
            String name = assignment.key().text();
            if (!globals.isGiven(name)) {
                assignment.value().ifPresent(this::text);
            }
            // With the classic builder an ENV wins, whichever comes first.
            if (builder == ImageBuilder.Builder.BUILDKIT || !state.hasEnvironment(name)) {
                state.defineArg(name, globals.declare(name, assignment.value(), state));
            }
        }
    }

    private void env(Instruction.Env env) {
        // All words use the environment before the instruction.
        Map<String, Value<String>> values = evaluate(env.assignments());
        for (Map.Entry<String, Value<String>> variable : values.entrySet()) {
            state.setEnvironment(variable.getKey(), variable.getValue());
        }
    }

    private void label(Instruction.Label label) {
        evaluate(label.assignments()).forEach(state::setLabel);
    }

    private Map<String, Value<String>> evaluate(List<Instruction.Assignment> assignments) {
        Map<String, Value<String>> values = new LinkedHashMap<>();
        for (Instruction.Assignment assignment : assignments) {
            Optional<String> name = text(assignment.key());
            Optional<JoinedText> value = assignment.value();
            if (name.isPresent()) {
                values.put(
                        name.get(),
                        value.isPresent() ? value(value.get()) : new Value.Known<>("", assignment.location()));
            }
        }
        return values;
    }

    private Expansion expansion(JoinedText argument) {
        Expansion expansion = Expansion.of(argument, escape, state);
        Effort effort = state.files().tree().effort();
        if (expansion instanceof Expansion.Known known) {
            effort.spend(known.text().length());
        }
        return effort.isSpent() ? new Expansion.Unknown(List.of(), TOO_MUCH) : expansion;
    }

    private Optional<String> text(JoinedText argument) {
        Expansion expansion = expansion(argument);
        if (expansion instanceof Expansion.Rejected rejected) {
            log.problems.add(rejected.problem());
        }
        return expansion instanceof Expansion.Known known ? Optional.of(known.text()) : Optional.empty();
    }

    private Optional<String> known(JoinedText argument) {
        return value(argument).known();
    }

    private Value<String> value(JoinedText argument) {
        Expansion expansion = expansion(argument);
        if (expansion instanceof Expansion.Known known) {
            for (String variable : known.unset()) {
                if (state.isArgWithoutValue(variable)) {
                    return new Value.Unknown<>(noValue(variable), argument.location());
                }
            }
            return new Value.Known<>(known.text(), argument.location());
        }
        if (expansion instanceof Expansion.Unknown unknown) {
            return new Value.Unknown<>(unknown.reason(), argument.location());
        }
        Problem problem = ((Expansion.Rejected) expansion).problem();
        log.problems.add(problem);
        return new Value.Unknown<>("it cannot be expanded", argument.location());
    }

    private static String noValue(String arg) {
        return "ARG " + arg + " has no default and no build argument sets it";
    }

    /** The value of an argument with a path or user: its variables without a value are recorded. */
    private Value<String> checkedValue(JoinedText argument, String instruction) {
        Expansion expansion = Expansion.of(argument, escape, state);
        List<String> variables = new ArrayList<>();
        if (expansion instanceof Expansion.Known known) {
            variables.addAll(known.unset());
        }
        for (String variable : variables) {
            log.unresolved.add(
                    new ImageBuild.UnresolvedVariable(argument.location(), instruction, variable, cause(variable)));
        }
        return value(argument);
    }

    private ImageBuild.UnresolvedVariable.Cause cause(String variable) {
        if (state.isArgWithoutValue(variable)) {
            return ImageBuild.UnresolvedVariable.Cause.ARG_WITHOUT_VALUE;
        }
        if (globals.defines(variable)) {
            return ImageBuild.UnresolvedVariable.Cause.OUTSIDE_OF_STAGE;
        }
        return variable.equals("HOME")
                ? ImageBuild.UnresolvedVariable.Cause.HOME_AT_BUILD_TIME
                : ImageBuild.UnresolvedVariable.Cause.UNDEFINED;
    }

    private void user(Instruction.User user) {
        Value<String> value = checkedValue(user.user(), "USER");
        boolean none =
                value instanceof Value.Known<String> known && known.value().isEmpty();
        state.setUser(none ? Value.absent() : value);
    }

    private void workdir(Instruction.Workdir workdir) {
        Value<String> value = checkedValue(workdir.path(), "WORKDIR");
        Location location = workdir.path().location();
        if (value instanceof Value.Unknown<String> unknown) {
            state.setWorkdir(new Value.Unknown<>(unknown.reason(), location));
            return;
        }
        Optional<String> onDrive = state.onSystemDrive(value.known().orElse(""));
        if (onDrive.isEmpty()) {
            log.problems.add(StageLog.otherDrive(location, "WORKDIR"));
            return;
        }
        String written = onDrive.get();
        if (written.isEmpty()) {
            return;
        }
        Optional<ContainerPath> start = written.startsWith("/") ? Optional.of(ContainerPath.ROOT) : state.directory();
        if (start.isEmpty()) {
            state.setWorkdir(new Value.Unknown<>("it is relative to a WORKDIR that is not known", location));
            return;
        }
        ContainerPath path = start.get().resolve(written);
        if (path.isTooLong()) {
            log.problems.add(StageLog.tooLong(location, "WORKDIR"));
            state.setWorkdir(new Value.Unknown<>("its path is too long for Linux", location));
            return;
        }
        state.setWorkdir(new Value.Known<>(path, location));
        Identity owner = builder == ImageBuilder.Builder.CLASSIC ? Identity.ROOT : state.ownerIdentity();
        state.files().makeDirectories(path, owner, 0755, Provenance.at("WORKDIR", workdir.location()));
    }

    private void volume(Instruction.Volume volume) {
        for (JoinedText path : volume.paths()) {
            Value<String> value = checkedValue(path, "VOLUME");
            if (value.isUnknown()) {
                state.addUnknownVolume();
                continue;
            }
            String written = value.known().orElse("");
            if (written.isEmpty()) {
                log.problems.add(new Problem(
                        path.location(),
                        "VOLUME specified can not be an empty string",
                        "give the volume's path, or define the variable that it is made of"));
                continue;
            }
            if (state.volumes().size() == MAX_VOLUMES) {
                if (!tooManyVolumes) {
                    tooManyVolumes = true;
                    log.problems.add(new Problem(
                            path.location(),
                            "the image has " + MAX_VOLUMES + " volumes before this one, and no more are checked",
                            "declare a directory above them instead"));
                }
                return;
            }
            state.addVolume(new Image.ImageVolume(written, ContainerPath.of(written), path.location(), false));
        }
    }

    private Value<List<CommandWord>> command(Instruction.Command command, Location location) {
        if (command instanceof Instruction.Command.Exec exec) {
            List<CommandWord> written = new ArrayList<>();
            for (JoinedText word : exec.words()) {
                written.add(CommandWord.written(word));
            }
            return new Value.Known<>(List.copyOf(written), location);
        }
        List<CommandWord> words = new ArrayList<>();
        for (String word : state.shell()) {
            words.add(CommandWord.of(word, location));
        }
        words.add(CommandWord.written(((Instruction.Command.ShellForm) command).text()));
        return new Value.Known<>(List.copyOf(words), location);
    }

    /** It may be any instruction and set anything. */
    private void unknown(Instruction.Unknown unknown) {
        log.add(unknown.problem());
        state.setUnknown(unknown.reason(), unknown.location());
    }

    private void copy(Instruction.Copy copy) {
        Function<JoinedText, Optional<String>> values = this::known;
        for (Instruction.Heredoc heredoc : copy.heredocs()) {
            if (heredoc.expand()
                    && Expansion.ofHeredocBody(heredoc.body(), state) instanceof Expansion.Rejected rejected) {
                log.problems.add(rejected.problem());
            }
        }
        new CopyInstruction(copy, state, log, values, builder, sources).evaluate();
    }

    private void run(Instruction.Run run) {
        if (builder == ImageBuilder.Builder.CLASSIC) {
            mountVolumes();
        }
        TreeNode before = state.files().tree().root();
        new RunInstruction(run, state).evaluate();
        if (builder == ImageBuilder.Builder.CLASSIC) {
            loseVolumeChanges(run, before);
        }
    }

    /** While the classic builder runs a command it mounts the volumes declared so far, for which it makes the directories. */
    private void mountVolumes() {
        FileTree tree = state.files().tree();
        for (Image.ImageVolume volume : state.volumes()) {
            ContainerPath path = tree.follow(volume.path());
            if (tree.at(path).isMissing()) {
                state.files().makeDirectories(path, Identity.ROOT, 0755, Provenance.at("VOLUME", volume.location()));
            }
        }
    }

    /** It discards the content of the volumes. */
    private void loseVolumeChanges(Instruction.Run run, TreeNode before) {
        FileTree tree = state.files().tree();
        for (Image.ImageVolume volume : state.volumes()) {
            ContainerPath path = FileTree.follow(before, volume.path());
            TreeNode old = FileTree.at(before, path);
            if (!tree.at(path).equals(old) && !path.isRoot()) {
                log.lateChanges.add(new ImageBuild.LateChange(run.location(), volume.path(), volume.location()));
                tree.set(path, old);
            }
        }
    }
}
