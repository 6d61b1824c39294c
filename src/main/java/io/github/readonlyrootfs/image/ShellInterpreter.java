package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.Variables;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

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

    private static final int LOGIN_UMASK = 002;
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");
    /** They run the command that follows their own options. */
    private static final Set<String> WRAPPERS = Set.of(
            "sudo",
            "env",
            "exec",
            "time",
            "nice",
            "nohup",
            "eatmydata",
            "busybox",
            "command",
            "builtin",
            "setsid",
            "ionice");

    /** They leave the content of files alone. */
    private static final Set<String> ATTRIBUTES = Set.of("chown", "chgrp", "chmod", "touch");

    /** They leave the content of every file alone that they are told: of those that do not, it is not known any more. */
    private static final Set<String> KEEP_CONTENT = Set.of(
            "chown", "chgrp", "chmod", "touch", "cp", "mv", "ln", "rm", "install", "cat", "ls", "stat", "file", "test",
            "[", "[[", "echo", "printf", "mkdir", "cd", "grep", "head", "tail", "wc", "find", "command", "which",
            "type");

    private static final Pattern CARRIAGE_RETURN = Pattern.compile("s/\\\\r(\\$)?//g?");

    private static final Map<String, Jumps.Kind> JUMPS = Map.of(
            "exit", Jumps.Kind.EXIT,
            "return", Jumps.Kind.RETURN,
            "break", Jumps.Kind.BREAK,
            "continue", Jumps.Kind.CONTINUE);

    private static final Set<String> USER_SWITCHES = Set.of("su-exec", "gosu", "runuser", "setpriv");

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
            interpreter.command(fields, List.of(), Provenance.at(label(fields), location), true);
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
        boolean alternatives = links.stream().anyMatch(link -> link.operator().equals("||"));
        Status status = Status.SUCCESS;
        for (int i = 0; i < links.size(); i++) {
            ShellNode.AndOr.Link link = links.get(i);
            boolean alternativeFollows = links.subList(i + 1, links.size()).stream()
                    .anyMatch(next -> next.operator().equals("||"));
            boolean linkTested = tested || alternativeFollows;
            boolean linkMust = must && !alternatives;
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

    private Location place(ShellNode node) {
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

    private Status pipeline(ShellNode.Pipeline pipeline, boolean must, boolean tested) {
        List<ShellNode> nodes = pipeline.nodes();
        if (nodes.size() == 1) {
            return run(nodes.get(0), false, true).negated();
        }
        Optional<Status> given = givenToXargs(nodes, must);
        if (given.isPresent()) {
            return pipeline.negated() ? given.get().negated() : given.get();
        }
        if (nodes.subList(1, nodes.size()).stream().anyMatch(this::changesItsInput)) {
            taintWords(nodes.get(0));
        }
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

    /**
     * {@code find … -print0 | xargs -0 chmod g+w} does what {@code find … -exec chmod g+w {} +} does, and
     * {@code echo /a /b | xargs mkdir -p} what {@code mkdir -p /a /b} does.
     */
    private Optional<Status> givenToXargs(List<ShellNode> nodes, boolean must) {
        if (nodes.size() != 2
                || !(nodes.get(0) instanceof ShellNode.Simple source)
                || !(nodes.get(1) instanceof ShellNode.Simple xargs)) {
            return Optional.empty();
        }
        WordExpander expander = new WordExpander(shell);
        List<Field> words = new ArrayList<>(expander.expand(source.words()));
        List<Field> command = new ArrayList<>(expander.expand(xargs.words()));
        if (words.isEmpty() || command.isEmpty() || !command.remove(0).is("xargs")) {
            return Optional.empty();
        }
        while (!command.isEmpty() && command.get(0).text().matches("-[0r]+|--null|--no-run-if-empty")) {
            command.remove(0);
        }
        if (command.isEmpty() || command.get(0).text().startsWith("-")) {
            return Optional.empty();
        }
        Provenance by = Provenance.at("RUN xargs", place(nodes.get(1)));
        Field producer = words.remove(0);
        if (producer.is("echo")) {
            return echoed(words, command, by, must);
        }
        boolean acts = words.stream().anyMatch(word -> word.text().matches("-(exec|ok|delete).*"));
        if (acts || !producer.is("find")) {
            return Optional.empty();
        }
        words.removeIf(word -> word.text().matches("-print0?"));
        words.add(Field.of("-exec"));
        words.addAll(command);
        words.add(Field.of("{}"));
        words.add(Field.of("+"));
        return Optional.of(TreeCommands.find(new Invocation("find", words, shell, by)));
    }

    private Optional<Status> echoed(List<Field> words, List<Field> command, Provenance by, boolean must) {
        // What is quoted or escaped, xargs would take apart once more.
        if (words.stream().anyMatch(word -> !word.isExact() || word.text().matches("-.*|.*[\\s\\\\'\"].*"))) {
            return Optional.empty();
        }
        command.addAll(words);
        return Optional.of(command(command, List.of(), by, must));
    }

    /** {@code xargs} with a command that changes what it is given. */
    private boolean changesItsInput(ShellNode node) {
        if (!(node instanceof ShellNode.Simple simple) || simple.words().isEmpty()) {
            return false;
        }
        if (!simple.words().get(0).bare().equals("xargs")) {
            return false;
        }
        return simple.words().stream()
                .skip(1)
                .map(Word::bare)
                .filter(word -> word.matches("[a-z][\\w.+-]*"))
                .findFirst()
                .map(command -> !Commands.isHarmless(command))
                .orElse(false);
    }

    /** What a command names may be among what it prints. */
    private void taintWords(ShellNode node) {
        if (node instanceof ShellNode.Simple simple && !simple.words().isEmpty()) {
            List<Field> words = new WordExpander(shell).expand(simple.words());
            Provenance by = Provenance.at("RUN xargs", place(node));
            Invocation call = new Invocation("", List.of(), shell, by);
            for (Field word : words.subList(1, words.size())) {
                if (word.text().matches("[./].*")) {
                    taint(call, word);
                }
            }
        }
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
        if (branches.isEmpty()) {
            return run(otherwise, must, tested);
        }
        ShellNode.If.Branch first = branches.get(0);
        List<ShellNode.If.Branch> rest = branches.subList(1, branches.size());
        Status status = run(first.condition(), false, true);
        if (status == Status.SUCCESS) {
            return run(first.body(), must, tested);
        }
        if (status == Status.FAILURE) {
            return conditional(rest, otherwise, must, tested);
        }
        return oneBranch(
                () -> run(first.body(), must, tested),
                () -> conditional(rest, otherwise, must, tested),
                place(first.condition()));
    }

    /** One of two, it cannot be told which. */
    private Status oneBranch(Supplier<Status> one, Supplier<Status> two, Location location) {
        RootFileSystem.Snapshot before = shell.files().snapshot();
        Shell.Local local = shell.local();
        Status first = one.get();
        Jumps.Jump firstJump = jumps.release();
        RootFileSystem.Snapshot afterFirst = shell.files().snapshot();
        Shell.Local localAfterFirst = shell.local();
        shell.files().restore(before);
        shell.restore(local);
        Status second = two.get();
        jumps.either(firstJump, jumps.release());
        shell.files().either(afterFirst, Provenance.at("a condition", location));
        shell.either(localAfterFirst, "a condition decides it");
        return first == second ? first : Status.UNKNOWN;
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
        if (arms.isEmpty()) {
            return Status.SUCCESS;
        }
        ShellNode.Case.Arm first = arms.get(0);
        if (arms.size() == 1 && exhaustive) {
            return run(first.body(), must, tested);
        }
        return oneBranch(
                () -> run(first.body(), must, tested),
                () -> oneOfArms(arms.subList(1, arms.size()), exhaustive, must, tested),
                place(first.body()));
    }

    private Status simple(ShellNode.Simple simple, boolean must) {
        if (--budget.commands < 0) {
            budget.exhausted = true;
            shell.files().tree().reset(Node.unknown(Provenance.at("a RUN too long to follow", script.location(0, 0))));
            shell.files().setAccounts(shell.files().accounts().incomplete());
            return Status.UNKNOWN;
        }
        WordExpander expander = new WordExpander(shell);
        List<Field> words = expander.expand(simple.words());
        Location location = script.location(simple.start(), simple.end());
        Provenance by = Provenance.at(label(words), location);
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

    private static String label(List<Field> words) {
        if (words.isEmpty() || !words.get(0).isExact()) {
            return "RUN";
        }
        String name = baseName(words.get(0).text());
        return name.matches("[\\w.+-]{1,30}") ? "RUN " + name : "RUN";
    }

    private static String baseName(String command) {
        return command.substring(command.lastIndexOf('/') + 1);
    }

    private Status command(List<Field> words, List<ShellNode.Redirect> redirects, Provenance by, boolean must) {
        Field first = words.get(0);
        List<Field> rest = words.subList(1, words.size());
        if (!first.isExact()) {
            taint(words, by);
            return Status.UNKNOWN;
        }
        ShellNode function = shell.functions().get(first.text());
        if (function != null) {
            return function(function, rest, must);
        }
        String name = baseName(first.text());
        Invocation call = new Invocation(name, rest, shell, by);
        if (SHELLS.contains(name)) {
            return subshell(call, redirects, must);
        }
        if (name.equals("eval")) {
            return eval(call, must);
        }
        if (name.equals("su") || USER_SWITCHES.contains(name)) {
            return otherUser(call, must);
        }
        if (name.equals("command") && !rest.isEmpty() && rest.get(0).text().matches("-[vV]")) {
            return Status.UNKNOWN;
        }
        if (WRAPPERS.contains(name)) {
            return wrapped(call, redirects, must);
        }
        if (name.equals("xargs")) {
            return Status.ASSUMED_SUCCESS;
        }
        Jumps.Kind jump = JUMPS.get(name);
        if (jump != null) {
            boolean success = jump.compareTo(Jumps.Kind.RETURN) < 0
                    || (!rest.isEmpty() && rest.get(0).is("0"));
            return jumps.take(jump, success ? Status.SUCCESS : Status.FAILURE);
        }
        Optional<ShellCommand> known = Commands.find(name);
        if (!KEEP_CONTENT.contains(name) && !stripsCarriageReturns(name, rest)) {
            rest.forEach(call::rewrite);
        }
        if (known.isPresent()) {
            FileTree tree = shell.tree();
            Node passwd = tree.at(AccountFiles.PASSWD);
            Node group = tree.at(AccountFiles.GROUP);
            Status status = known.get().run(call);
            if (!ATTRIBUTES.contains(name)) {
                AccountFiles.compare(shell.files(), passwd, group);
            }
            // The build goes on, so it has succeeded, whatever is believed here.
            return must && status != Status.SUCCESS ? Status.ASSUMED_SUCCESS : status;
        }
        if (!Commands.isHarmless(name)) {
            taint(rest, by);
        }
        return Status.ASSUMED_SUCCESS;
    }

    /** Files that were written on Windows are mended so; a script's reader does not mind these characters. */
    private static boolean stripsCarriageReturns(String name, List<Field> words) {
        return name.equals("dos2unix")
                || (name.equals("sed")
                        && words.stream()
                                .anyMatch(word -> word.isExact()
                                        && CARRIAGE_RETURN.matcher(word.text()).matches()));
    }

    /** What an unknown command names may be anything now. */
    private void taint(List<Field> words, Provenance by) {
        Invocation call = new Invocation("", List.of(), shell, by);
        for (Field word : words) {
            String text = word.text();
            int equals = text.indexOf('=');
            if (text.startsWith("-")) {
                if (equals > 0 && text.startsWith("/", equals + 1)) {
                    taint(call, word.from(equals + 1));
                }
            } else if (text.matches("\\w+=/.*")) {
                taint(call, word.from(equals + 1));
            } else if (text.matches("[A-Za-z0-9_./~@+-].*") && !text.contains("://")) {
                taint(call, word);
            }
        }
    }

    private void taint(Invocation call, Field word) {
        Optional<ContainerPath> path = call.path(word);
        if (path.isPresent() && path.get().isRoot()) {
            return;
        }
        call.taint(word);
    }

    private Status function(ShellNode body, List<Field> arguments, boolean must) {
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

    /** {@code sh -c text}, {@code sh <<EOF}; a script file is unknown, but for the words it is given. */
    private Status subshell(Invocation call, List<ShellNode.Redirect> redirects, boolean must) {
        boolean bash = call.name().equals("bash") || call.name().equals("zsh");
        List<Field> words = call.words();
        Shell child = shell.child(bash);
        int at = 0;
        boolean text = false;
        while (at < words.size() && words.get(at).text().matches("[-+][A-Za-z]+|--[a-z-]+")) {
            String option = words.get(at).text();
            boolean letters = !option.startsWith("--");
            text |= letters && option.contains("c");
            if (letters && option.contains("e")) {
                child.setStopsAtErrors(true);
            }
            if (letters && option.endsWith("o") && at + 1 < words.size()) {
                at++;
                if (words.get(at).is("errexit")) {
                    child.setStopsAtErrors(true);
                }
            }
            at++;
        }
        if (text) {
            if (at >= words.size() || !words.get(at).known()) {
                return Status.ASSUMED_SUCCESS;
            }
            if (at + 2 <= words.size()) {
                child.setArguments(List.copyOf(words.subList(Math.min(at + 2, words.size()), words.size())));
            }
            return handed(words.get(at).text(), child, call.by(), must);
        }
        if (at < words.size() && !words.get(at).is("-")) {
            taint(words.subList(at + 1, words.size()), call.by());
            return Status.ASSUMED_SUCCESS;
        }
        for (ShellNode.Redirect redirect : redirects) {
            if (redirect.operator().startsWith("<<") && !redirect.operator().equals("<<<")) {
                return handed(redirect.body(), child, call.by(), must);
            }
        }
        return Status.ASSUMED_SUCCESS;
    }

    private Status handed(String text, Shell child, Provenance by, boolean must) {
        if (++budget.depth > MAX_DEPTH) {
            budget.depth--;
            return Status.UNKNOWN;
        }
        Location place = by.location().orElseGet(() -> script.location(0, 0));
        Status status = new ShellInterpreter(new Script.Handed(text, place), child, budget).script(List.of(), must);
        budget.depth--;
        return status;
    }

    private Status eval(Invocation call, boolean must) {
        StringBuilder text = new StringBuilder();
        for (Field word : call.words()) {
            if (!word.known()) {
                return Status.UNKNOWN;
            }
            text.append(word.text()).append(' ');
        }
        return handed(text.toString(), shell, call.by(), must);
    }

    /** {@code su user -c text}, {@code gosu user command}: somebody else runs it. */
    private Status otherUser(Invocation call, boolean must) {
        Options options =
                Options.parse(call.words(), call.name().equals("su") ? "cs" : "cu", Set.of("command", "shell", "user"));
        Optional<Field> text = options.value("c", "command");
        List<Field> operands = new ArrayList<>(options.operands());
        operands.removeIf(word -> word.is("-"));
        if (call.name().equals("setpriv")) {
            return reduced(call, must);
        }
        Field name = options.value("u", "user").orElse(operands.isEmpty() ? Field.of("root") : operands.get(0));
        Identity identity = name.isExact()
                ? new UserSpec(name.text()).identity(shell.files().accounts())
                : Identity.UNKNOWN;
        Shell other = shell.as(identity);
        if (text.isPresent()) {
            if (!text.get().known()) {
                return Status.ASSUMED_SUCCESS;
            }
            String command = text.get().text();
            // A login may change the umask.
            Shell login = shell.as(identity);
            login.setUmask(LOGIN_UMASK);
            return oneBranch(
                    () -> handed(command, login, call.by(), must),
                    () -> handed(command, other, call.by(), must),
                    call.by().location().orElseGet(() -> script.location(0, 0)));
        }
        boolean named = options.value("u", "user").isEmpty();
        int from = named ? 1 : 0;
        if (call.name().equals("su") || operands.size() <= from) {
            return Status.ASSUMED_SUCCESS;
        }
        int at = call.words().indexOf(name) + 1;
        List<Field> words = call.words().subList(at, call.words().size());
        return words.isEmpty()
                ? Status.ASSUMED_SUCCESS
                : new ShellInterpreter(script, other, budget).command(words, List.of(), call.by(), must);
    }

    /** {@code setpriv --reuid=… --regid=… command}. */
    private Status reduced(Invocation call, boolean must) {
        Accounts accounts = shell.files().accounts();
        Identity identity = shell.identity();
        List<Field> words = call.words();
        int at = 0;
        while (at < words.size() && words.get(at).text().startsWith("--")) {
            String option = words.get(at).text();
            boolean separate = !option.contains("=") && option.matches("--(re|r|e)?[ug]id|--groups");
            Field value = separate && at + 1 < words.size()
                    ? words.get(at + 1)
                    : words.get(at).from(option.indexOf('=') + 1);
            Optional<UnixId> user = value.isExact() ? OwnerChange.user(value.text(), accounts) : Optional.empty();
            Optional<UnixId> group = value.isExact() ? OwnerChange.group(value.text(), accounts) : Optional.empty();
            if (option.startsWith("--reuid")) {
                identity = new Identity(user.orElse(null), identity.group());
            } else if (option.startsWith("--regid")) {
                identity = new Identity(identity.user(), group.orElse(null));
            }
            at += separate ? 2 : 1;
        }
        return at >= words.size()
                ? Status.SUCCESS
                : new ShellInterpreter(script, shell.as(identity), budget)
                        .command(words.subList(at, words.size()), List.of(), call.by(), must);
    }

    private Status wrapped(Invocation call, List<ShellNode.Redirect> redirects, boolean must) {
        List<Field> words = call.words();
        int at = 0;
        Shell runner = shell;
        while (at < words.size()) {
            String text = words.get(at).text();
            if (call.name().equals("sudo") && text.equals("-u") && at + 1 < words.size()) {
                Field user = words.get(at + 1);
                runner = shell.as(
                        user.isExact()
                                ? new UserSpec(user.text())
                                        .identity(shell.files().accounts())
                                : Identity.UNKNOWN);
                at += 2;
            } else if (text.matches("-[nu]") && !call.name().equals("sudo") && at + 1 < words.size()) {
                at += 2;
            } else if (text.startsWith("-") || text.matches("\\w+=.*")) {
                at++;
            } else {
                break;
            }
        }
        if (at >= words.size()) {
            return Status.SUCCESS;
        }
        List<Field> rest = words.subList(at, words.size());
        ShellInterpreter interpreter = runner == shell ? this : new ShellInterpreter(script, runner, budget);
        return interpreter.command(rest, redirects, call.by(), must);
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
