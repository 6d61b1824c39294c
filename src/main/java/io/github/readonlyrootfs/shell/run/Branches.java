// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.state.Streams;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Alternative branches, of which one runs; it is unknown which. They are kept in a queue, since there may be more of
 * them than the stack has room for.
 */
final class Branches {

    private final Shell shell;
    private final Session session;
    private final Jumps jumps;
    private final Streams streams;
    private final int printed;
    private final Deque<Outcome> outcomes = new ArrayDeque<>();

    /** The state after a branch. */
    private record Outcome(
            Status status,
            Jumps.@Nullable Jump jump,
            Host.State files,
            Shell.Local local,
            Text input,
            String printed,
            Location location) {}

    Branches(Shell shell, Session session, Jumps jumps, Streams streams) {
        this.shell = shell;
        this.session = session;
        this.jumps = jumps;
        this.streams = streams;
        this.printed = streams.out().length();
    }

    /**
     * Follows a command that may not run.
     *
     * @param what the command is, for display
     */
    Status perhaps(Supplier<Status> action, String what, Location location) {
        Host.State before = shell.host().save();
        Shell.Local local = shell.local();
        Text input = streams.in().rest();
        Status status = doubted(action);
        jumps.perhaps(jumps.release());
        before.perhaps(what, location);
        shell.either(local);
        streams.in().doubt(input);
        if (streams.out().length() > printed) {
            streams.out().cut(printed);
            streams.out().addUnknown();
        }
        return status;
    }

    /** Follows a condition, which runs only if those before it are false. */
    Status condition(Supplier<Status> action) {
        return outcomes.isEmpty() ? action.get() : doubted(action);
    }

    /** Follows a branch, then restores the state before it. */
    void add(Supplier<Status> branch, Location location) {
        Host.State before = shell.host().save();
        Shell.Local local = shell.local();
        Text input = streams.in().rest();
        Status status = doubted(branch);
        outcomes.push(new Outcome(
                status,
                jumps.release(),
                shell.host().save(),
                shell.local(),
                streams.in().rest(),
                streams.out().cut(printed),
                location));
        before.restore();
        shell.restore(local);
        streams.in().reset(input);
    }

    private Status doubted(Supplier<Status> action) {
        session.doubt();
        Status status = action.get();
        session.trust();
        return status;
    }

    /** Follows the branch that runs if no other does, and merges the states of all. */
    Status orElse(Supplier<Status> last) {
        Status status = condition(last);
        boolean same = true;
        while (!outcomes.isEmpty()) {
            Outcome other = outcomes.pop();
            jumps.either(other.jump, jumps.release());
            other.files.perhaps("a condition decides whether it is changed", other.location);
            shell.either(other.local);
            streams.in().doubt(other.input);
            String text = streams.out().cut(printed);
            same &= text.equals(other.printed);
            streams.out().add(same ? Text.of(text) : Text.UNKNOWN);
            status = status == other.status ? status : Status.UNKNOWN;
        }
        return status;
    }
}
