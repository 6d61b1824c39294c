// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.Status;
import java.util.List;

/** Commands with {@code &&} and {@code ||} between them. */
record AndOrList(Interpreter interpreter, Context context) {

    Status run(ShellNode.AndOr list, boolean must) {
        List<ShellNode.AndOr.Link> links = list.links();
        int lastAlternative = links.size() - 1;
        while (lastAlternative >= 0 && !links.get(lastAlternative).operator().equals("||")) {
            lastAlternative--;
        }
        Host host = interpreter.shell().host();
        Status status = Status.SUCCESS;
        for (int i = 0; i < links.size() && !interpreter.jumps().isTaken(); i++) {
            ShellNode.AndOr.Link link = links.get(i);
            boolean last = i == links.size() - 1;
            Context inner = i < lastAlternative ? Context.TESTED : last ? context : context.orLater(Context.LISTED);
            // What follows the last || with && has run if the list ends well.
            boolean linkMust = must && i > lastAlternative;
            boolean runsAfterSuccess = !link.operator().equals("||");
            Status before = status;
            if (before == (runsAfterSuccess ? Status.FAILURE : Status.SUCCESS)) {
                continue;
            }
            if (before == Status.ASSUMED_SUCCESS && !runsAfterSuccess && !host.looksBehindFailures()) {
                continue;
            }
            boolean needed = linkMust && host.succeeds();
            boolean expected =
                    before == Status.ASSUMED_SUCCESS && (inner != Context.TESTED || !host.looksBehindFailures());
            boolean certain = before == (runsAfterSuccess ? Status.SUCCESS : Status.FAILURE)
                    || (runsAfterSuccess && (needed || expected));
            if (certain) {
                status = attempt(link.node(), linkMust, inner);
            } else {
                Status after = interpreter
                        .branches()
                        .perhaps(
                                () -> interpreter.run(link.node(), false, Context.TESTED),
                                runsAfterSuccess ? "a command after &&" : "a command after ||",
                                interpreter.place(link.node()));
                status = runsAfterSuccess ? afterSuccess(before, after) : afterFailure(before, after);
            }
        }
        return interpreter.assumed(status, must);
    }

    /** How {@code before && after} ends if it is unknown whether the second one runs. */
    private static Status afterSuccess(Status before, Status after) {
        return after == Status.FAILURE ? Status.FAILURE : before == Status.SUCCESS ? after : Status.UNKNOWN;
    }

    /** How {@code before || after} ends if it is unknown whether the second one runs. */
    private static Status afterFailure(Status before, Status after) {
        return after == Status.SUCCESS ? Status.SUCCESS : before == Status.FAILURE ? after : Status.UNKNOWN;
    }

    /** If a command may fail and its failure is handled, its effects are only possible. */
    private Status attempt(ShellNode node, boolean must, Context inner) {
        if (inner != Context.TESTED) {
            return interpreter.run(node, must, inner);
        }
        Host.State before = interpreter.shell().host().save();
        Status status = interpreter.run(node, false, inner);
        if (status == Status.ASSUMED_SUCCESS || status == Status.UNKNOWN) {
            before.perhaps("a command that may fail changes it", interpreter.place(node));
        }
        return status;
    }
}
