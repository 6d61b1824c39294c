// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds each instruction to the part above the first FROM, or to the stage of the last FROM. */
final class StageCollector {

    private final List<RejectedInstruction> problems;
    private final List<Instruction.Arg> globalArgs = new ArrayList<>();
    private final List<Dockerfile.Stage> stages = new ArrayList<>();
    private List<Instruction> current = new ArrayList<>();
    /** Whether a template above the first FROM may have written a FROM. */
    private boolean mayHaveStage;

    StageCollector(List<RejectedInstruction> problems) {
        this.problems = problems;
    }

    void add(Instruction instruction) {
        if (instruction instanceof Instruction.From from) {
            current = new ArrayList<>();
            String alias = from.alias().isPresent() ? from.alias().get().text() : "";
            Optional<String> name =
                    StageName.isValid(alias) ? Optional.of(StageName.lowerCase(alias)) : Optional.empty();
            stages.add(new Dockerfile.Stage(stages.size(), from, name, current));
        } else if (!stages.isEmpty()) {
            current.add(instruction);
        } else if (instruction instanceof Instruction.Arg arg) {
            globalArgs.add(arg);
        } else if (instruction instanceof Instruction.Unknown) {
            mayHaveStage = true;
        } else if (!mayHaveStage) {
            problems.add(RejectedInstruction.meaning(
                    instruction.location(),
                    "this instruction comes before the first FROM",
                    "only ARG may; begin with FROM"));
        }
    }

    boolean hasStages() {
        return !stages.isEmpty() || mayHaveStage;
    }

    List<Instruction.Arg> globalArgs() {
        return List.copyOf(globalArgs);
    }

    List<Dockerfile.Stage> stages() {
        List<Dockerfile.Stage> all = new ArrayList<>();
        for (Dockerfile.Stage stage : stages) {
            all.add(new Dockerfile.Stage(stage.index(), stage.from(), stage.name(), List.copyOf(stage.instructions())));
        }
        return List.copyOf(all);
    }
}
