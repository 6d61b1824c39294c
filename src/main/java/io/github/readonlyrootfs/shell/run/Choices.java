// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.expand.Expander;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;

/**
 * {@code if} and {@code case}.
 *
 * @param must whether the script is known to succeed, and would fail without it
 */
record Choices(Interpreter interpreter, Context context, boolean must) {

    Status of(ShellNode.If choice) {
        Branches branches = interpreter.branches();
        for (ShellNode.If.Branch branch : choice.branches()) {
            Status met = branches.condition(() -> interpreter.run(branch.condition(), false, Context.TESTED));
            if (met == Status.SUCCESS || interpreter.jumps().isTaken()) {
                return branches.orElse(() -> interpreter.run(branch.body(), must, context));
            }
            if (met != Status.FAILURE) {
                branches.add(
                        () -> interpreter.run(branch.body(), must, context), interpreter.place(branch.condition()));
            }
        }
        return branches.orElse(() -> otherwise(choice.otherwise()));
    }

    private Status otherwise(ShellNode node) {
        if (node instanceof ShellNode.Sequence sequence && sequence.nodes().isEmpty()) {
            return interpreter.nothing();
        }
        return interpreter.run(node, must, context);
    }

    Status of(ShellNode.Case choice) {
        Expander expander = interpreter.expander(context);
        Field subject = expander.one(choice.subject());
        Branches branches = interpreter.branches();
        List<ShellNode.Case.Arm> arms = choice.arms();
        for (int i = 0; i < arms.size(); i++) {
            Truth matches = matchesAny(subject, arms.get(i).patterns(), expander);
            int from = i;
            if (matches.isTrue()) {
                return branches.orElse(() -> arms(choice, from));
            }
            if (matches.isUnknown()) {
                branches.add(
                        () -> arms(choice, from), interpreter.place(arms.get(i).body()));
            }
        }
        return branches.orElse(interpreter::nothing);
    }

    /** Runs an arm, and the next ones while it ends with {@code ;&}; after {@code ;;&} the others are tried. */
    private Status arms(ShellNode.Case choice, int from) {
        List<ShellNode.Case.Arm> arms = choice.arms();
        int last = from;
        while (last + 1 < arms.size() && arms.get(last).end().equals(";&")) {
            last++;
        }
        Status status = interpreter.nothing();
        for (ShellNode.Case.Arm arm : arms.subList(from, last + 1)) {
            status = interpreter.run(arm.body(), must, context);
        }
        if (arms.get(last).end().equals(";;&") && last + 1 < arms.size()) {
            ShellNode.Case rest = new ShellNode.Case(choice.subject(), arms.subList(last + 1, arms.size()));
            return of(rest);
        }
        return status;
    }

    private static Truth matchesAny(Field subject, List<Word> patterns, Expander expander) {
        Truth any = Truth.FALSE;
        for (Word pattern : patterns) {
            any = any.or(subject.matches(expander.one(pattern)));
            if (any.isTrue()) {
                return any;
            }
        }
        return any;
    }
}
