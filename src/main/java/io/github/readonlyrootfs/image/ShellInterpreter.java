package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.Variables;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a script and does to the image's files what it would do. Where the files do not tell whether a command
 * runs, both outcomes are taken for possible, and what they do not share becomes unknown.
 */
final class ShellInterpreter {

    /** How many commands of one RUN are followed; loops within loops may ask for more. */
    private static final int MAX_COMMANDS = 200_000;

    private static final int MAX_DEPTH = 60;
    /** How many rounds of a while are followed. */
    private static final int MAX_ROUNDS = 50;

    private final Script script;
    private final Shell shell;
    private final Budget budget;
    private final Jumps jumps = new Jumps();

    /** What is left of the commands that may be followed, and how deep scripts run scripts. */
    private static final class Budget {
        int commands = MAX_COMMANDS;
        int depth;
        /** A RUN too long to follow has been met. */
        boolean exhausted;
    }

    private ShellInterpreter(Script script, Shell shell, Budget budget) {
        this.script = script;
        this.shell = shell;
        this.budget = budget;
    }

    /** Follows a script whose success the build depends on. */
    static void run(Script script, Shell shell) {
        new ShellInterpreter(script, shell, new Budget())
                .script(script instanceof Script.Written written ? written.bodies() : List.of(), true);
    }

    /** Follows a command given as a list of words. */
    static void exec(List<String> words, Location location, Shell shell) {
        Script.Handed none = new Script.Handed("", location);
        ShellInterpreter interpreter = new ShellInterpreter(none, shell, new Budget());
        List<Field> fields = words.stream().map(Field::of).toList();
        if (!fields.isEmpty()) {
            interpreter.command(fields, List.of(), Provenance.at(CommandRunner.label(fields), location), true);
        }
    }

    private Status script(List<String> bodies, boolean must) {
        try {
            return run(ShellParser.parse(script.text(), bodies), must, false);
        } catch (ShellSyntaxException e) {
            Provenance by =
                    Provenance.at("RUN", script.location(0, script.text().length()));
            for (String word : script.text().split("[\\s;&|<>()\"'`]+", -1)) {
                if (word.startsWith("/")) {
                    new Invocation("", List.of(), shell, by).taint(Field.of(word));
                }
            }
            return Status.UNKNOWN;
        }
    }

    /**
     * Follows a command.
     *
     * @param must whether the build fails unless it succeeds
     * @param tested whether its failure is provided for, as before {@code ||} or in a condition
     */
    private Status run(ShellNode node, boolean must, boolean tested) {
        if (budget.exhausted) {
            return Status.UNKNOWN;
        }
        if (jumps.isTaken()) {
            return jumps.status();
        }
        if (node instanceof ShellNode.Simple simple) {
            return jumps.isPossible()
                    ? perhaps(() -> simple(simple, false), "a command that may have been left out", place(simple))
                    : simple(simple, must);
        } else if (node instanceof ShellNode.Sequence sequence) {
            return sequence(sequence.nodes(), must, tested);
        } else if (node instanceof ShellNode.AndOr list) {
            return andOr(list, must, tested);
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            return pipeline(pipeline, must, tested);
        } else if (node instanceof ShellNode.Group group) {
            return group(group, must, tested);
        } else if (node instanceof ShellNode.If choice) {
            return conditional(choice.branches(), choice.otherwise(), must, tested);
        } else if (node instanceof ShellNode.For loop) {
            return loop(loop, must, tested);
        } else if (node instanceof ShellNode.Loop loop) {
            return loop(loop, tested);
        } else if (node instanceof ShellNode.Case choice) {
            return choice(choice, must, tested);
        } else if (node instanceof ShellNode.Function function) {
            shell.functions().put(function.name(), function.body());
            return Status.SUCCESS;
        }
        throw new IllegalStateException(node.toString());
    }

    private Status sequence(List<ShellNode> nodes, boolean must, boolean tested) {
        Status status = Status.SUCCESS;
        for (int i = 0; i < nodes.size(); i++) {
            boolean last = i == nodes.size() - 1;
            status = run(nodes.get(i), last ? must : shell.stopsAtErrors() && !tested, tested);
        }
        return status;
    }

    private Status andOr(ShellNode.AndOr list, boolean must, boolean tested) {
        List<ShellNode.AndOr.Link> links = list.links();
        int lastAlternative = links.size() - 1;
        while (lastAlternative >= 0 && !links.get(lastAlternative).operator().equals("||")) {
            lastAlternative--;
        }
        Status status = Status.SUCCESS;
        for (int i = 0; i < links.size(); i++) {
            ShellNode.AndOr.Link link = links.get(i);
            boolean linkTested = tested || i < lastAlternative;
            boolean linkMust = must && lastAlternative < 0;
            boolean runsAfterSuccess = !link.operator().equals("||");
            Status before = status;
            if (before == (runsAfterSuccess ? Status.FAILURE : Status.SUCCESS)) {
                continue;
            }
            boolean certain = before == (runsAfterSuccess ? Status.SUCCESS : Status.FAILURE)
                    || (runsAfterSuccess && (linkMust || (before == Status.ASSUMED_SUCCESS && !linkTested)));
            if (certain) {
                status = attempt(link.node(), linkMust, linkTested);
            } else {
                Status after = perhaps(
                        () -> run(link.node(), false, true),
                        runsAfterSuccess ? "a command after &&" : "a command after ||",
                        place(link.node()));
                status = runsAfterSuccess ? both(before, after) : oneOf(before, after);
            }
        }
        return must && status == Status.UNKNOWN ? Status.ASSUMED_SUCCESS : status;
    }

    private static Status both(Status one, Status two) {
        return two == Status.FAILURE ? Status.FAILURE : one == Status.SUCCESS ? two : Status.UNKNOWN;
    }

    private static Status oneOf(Status one, Status two) {
        return two == Status.SUCCESS ? Status.SUCCESS : one == Status.FAILURE ? two : Status.UNKNOWN;
    }

    /** Where a command's failure is provided for, and it may fail, its effects are only possible. */
    private Status attempt(ShellNode node, boolean must, boolean tested) {
        if (!tested) {
            return run(node, must, false);
        }
        RootFileSystem.Snapshot before = shell.files().snapshot();
        Status status = run(node, false, true);
        if (status == Status.ASSUMED_SUCCESS || status == Status.UNKNOWN) {
            shell.files().either(before, Provenance.at("a command that may fail", place(node)));
        }
        return status;
    }

    private Status perhaps(Supplier<Status> action, String what, Location location) {
        RootFileSystem.Snapshot before = shell.files().snapshot();
        Shell.Local local = shell.local();
        Status status = action.get();
        jumps.perhaps(jumps.release());
        shell.files().either(before, Provenance.at(what, location));
        shell.either(local, "a condition decides it");
        return status;
    }

    Location place(ShellNode node) {
        if (node instanceof ShellNode.Simple simple) {
            return script.location(simple.start(), simple.end());
        } else if (node instanceof ShellNode.AndOr list) {
            return place(list.links().get(0).node());
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            return place(pipeline.nodes().get(0));
        } else if (node instanceof ShellNode.Group group) {
            return place(group.body());
        } else if (node instanceof ShellNode.Sequence sequence
                && !sequence.nodes().isEmpty()) {
            return place(sequence.nodes().get(0));
        }
        return script.location(0, script.text().length());
    }

    /** Where the script begins. */
    Location beginning() {
        return script.location(0, 0);
    }

    private Status pipeline(ShellNode.Pipeline pipeline, boolean must, boolean tested) {
        List<ShellNode> nodes = pipeline.nodes();
        if (nodes.size() == 1) {
            return run(nodes.get(0), false, true).negated();
        }
        XargsPipeline xargs = new XargsPipeline(nodes, this, shell);
        Optional<Status> given = xargs.asOneCommand(must);
        if (given.isPresent()) {
            return pipeline.negated() ? given.get().negated() : given.get();
        }
        xargs.taintInput();
        Status status = Status.SUCCESS;
        for (int i = 0; i < nodes.size(); i++) {
            Shell.Local local = shell.local();
            Jumps.Kind before = jumps.enter();
            status = run(nodes.get(i), must && i == nodes.size() - 1, tested);
            jumps.leave(before, Jumps.Kind.EXIT);
            shell.restore(local);
        }
        return pipeline.negated() ? status.negated() : status;
    }

    private Status group(ShellNode.Group group, boolean must, boolean tested) {
        Status status;
        if (group.subshell()) {
            Shell.Local local = shell.local();
            Jumps.Kind before = jumps.enter();
            status = run(group.body(), must, tested);
            jumps.leave(before, Jumps.Kind.EXIT);
            shell.restore(local);
        } else {
            status = run(group.body(), must, tested);
        }
        redirect(group.redirects(), List.of(), Provenance.at("a redirection", place(group.body())));
        return status;
    }

    private Status conditional(List<ShellNode.If.Branch> branches, ShellNode otherwise, boolean must, boolean tested) {
        Alternatives alternatives = new Alternatives();
        for (ShellNode.If.Branch branch : branches) {
            Status met = run(branch.condition(), false, true);
            if (met == Status.SUCCESS) {
                return alternatives.orElse(run(branch.body(), must, tested));
            }
            if (met != Status.FAILURE) {
                alternatives.add(() -> run(branch.body(), must, tested), place(branch.condition()));
            }
        }
        return alternatives.orElse(run(otherwise, must, tested));
    }

    /** One of two, it cannot be told which. */
    Status oneBranch(Supplier<Status> one, Supplier<Status> two, Location location) {
        Alternatives alternatives = new Alternatives();
        alternatives.add(one, location);
        return alternatives.orElse(two.get());
    }

    /** Branches of which one runs, it cannot be told which. There may be more of them than a stack has room for. */
    private final class Alternatives {

        /** What a branch that has been followed leaves. */
        private record Outcome(
                Status status,
                Jumps.@Nullable Jump jump,
                RootFileSystem.Snapshot files,
                Shell.Local local,
                Location location) {}

        private final Deque<Outcome> outcomes = new ArrayDeque<>();

        /** Follows a branch, and goes back to before it. */
        void add(Supplier<Status> branch, Location location) {
            RootFileSystem.Snapshot before = shell.files().snapshot();
            Shell.Local local = shell.local();
            Status status = branch.get();
            outcomes.push(new Outcome(status, jumps.release(), shell.files().snapshot(), shell.local(), location));
            shell.files().restore(before);
            shell.restore(local);
        }

        /** @param last how the branch ends that has been followed since */
        Status orElse(Status last) {
            Status status = last;
            while (!outcomes.isEmpty()) {
                Outcome other = outcomes.pop();
                jumps.either(other.jump, jumps.release());
                shell.files().either(other.files, Provenance.at("a condition", other.location));
                shell.either(other.local, "a condition decides it");
                status = status == other.status ? status : Status.UNKNOWN;
            }
            return status;
        }
    }

    private Status loop(ShellNode.For loop, boolean must, boolean tested) {
        List<Field> words = new WordExpander(shell).expand(loop.words());
        Status status = Status.SUCCESS;
        Jumps.Kind outside = jumps.enter();
        for (Field word : words) {
            if (jumps.isTaken()) {
                break;
            }
            Jumps.Kind before = jumps.enter();
            if (word.isExact()) {
                shell.assign(loop.variable(), new Variables.State.Set(word.text()));
                status = run(loop.body(), shell.stopsAtErrors() && !tested, tested);
            } else {
                shell.assign(loop.variable(), new Variables.State.Unknown("the words of the loop are not known"));
                perhaps(() -> run(loop.body(), false, true), "for", place(loop.body()));
                status = Status.UNKNOWN;
            }
            jumps.leave(before, Jumps.Kind.CONTINUE);
        }
        jumps.leave(outside, Jumps.Kind.BREAK);
        return must && status == Status.UNKNOWN ? Status.ASSUMED_SUCCESS : status;
    }

    /** Round by round as long as the condition tells; where it does not, once more with and without. */
    private Status loop(ShellNode.Loop loop, boolean tested) {
        Jumps.Kind outside = jumps.enter();
        boolean ends = false;
        for (int round = 0; round < MAX_ROUNDS && !ends && !jumps.isTaken(); round++) {
            Status met = run(loop.condition(), false, true);
            Status status = loop.until() ? met.negated() : met;
            ends = status == Status.FAILURE || jumps.isTaken();
            if (ends) {
                break;
            }
            if (status != Status.SUCCESS || jumps.isPossible()) {
                // What the first round makes of its variables is not known in the others.
                perhaps(() -> run(loop.body(), false, true), "while", place(loop.body()));
                perhaps(() -> run(loop.body(), false, true), "while", place(loop.body()));
                break;
            }
            Jumps.Kind before = jumps.enter();
            run(loop.body(), shell.stopsAtErrors() && !tested, tested);
            jumps.leave(before, Jumps.Kind.CONTINUE);
        }
        jumps.leave(outside, Jumps.Kind.BREAK);
        return Status.SUCCESS;
    }

    private Status choice(ShellNode.Case choice, boolean must, boolean tested) {
        Field subject = new WordExpander(shell).expandToOne(choice.subject());
        if (subject.known()) {
            for (ShellNode.Case.Arm arm : choice.arms()) {
                for (Word word : arm.patterns()) {
                    Field pattern = new WordExpander(shell)
                            .expand(List.of(word)).stream().findFirst().orElse(Field.of(""));
                    if (!pattern.known()) {
                        continue;
                    }
                    String text = pattern.pattern() == null ? Glob.escape(pattern.text()) : pattern.pattern();
                    if (new Glob(text).matches(subject.text())) {
                        return run(arm.body(), must, tested);
                    }
                }
            }
            return Status.SUCCESS;
        }
        boolean any = choice.arms().stream()
                .anyMatch(arm ->
                        arm.patterns().stream().anyMatch(word -> word.bare().equals("*")));
        return oneOfArms(choice.arms(), any, must, tested);
    }

    private Status oneOfArms(List<ShellNode.Case.Arm> arms, boolean exhaustive, boolean must, boolean tested) {
        Alternatives alternatives = new Alternatives();
        int last = exhaustive ? arms.size() - 1 : arms.size();
        for (ShellNode.Case.Arm arm : arms.subList(0, last)) {
            alternatives.add(() -> run(arm.body(), must, tested), place(arm.body()));
        }
        return alternatives.orElse(exhaustive ? run(arms.get(last).body(), must, tested) : Status.SUCCESS);
    }

    private Status simple(ShellNode.Simple simple, boolean must) {
        if (--budget.commands < 0) {
            budget.exhausted = true;
            shell.files().tree().reset(Node.unknown(Provenance.at("a RUN too long to follow", beginning())));
            shell.files().setAccounts(shell.files().accounts().incomplete());
            return Status.UNKNOWN;
        }
        WordExpander expander = new WordExpander(shell);
        List<Field> words = expander.expand(simple.words());
        Location location = script.location(simple.start(), simple.end());
        Provenance by = Provenance.at(CommandRunner.label(words), location);
        if (words.isEmpty()) {
            for (ShellNode.Assignment assignment : simple.assignments()) {
                shell.assign(assignment.name(), state(expander.expandToOne(assignment.value())));
            }
            return redirect(simple.redirects(), words, by);
        }
        if (redirect(simple.redirects(), words, by) == Status.FAILURE) {
            // The shell does not start a command whose output has no place.
            return must ? Status.ASSUMED_SUCCESS : Status.FAILURE;
        }
        return command(words, simple.redirects(), by, must);
    }

    private static Variables.State state(Field value) {
        return value.known()
                ? new Variables.State.Set(value.text())
                : new Variables.State.Unknown("its value is not known");
    }

    /** Runs a command whose words are expanded. */
    Status command(List<Field> words, List<ShellNode.Redirect> redirects, Provenance by, boolean must) {
        return new CommandRunner(this, shell).run(words, redirects, by, must);
    }

    /** The same script in another shell. */
    ShellInterpreter in(Shell other) {
        return new ShellInterpreter(script, other, budget);
    }

    Status jump(Jumps.Kind kind, Status status) {
        return jumps.take(kind, status);
    }

    /** Calls a function. */
    Status function(ShellNode body, List<Field> arguments, boolean must) {
        if (++budget.depth > MAX_DEPTH) {
            budget.depth--;
            return Status.UNKNOWN;
        }
        List<Field> saved = shell.arguments();
        shell.setArguments(arguments);
        Jumps.Kind before = jumps.enter();
        Status status = run(body, must, false);
        jumps.leave(before, Jumps.Kind.RETURN);
        shell.setArguments(saved);
        budget.depth--;
        return status;
    }

    /** Follows what a command hands to a shell. */
    Status handed(String text, Shell child, Provenance by, boolean must) {
        if (++budget.depth > MAX_DEPTH) {
            budget.depth--;
            return Status.UNKNOWN;
        }
        Location place = by.location().orElseGet(this::beginning);
        Status status = new ShellInterpreter(new Script.Handed(text, place), child, budget).script(List.of(), must);
        budget.depth--;
        return status;
    }

    private Status redirect(List<ShellNode.Redirect> redirects, List<Field> words, Provenance by) {
        Status status = Status.SUCCESS;
        for (ShellNode.Redirect redirect : redirects) {
            if (redirect.writes()) {
                Field target = new WordExpander(shell).expandToOne(redirect.target());
                Invocation call = new Invocation(">", List.of(), shell, by);
                Optional<ContainerPath> path = call.path(target);
                if (path.isEmpty()) {
                    continue;
                }
                if (FileCommands.create(call, path.get()) == Status.FAILURE) {
                    status = Status.FAILURE;
                }
                call.rewrite(target);
                boolean appends = redirect.operator().contains(">>");
                AccountFiles.redirected(shell.files(), shell.tree().follow(path.get()), appends, words);
            }
        }
        return status;
    }
}
