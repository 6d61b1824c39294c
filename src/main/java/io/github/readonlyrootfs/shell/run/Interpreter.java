// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.expand.Arithmetic;
import io.github.readonlyrootfs.shell.expand.Assignments;
import io.github.readonlyrootfs.shell.expand.Expander;
import io.github.readonlyrootfs.shell.expand.TestExpressions;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.Input;
import io.github.readonlyrootfs.shell.state.Output;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.state.Streams;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Follows a script and applies its effects to the host. If it is unknown whether a command runs, both outcomes are
 * possible, and what they do not have in common becomes unknown.
 */
public final class Interpreter {

    /** A POSIX shell exits if a redirection of one of these fails. */
    private static final Pattern SPECIAL =
            Pattern.compile("[:.]|break|continue|eval|exec|exit|export|readonly|return|set|shift|times|trap|unset");

    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Za-z_]\\w*\\+?=.*");

    private final Session session;
    private final Script script;
    private final Shell shell;
    private final Jumps jumps;
    private Streams streams;
    /** Whether the script as a whole is known to succeed. */
    private boolean succeeds;

    private final Substitutions substitutions;

    private Interpreter(Session session, Script script, Shell shell, Jumps jumps, Streams streams) {
        this.session = session;
        this.script = script;
        this.shell = shell;
        this.jumps = jumps;
        this.streams = streams;
        this.substitutions = new Substitutions(this);
    }

    /**
     * Follows a script.
     *
     * @param must whether it is known to succeed, like a RUN whose image exists
     */
    public static Status run(Script script, Shell shell, boolean must) {
        return new Interpreter(new Session(shell.host().effort()), script, shell, new Jumps(), Streams.unattended())
                .script(must);
    }

    /** Follows a command given as a list of words. */
    public static Status exec(List<Field> words, Place place, Shell shell, boolean must) {
        return exec(words, place, shell, must, Session.MAX_COMMANDS);
    }

    /**
     * Follows a command given as a list of words, without input.
     *
     * @param maxCommands how many commands are followed
     */
    public static Status exec(List<Field> words, Place place, Shell shell, boolean must, int maxCommands) {
        Interpreter interpreter = new Interpreter(
                new Session(maxCommands, shell.host().effort()),
                new Script("", place),
                shell,
                new Jumps(),
                new Streams(new Input(Text.EMPTY), new Output()));
        return words.isEmpty()
                ? Status.SUCCESS
                : interpreter.command(interpreter.call(words, List.of(), place.of(0, 0), must), Context.PLAIN);
    }

    Session session() {
        return session;
    }

    Shell shell() {
        return shell;
    }

    Jumps jumps() {
        return jumps;
    }

    /** Follows the script, then the trap for its end. */
    private Status script(boolean must) {
        succeeds = must;
        shell.host().follows(script);
        Optional<ShellNode> node = parsed(script);
        if (node.isEmpty()) {
            return Status.UNKNOWN;
        }
        Status status = run(node.get(), must, Context.PLAIN);
        return ended(status);
    }

    private Status ended(Status status) {
        Status end = jumps.isTaken() ? jumps.status() : status;
        Optional<Text> trap = shell.exitTrap();
        if (trap.isPresent() && shell.host().endsScripts()) {
            shell.setExitTrap(null);
            handle(trap.get(), new Jumps());
        }
        return end;
    }

    /** Runs the commands of a trap. */
    private void handle(Text trap, Jumps leaving) {
        if (trap.isKnown()) {
            Script handler = new Script(trap.raw(), Place.whole(script.place().of(0, 0)));
            parsed(handler)
                    .ifPresent(node ->
                            new Interpreter(session, handler, shell, leaving, streams).run(node, false, Context.PLAIN));
        }
    }

    /** A failure that nothing handles runs the trap for failures, which may end the shell. */
    private void failed(Text trap, Status status) {
        shell.setErrorTrap(null);
        handle(trap, jumps);
        shell.setErrorTrap(trap);
        shell.setStatus(status);
    }

    Optional<ShellNode> parsed(Script text) {
        try {
            return Optional.of(shell.host().parsed().of(text));
        } catch (ShellSyntaxException e) {
            Location all = text.place().of(0, text.text().length());
            shell.host()
                    .gap(Host.Gap.NO_SCRIPT, Field.of(text.text()), call(List.of(Field.of("")), List.of(), all, false));
            return Optional.empty();
        }
    }

    Call call(List<Field> words, List<ShellNode.Redirect> redirects, Location location, boolean must) {
        return new Call(words, shell, streams, redirects, location, must, session.isCertain() && !jumps.isPossible());
    }

    /**
     * Follows a command.
     *
     * @param given whether the script is known to succeed, and would fail without this command
     */
    Status run(ShellNode node, boolean given, Context context) {
        boolean must = given && shell.host().succeeds();
        if (session.isExhausted()) {
            return Status.UNKNOWN;
        }
        if (jumps.isTaken()) {
            return jumps.status();
        }
        if (node instanceof ShellNode.Simple simple) {
            return jumps.isPossible()
                    ? branches()
                            .perhaps(
                                    () -> simple(simple, false, context),
                                    "a command that may have been left out",
                                    place(simple))
                    : simple(simple, must, context);
        } else if (node instanceof ShellNode.Sequence sequence) {
            return sequence(sequence.nodes(), must, context);
        } else if (node instanceof ShellNode.AndOr list) {
            return new AndOrList(this, context).run(list, must);
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            return pipeline(pipeline, must, context);
        } else if (node instanceof ShellNode.Background background) {
            return background(background);
        } else if (node instanceof ShellNode.Group group) {
            return group(group, must, context);
        } else if (node instanceof ShellNode.If choice) {
            return new Choices(this, context, must).of(choice);
        } else if (node instanceof ShellNode.For loop) {
            return assumed(new Loops(this, context).each(loop), must);
        } else if (node instanceof ShellNode.Counting loop) {
            return assumed(new Loops(this, context).counting(loop), must);
        } else if (node instanceof ShellNode.Loop loop) {
            return assumed(new Loops(this, context).rounds(loop), must);
        } else if (node instanceof ShellNode.Case choice) {
            return new Choices(this, context, must).of(choice);
        } else if (node instanceof ShellNode.Test test) {
            Call asked = call(List.of(Field.of("[[")), List.of(), place(test), must);
            return checked(TestExpressions.extended(asked, expander(context), test.words()), must, context);
        } else if (node instanceof ShellNode.Arithmetic arithmetic) {
            return checked(
                    new Arithmetic(shell).status(expander(context).text(arithmetic.expression())), must, context);
        } else if (node instanceof ShellNode.Function function) {
            shell.define(function.name(), new Shell.Function(function.body(), script));
            return Status.SUCCESS;
        }
        throw new IllegalStateException(node.toString());
    }

    /** Whether a command is known to succeed because the script, which does, would fail without it. */
    private boolean isNeeded(boolean must, Context context) {
        return (must || (succeeds && shell.errexit() && context == Context.PLAIN))
                && shell.host().succeeds();
    }

    /** Records the status of a command; a failure under {@code set -e} ends the shell. */
    private Status checked(Status status, boolean must, Context context) {
        boolean needed = isNeeded(must, context);
        Status known = needed && status != Status.SUCCESS ? Status.ASSUMED_SUCCESS : status;
        shell.setStatus(known);
        if (known == Status.FAILURE && context == Context.PLAIN && !jumps.isTaken()) {
            shell.errorTrap().ifPresent(trap -> failed(trap, known));
            if (jumps.isTaken()) {
                return jumps.status();
            }
            if (shell.errexit()) {
                return jumps.take(Jumps.Kind.EXIT, Status.FAILURE);
            }
        }
        return known;
    }

    private Status sequence(List<ShellNode> nodes, boolean must, Context context) {
        Status status = Status.SUCCESS;
        for (int i = 0; i < nodes.size(); i++) {
            status = run(nodes.get(i), must && i == nodes.size() - 1, context);
        }
        return status;
    }

    /** In a script that is known to succeed, a command that must succeed has done so, even if its status is unknown. */
    Status assumed(Status status, boolean must) {
        return must && shell.host().succeeds() && status == Status.UNKNOWN ? Status.ASSUMED_SUCCESS : status;
    }

    /** For commands that may or may not run. */
    Branches branches() {
        return new Branches(shell, session, jumps, streams);
    }

    Location place(ShellNode node) {
        return script.placeOf(node);
    }

    /** Runs commands with a copy of the shell's state; {@code exit} ends only them. */
    Status inSubshell(Supplier<Status> action) {
        Shell.Local local = shell.local();
        shell.leaveErrorTrapBehind();
        Jumps.Kind before = jumps.enter();
        Status status = action.get();
        if (jumps.isTaken()) {
            status = jumps.status();
        }
        jumps.leave(before, Jumps.Kind.EXIT);
        shell.restore(local);
        return status;
    }

    private Status pipeline(ShellNode.Pipeline pipeline, boolean must, Context context) {
        List<ShellNode> nodes = pipeline.nodes();
        if (nodes.size() == 1) {
            return negated(nodes.get(0));
        }
        Streams outer = streams;
        Input given = streams.in();
        Status failed = Status.SUCCESS;
        Status status = Status.SUCCESS;
        List<ShellNode> joined = PipelinePairs.joined(nodes);
        boolean outerSucceeds = succeeds;
        for (int i = 0; i < joined.size(); i++) {
            boolean last = i == joined.size() - 1;
            Output out = last ? outer.out() : new Output();
            streams = new Streams(given, out);
            boolean partMust = isNeeded(must, context) && (last || shell.pipefail());
            succeeds &= partMust;
            ShellNode part = joined.get(i);
            status = inSubshell(() -> run(part, partMust, context));
            failed = status.worse(failed);
            given = new Input(out.text());
            succeeds = outerSucceeds;
        }
        streams = outer;
        Status all = shell.pipefail() ? failed : status;
        if (pipeline.negated()) {
            return noted(all.negated());
        }
        return checked(all, must, context);
    }

    /** {@code ! command}: if bash cannot open the files of a compound command, the negation fails, too. */
    private Status negated(ShellNode node) {
        if (node instanceof ShellNode.Group group && shell.isBash()) {
            Redirections redirections = new Redirections(expander(Context.TESTED), streams);
            return opened(group, redirections, false)
                    ? noted(inside(group, redirections, false, Context.TESTED).negated())
                    : noted(Status.FAILURE);
        }
        return noted(run(node, false, Context.TESTED).negated());
    }

    Status noted(Status status) {
        shell.setStatus(status);
        return status;
    }

    /** The shell continues at once, whatever the command does. */
    private Status background(ShellNode.Background background) {
        Streams outer = streams;
        streams = streams.reading(new Input(Text.EMPTY));
        boolean outerSucceeds = succeeds;
        succeeds = false;
        Status status = inSubshell(() -> run(background.node(), false, Context.PLAIN));
        shell.host().leaves();
        succeeds = outerSucceeds;
        streams = outer;
        shell.started(status);
        return noted(Status.SUCCESS);
    }

    private Status group(ShellNode.Group group, boolean must, Context context) {
        Redirections redirections = new Redirections(expander(context), streams);
        return opened(group, redirections, isNeeded(must, context))
                ? inside(group, redirections, must, context)
                : checked(Status.FAILURE, must, context);
    }

    private boolean opened(ShellNode.Group group, Redirections redirections, boolean must) {
        return redirections.open(opener(group, must)) != Status.FAILURE;
    }

    private Call opener(ShellNode.Group group, boolean must) {
        return call(List.of(Field.of("{")), group.redirects(), place(group.body()), must);
    }

    private Status inside(ShellNode.Group group, Redirections redirections, boolean must, Context context) {
        Streams outer = streams;
        streams = redirections.streams();
        Status status = group.subshell()
                ? checked(inSubshell(() -> subshell(group.body(), must, context)), must, context)
                : run(group.body(), must, context);
        streams = outer;
        redirections.close(opener(group, must));
        return status;
    }

    private Status subshell(ShellNode body, boolean must, Context context) {
        shell.setExitTrap(null);
        return ended(run(body, must, context));
    }

    /** A condition was false, which is not a failure. */
    Status nothing() {
        return noted(Status.SUCCESS);
    }

    /** The same commands in one of two shells; it is unknown which. */
    Status eitherWay(Supplier<Status> one, Supplier<Status> two, Location location) {
        Branches branches = branches();
        session.trust();
        branches.add(one, location);
        Status status = branches.orElse(two);
        session.doubt();
        return status;
    }

    private Status simple(ShellNode.Simple simple, boolean given, Context context) {
        boolean must = isNeeded(given, context);
        if (shell.host().isDone()) {
            session.stop();
            return Status.UNKNOWN;
        }
        if (!session.step()) {
            shell.host().giveUp(script.place().of(0, 0));
            return Status.UNKNOWN;
        }
        Location location = script.place().of(simple.start(), simple.end());
        substitutions.begin();
        Expander expander = expander(context);
        List<Field> words = words(simple.words(), expander);
        if (words.isEmpty()) {
            return assignments(simple, expander, location, must, context);
        }
        Assignments assignments = new Assignments(simple.assignments(), expander, script.place());
        boolean declares = ShellParser.DECLARING.contains(words.get(0).text());
        boolean special = SPECIAL.matcher(words.get(0).text()).matches();
        assignments.set(!declares);
        if (failed(must)) {
            return jumps.take(Jumps.Kind.EXIT, Status.FAILURE);
        }
        Streams outer = streams;
        Call opener = call(words, simple.redirects(), location, must);
        Redirections redirections = new Redirections(expander, streams);
        Status opened = redirections.open(opener);
        Status status;
        if (opened == Status.FAILURE) {
            // A command whose redirection fails does not start.
            status = Status.FAILURE;
            if (special && !shell.isBash() && !(must && shell.host().succeeds())) {
                assignments.unset();
                return jumps.take(Jumps.Kind.EXIT, Status.FAILURE);
            }
        } else if (words.size() == 1 && words.get(0).is("exec")) {
            if (simple.words().size() > 1) {
                shell.host().gap(Host.Gap.NO_PROGRAM, words.get(0), opener);
            }
            // Its redirections stay in effect.
            redirections.close(opener);
            streams = redirections.streams();
            return checked(Status.SUCCESS, must, context);
        } else {
            streams = redirections.streams();
            status = command(call(words, simple.redirects(), location, must), context);
            streams = outer;
            redirections.close(opener);
        }
        if (!special && !declares) {
            assignments.unset();
        }
        return jumps.isTaken() ? status : checked(status, must, context);
    }

    private List<Field> words(List<Word> written, Expander expander) {
        if (written.isEmpty() || !ShellParser.DECLARING.contains(written.get(0).bare())) {
            return expander.expand(written);
        }
        List<Field> words = new ArrayList<>();
        for (Word word : written) {
            boolean assigns = !word.parts().isEmpty()
                    && word.parts().get(0) instanceof Word.Literal literal
                    && !literal.quoted()
                    && ASSIGNMENT.matcher(literal.text()).matches();
            words.addAll(assigns ? List.of(expander.one(word)) : expander.expand(List.of(word)));
        }
        return words;
    }

    /** A command without words: assignments and redirections. */
    private Status assignments(
            ShellNode.Simple simple, Expander expander, Location location, boolean must, Context context) {
        new Assignments(simple.assignments(), expander, script.place()).set(false);
        Status status = substitutions.status();
        if (failed(must)) {
            return jumps.take(Jumps.Kind.EXIT, Status.FAILURE);
        }
        Call opener = call(List.of(Field.of("")), simple.redirects(), location, must);
        Redirections redirections = new Redirections(expander, streams);
        if (redirections.open(opener) == Status.FAILURE) {
            status = Status.FAILURE;
        }
        redirections.close(opener);
        return checked(status, must, context);
    }

    private boolean failed(boolean must) {
        return substitutions.hasFailed() && !must;
    }

    /** Runs a command whose words are expanded. */
    Status command(Call call, Context context) {
        return new CommandRunner(this, context).run(call);
    }

    Streams streams() {
        return streams;
    }

    /** Another text in the same shell. */
    Interpreter with(Script text, Streams others) {
        return new Interpreter(session, text, shell, jumps, others);
    }

    /** The same script in another shell, whose jumps are its own. */
    Interpreter in(Shell other) {
        return new Interpreter(session, script, other, new Jumps(), streams);
    }

    Status jump(Jumps.Kind kind, Status status) {
        return jumps.take(kind, status);
    }

    Status function(Shell.Function function, List<Field> arguments, boolean must, Context context) {
        if (!session.descend()) {
            return tooDeep();
        }
        List<Field> saved = shell.arguments().orElse(null);
        shell.setArguments(arguments);
        Optional<Text> trap = shell.errorTrap();
        shell.leaveErrorTrapBehind();
        session.enterFunction();
        Jumps.Kind before = jumps.enter();
        Interpreter inside = new Interpreter(session, function.script(), shell, jumps, streams);
        inside.succeeds = succeeds;
        Status status = inside.run(function.body(), must, context);
        if (jumps.isTaken()) {
            status = jumps.status();
        }
        jumps.leave(before, Jumps.Kind.RETURN);
        session.leaveFunction(shell);
        if (shell.errorTrap().isEmpty()) {
            shell.setErrorTrap(trap.orElse(null));
        }
        shell.setArguments(saved);
        session.ascend();
        return status;
    }

    Status tooDeep() {
        shell.host()
                .gap(
                        Host.Gap.TOO_MUCH,
                        Field.of(""),
                        call(List.of(Field.of("")), List.of(), script.place().of(0, 0), false));
        return Status.UNKNOWN;
    }

    /** Follows a script in another shell. */
    Status handed(Script text, Shell child, boolean must) {
        if (!session.descend()) {
            return tooDeep();
        }
        Status status = new Interpreter(session, text, child, new Jumps(), streams).script(must);
        session.ascend();
        return status;
    }

    /**
     * Follows a script in this shell.
     *
     * @param sourced whether {@code return} ends it, as it ends a script that {@code .} reads
     */
    Status read(Script text, boolean sourced, boolean must, Context context) {
        if (!session.descend()) {
            return tooDeep();
        }
        Jumps.Kind before = jumps.enter();
        Interpreter reader = new Interpreter(session, text, shell, jumps, streams);
        reader.succeeds = succeeds;
        shell.host().follows(text);
        Status status =
                reader.parsed(text).map(node -> reader.run(node, must, context)).orElse(Status.UNKNOWN);
        if (sourced) {
            status = jumps.isTaken() ? jumps.status() : status;
            jumps.leave(before, Jumps.Kind.RETURN);
        }
        session.ascend();
        return status;
    }

    Script script() {
        return script;
    }

    Expander expander(Context context) {
        return new Expander(shell, script, substitutions.in(context));
    }
}
