// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.source.Effort;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all shells of one run share: how much of it is left to follow, and how certain it is that commands run. */
final class Session {

    /** How many commands of one run are followed; loops within loops may ask for more. */
    static final int MAX_COMMANDS = 200_000;

    /** How deep scripts, functions and substitutions run each other. */
    private static final int MAX_DEPTH = 60;

    /** The cost of a command besides its words and its effects. */
    private static final int COMMAND = 100;

    private final Deque<Map<String, ShellVariable>> frames = new ArrayDeque<>();

    /** The scripts that are running, each with how it was started. */
    private final Set<List<Text>> started = new HashSet<>();

    private final Effort effort;
    private int commands;
    private int depth;
    private int conditions;

    Session(int commands, Effort effort) {
        this.commands = commands;
        this.effort = effort;
    }

    Session(Effort effort) {
        this(MAX_COMMANDS, effort);
    }

    /** Whether one more command is followed; false for good once there have been too many. */
    boolean step() {
        effort.spend(COMMAND);
        commands = effort.isSpent() ? -1 : Math.max(-1, commands - 1);
        return commands >= 0;
    }

    /** No more commands are followed. */
    void stop() {
        commands = -1;
    }

    boolean isExhausted() {
        return commands < 0;
    }

    /** Whether one more level is followed; if so, {@link #ascend()} ends it. */
    boolean descend() {
        if (depth >= MAX_DEPTH) {
            return false;
        }
        depth++;
        return true;
    }

    void ascend() {
        depth--;
    }

    /**
     * Whether no script is running that was started in the same way; if so, {@link #end} ends it. A script that starts
     * itself in the same way never ends, so a condition that leads there is false.
     */
    boolean start(List<Text> how) {
        return started.add(how);
    }

    void end(List<Text> how) {
        started.remove(how);
    }

    /** What follows runs only if a condition is true, which is unknown. */
    void doubt() {
        conditions++;
    }

    void trust() {
        conditions--;
    }

    boolean isCertain() {
        return conditions == 0;
    }

    /** A function begins: its local variables end with it. */
    void enterFunction() {
        frames.push(new HashMap<>());
    }

    void leaveFunction(Shell shell) {
        frames.pop().forEach((name, before) -> shell.put(name, before));
    }

    /** A variable becomes local to the function. */
    void local(String name, Shell shell) {
        if (!frames.isEmpty()) {
            frames.element().putIfAbsent(name, shell.lookup(name));
        }
    }
}
