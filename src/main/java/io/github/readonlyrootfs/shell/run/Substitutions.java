// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.expand.Expander;
import io.github.readonlyrootfs.shell.state.Input;
import io.github.readonlyrootfs.shell.state.Output;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.state.Streams;
import java.util.Optional;

/** Runs the commands that the words of a script substitute. */
final class Substitutions implements Expander.Substituter {

    private final Interpreter interpreter;
    private final Shell shell;
    private final Session session;
    private final Script script;
    /** The context of the command being expanded. */
    private Context around = Context.PLAIN;
    /** How the last substitution has ended. */
    private Status status = Status.SUCCESS;
    /** A word could not be expanded, which ends the shell. */
    private boolean failed;

    Substitutions(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.shell = interpreter.shell();
        this.session = interpreter.session();
        this.script = interpreter.script();
    }

    /** The same for a command in this context. */
    Substitutions in(Context context) {
        around = context;
        return this;
    }

    /** A command begins. */
    void begin() {
        status = Status.SUCCESS;
    }

    Status status() {
        return status;
    }

    /** Whether a word could not be expanded since the last question. */
    boolean hasFailed() {
        boolean was = failed;
        failed = false;
        return was;
    }

    @Override
    public Text output(String command, int start) {
        Output out = new Output();
        status = run(command, start, interpreter.streams().writing(out));
        return out.text();
    }

    @Override
    public Text process(String command, int start) {
        Output out = new Output();
        run(command, start, interpreter.streams().writing(out).reading(new Input(Text.UNKNOWN)));
        return shell.addProcess(out.text());
    }

    @Override
    public void fail() {
        failed = true;
    }

    private Status run(String command, int start, Streams inner) {
        if (!session.descend()) {
            return interpreter.tooDeep();
        }
        Place place = start < 0
                ? Place.whole(script.place().of(0, script.text().length()))
                : (from, to) -> script.place().of(start + from, start + to);
        Script text = script.within(command, place);
        Context context = around;
        Interpreter substitution = interpreter.with(text, inner);
        Status ended = substitution
                .parsed(text)
                .map(node -> interpreter.inSubshell(() -> {
                    if (shell.isBash() && !shell.inheritsErrexit()) {
                        // Bash keeps it there only if it is called sh, or is asked to.
                        shell.setOption("errexit", false);
                    }
                    return fileContent(node, inner).orElseGet(() -> substitution.run(node, false, context));
                }))
                .orElseGet(() -> {
                    inner.out().addUnknown();
                    return Status.UNKNOWN;
                });
        around = context;
        session.ascend();
        return ended;
    }

    /** Bash's {@code $(< file)}. */
    private Optional<Status> fileContent(ShellNode node, Streams inner) {
        if (!shell.isBash()
                || !(node instanceof ShellNode.Simple simple)
                || !simple.words().isEmpty()
                || !simple.assignments().isEmpty()
                || simple.redirects().size() != 1
                || !simple.redirects().get(0).operator().equals("<")) {
            return Optional.empty();
        }
        Field file = interpreter.expander(around).one(simple.redirects().get(0).target());
        inner.out().add(shell.path(file).map(shell::content).orElse(Text.UNKNOWN));
        return Optional.of(Status.ASSUMED_SUCCESS);
    }
}
