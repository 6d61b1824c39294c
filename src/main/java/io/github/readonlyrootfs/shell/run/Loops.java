// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.expand.Arithmetic;
import io.github.readonlyrootfs.shell.expand.Expander;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import java.util.function.Supplier;

/** {@code for}, {@code while} and {@code until}. */
final class Loops {

    /** How many rounds of a while are followed. */
    private static final int MAX_ROUNDS = 500;

    /** After so many rounds that change nothing, a loop is endless. */
    private static final int ENDLESS = 3;

    private final Interpreter interpreter;
    private final Context context;
    private final Shell shell;
    private final Jumps jumps;

    Loops(Interpreter interpreter, Context context) {
        this.interpreter = interpreter;
        this.context = context;
        this.shell = interpreter.shell();
        this.jumps = interpreter.jumps();
    }

    /** Once for each word. */
    Status each(ShellNode.For loop) {
        Status status = Status.SUCCESS;
        Jumps.Kind outside = jumps.enter();
        for (Field word : interpreter.expander(context).expand(loop.words())) {
            if (isOver()) {
                break;
            }
            Jumps.Kind before = jumps.enter();
            if (word.isExact()) {
                shell.assign(loop.variable(), word.value(), word.location());
                status = interpreter.run(loop.body(), false, context);
            } else {
                shell.assign(loop.variable(), word.beginning(), word.location());
                perhaps(loop.body(), "for");
                status = Status.UNKNOWN;
            }
            jumps.leave(before, Jumps.Kind.CONTINUE);
        }
        jumps.leave(outside, Jumps.Kind.BREAK);
        return status;
    }

    /** {@code for ((first; condition; step))}. */
    Status counting(ShellNode.Counting loop) {
        Expander expander = interpreter.expander(context);
        Arithmetic arithmetic = new Arithmetic(shell);
        arithmetic.value(expander.text(loop.first()));
        return rounds(
                () -> loop.condition().parts().isEmpty()
                        ? Status.SUCCESS
                        : arithmetic.status(expander.text(loop.condition())),
                loop.body(),
                () -> arithmetic.value(expander.text(loop.step())));
    }

    /** {@code while} and {@code until}. */
    Status rounds(ShellNode.Loop loop) {
        return rounds(
                () -> {
                    Status met = interpreter.run(loop.condition(), false, Context.TESTED);
                    return loop.until() ? met.negated() : met;
                },
                loop.body(),
                () -> {});
    }

    /** Follows the rounds one by one while the condition is known; the others may or may not run. */
    private Status rounds(Supplier<Status> condition, ShellNode body, Runnable step) {
        Jumps.Kind outside = jumps.enter();
        Status status = Status.SUCCESS;
        int alike = 0;
        for (int round = 0; !isOver(); round++) {
            Shell.Local local = shell.local();
            Status met = condition.get();
            if (met == Status.FAILURE || jumps.isTaken()) {
                break;
            }
            if (met != Status.SUCCESS || jumps.isPossible() || round >= MAX_ROUNDS) {
                // Twice: later rounds begin with variables that the first one has changed.
                for (int i = 0; i < 2; i++) {
                    Status last = perhaps(body, "while");
                    status = status == last ? last : Status.UNKNOWN;
                    step.run();
                }
                break;
            }
            Jumps.Kind before = jumps.enter();
            status = interpreter.run(body, false, context);
            jumps.leave(before, Jumps.Kind.CONTINUE);
            step.run();
            alike = shell.local().sameAs(local) ? alike + 1 : 0;
            if (alike >= ENDLESS && !jumps.isTaken() && !jumps.isPossible()) {
                return jumps.take(Jumps.Kind.EXIT, Status.ASSUMED_SUCCESS);
            }
        }
        jumps.leave(outside, Jumps.Kind.BREAK);
        return interpreter.noted(status);
    }

    private boolean isOver() {
        return jumps.isTaken() || interpreter.session().isExhausted();
    }

    private Status perhaps(ShellNode body, String what) {
        return interpreter
                .branches()
                .perhaps(() -> interpreter.run(body, false, Context.TESTED), what, interpreter.place(body));
    }
}
