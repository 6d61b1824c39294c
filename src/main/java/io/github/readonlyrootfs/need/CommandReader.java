package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.FileContent;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commands that a list of words comes to: through wrappers, shells, and the scripts that the Dockerfile copies
 * in. A branch is taken where its condition can be told; where it cannot, all branches are read and what is in them is
 * not certain.
 */
final class CommandReader {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");
    /** They start nothing and write nothing but what they are redirected to. */
    private static final Set<String> SILENT = Set.of(
            "read", "trap", "wait", "kill", "echo", "printf", "test", "[", "[[", "((", "true", "false", ":", "umask",
            "ulimit", "type", "alias", "getopts", "let", "hash", "sleep", "date", "id", "whoami");

    /** How deep scripts may run scripts, and how many commands are read at all. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_COMMANDS = 500;

    /** How many pieces of shell texts are gone through, and how many redirections are remembered. */
    private static final int MAX_STEPS = 20_000;

    private static final int MAX_REDIRECTIONS = 500;

    private final Image image;
    private final Value<ContainerPath> home;
    private final EntrypointScripts entrypoints;
    private final List<Command> commands = new ArrayList<>();
    private final List<Redirection> redirections = new ArrayList<>();
    private final Map<String, SourceFile> scripts = new LinkedHashMap<>();
    private final List<String> gaps = new ArrayList<>();
    private final List<String> shellTexts = new ArrayList<>();
    private int left = MAX_COMMANDS;
    private int steps = MAX_STEPS;

    /** A word, and where its parts stand in case it is a shell's text. */
    record Source(Argument argument, Place place) {}

    /**
     * How a command comes to run.
     *
     * @param certain whether it does whenever the container starts
     * @param last whether the start has failed if it does
     * @param depth how many scripts run each other
     */
    private record Way(boolean certain, boolean last, int depth) {

        Way perhaps() {
            return new Way(false, false, depth);
        }

        Way before() {
            return new Way(certain, false, depth);
        }

        /** The start fails if the command does, whatever stands behind it. */
        Way decisive() {
            return new Way(certain, certain, depth);
        }

        Way deeper() {
            return new Way(certain, last, depth + 1);
        }
    }

    CommandReader(Image image, Value<ContainerPath> home) {
        this.image = image;
        this.home = home;
        this.entrypoints = EntrypointScripts.of(image);
    }

    /** Reads what a container starts. */
    void start(List<Source> words, Environment environment, Value<ContainerPath> directory) {
        run(words, environment, directory, new Way(true, true, 0));
    }

    List<Command> commands() {
        return commands;
    }

    List<Redirection> redirections() {
        return redirections;
    }

    List<SourceFile> scripts() {
        return List.copyOf(scripts.values());
    }

    List<String> shellTexts() {
        return shellTexts;
    }

    /** Why there may be commands that were not found; none where all were. */
    List<String> gaps() {
        return gaps;
    }

    private void run(List<Source> given, Environment environment, Value<ContainerPath> directory, Way way) {
        if (--left < 0 || way.depth > MAX_DEPTH) {
            gap("it runs too many commands to follow");
            return;
        }
        List<Source> words = given;
        Environment seen = environment;
        while (!words.isEmpty()) {
            Argument program = words.get(0).argument;
            if (!program.complete()) {
                gap("the program that it runs is not known");
                return;
            }
            int skipped = Wrappers.skip(arguments(words));
            if (skipped > 0) {
                seen = seen.with(assignments(words.subList(1, skipped)));
                words = words.subList(skipped, words.size());
                continue;
            }
            boolean own = content(program, seen, directory).isPresent();
            Optional<List<Source>> handedOn = own ? Optional.empty() : entrypoints.command(words);
            if (handedOn.isEmpty()) {
                break;
            }
            words = handedOn.get();
        }
        if (words.isEmpty()) {
            return;
        }
        Argument program = words.get(0).argument;
        if (SHELLS.contains(program.baseName())) {
            shell(words, seen, directory, way);
            return;
        }
        Optional<FileContent> content = content(program, seen, directory);
        Optional<SourceFile> script = content.flatMap(FileContent::read).filter(CommandReader::isShellScript);
        if (script.isPresent()) {
            script(script.get(), arguments(words.subList(1, words.size())), seen, directory, way);
            return;
        }
        boolean readable = content.filter(FileContent.Copied.class::isInstance).isPresent();
        if (!readable && looksLikeScript(program)) {
            gap("what " + program.text() + " runs is not known");
        }
        commands.add(new Command(unwrapped(arguments(words)), seen, directory, way.certain, way.certain && way.last));
        packageScript(arguments(words), seen, directory, way);
    }

    /** {@code npm start}, where the project's package.json is known. */
    private void packageScript(List<Argument> words, Environment environment, Value<ContainerPath> directory, Way way) {
        Optional<String> name = PackageScripts.name(words);
        if (name.isEmpty()) {
            return;
        }
        Optional<SourceFile> file = directory
                .known()
                .flatMap(path -> image.files().content(path.resolve(PackageScripts.FILE)))
                .flatMap(FileContent::read);
        if (file.isPresent()) {
            scripts.put(file.get().name(), file.get());
            for (PackageScripts.Script script : PackageScripts.of(file.get(), name.get())) {
                Scope scope = new Scope(environment, home, directory, List.of());
                read(script.text(), Place.whole(script.location()), scope, way.deeper());
            }
        }
    }

    /** {@code python -m gunicorn} is gunicorn. */
    private static List<Argument> unwrapped(List<Argument> words) {
        if (words.get(0).baseName().matches("python[\\d.]*")) {
            for (int i = 1; i + 1 < words.size() && words.get(i).text().startsWith("-"); i++) {
                if (words.get(i).is("-m") && words.get(i + 1).complete()) {
                    return words.subList(i + 1, words.size());
                }
            }
        }
        return words;
    }

    private void gap(String reason) {
        if (!gaps.contains(reason)) {
            gaps.add(reason);
        }
    }

    private static List<Argument> arguments(List<Source> words) {
        return words.stream().map(Source::argument).toList();
    }

    private static Map<String, Value<String>> assignments(List<Source> words) {
        Map<String, Value<String>> assignments = new HashMap<>();
        for (Source word : words) {
            Argument argument = word.argument;
            int equals = argument.text().indexOf('=');
            if (equals > 0 && !argument.text().startsWith("-")) {
                String name = argument.text().substring(0, equals);
                assignments.put(
                        name,
                        argument.complete()
                                ? new Value.Known<>(argument.text().substring(equals + 1), argument.location())
                                : new Value.Unknown<>("part of its value is not known", argument.location()));
            }
        }
        return assignments;
    }

    private static boolean looksLikeScript(Argument program) {
        String name = program.baseName();
        return name.endsWith(".sh") || name.endsWith(".bash") || name.contains("entrypoint");
    }

    private static boolean isShellScript(SourceFile file) {
        String first = file.line(1);
        return first.matches("#!\\s*(/\\S*/)?(env\\s+(-S\\s*)?)?(\\S*/)?(sh|bash|ash|dash|zsh|ksh)(\\s.*)?")
                || (!first.startsWith("#!") && file.name().endsWith(".sh"));
    }

    /** What a program's file holds, where it is a file of the project's own. */
    private Optional<FileContent> content(Argument program, Environment environment, Value<ContainerPath> directory) {
        if (program.text().contains("/")) {
            return Command.path(program, directory)
                    .known()
                    .flatMap(path -> image.files().content(path));
        }
        for (String entry : environment.get("PATH").known().orElse("").split(":", -1)) {
            Optional<FileContent> found = image.files().content(ContainerPath.of(entry + "/" + program.text()));
            if (entry.startsWith("/") && found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@code sh -c "…" name arguments} and {@code sh script arguments}. */
    private void shell(List<Source> words, Environment environment, Value<ContainerPath> directory, Way way) {
        boolean text = false;
        boolean stopsAtErrors = false;
        int at = 1;
        while (at < words.size()) {
            String word = words.get(at).argument.text();
            if (word.equals("--")) {
                at++;
                break;
            }
            if (!word.matches("[-+]\\w+|--\\w.*")) {
                break;
            }
            boolean letters = !word.startsWith("--");
            text |= letters && word.startsWith("-") && word.contains("c");
            stopsAtErrors |= letters && word.startsWith("-") && word.contains("e");
            boolean named = letters && word.matches("[-+]\\w*[oO]");
            stopsAtErrors |=
                    named && at + 1 < words.size() && words.get(at + 1).argument.is("errexit");
            at += named ? 2 : 1;
        }
        if (at >= words.size()) {
            gap("the shell's input is not known");
            return;
        }
        Source first = words.get(at);
        if (text) {
            List<Argument> arguments =
                    at + 2 < words.size() ? arguments(words.subList(at + 2, words.size())) : List.of();
            if (!first.argument.complete()) {
                gap("part of the shell's text is not known");
                return;
            }
            Scope scope = new Scope(environment, home, directory, arguments);
            scope.setStopsAtErrors(stopsAtErrors);
            read(first.argument.text(), first.place, scope, way.deeper());
            return;
        }
        Optional<SourceFile> script = first.argument.complete()
                ? content(first.argument, environment, directory).flatMap(FileContent::read)
                : Optional.empty();
        if (script.isPresent()) {
            script(script.get(), arguments(words.subList(at + 1, words.size())), environment, directory, way);
        } else {
            gap("what " + (first.argument.complete() ? first.argument.text() : "the shell") + " runs is not known");
        }
    }

    private void script(
            SourceFile file,
            List<Argument> arguments,
            Environment environment,
            Value<ContainerPath> directory,
            Way way) {
        scripts.put(file.name(), file);
        Scope scope = new Scope(environment, home, directory, arguments);
        scope.setStopsAtErrors(file.line(1).matches("#!.*\\s-\\w*e\\w*.*"));
        read(file.text(), file::location, scope, way.deeper());
    }

    private void read(String text, Place place, Scope scope, Way way) {
        shellTexts.add(text);
        try {
            new Walk(place, scope).visit(ShellParser.parse(text, List.of()), way);
        } catch (ShellSyntaxException e) {
            gap("the shell's text cannot be read");
        }
    }

    /** A shell on its way through its text. */
    private final class Walk {

        private final Place place;
        private final Scope scope;
        /** An {@code exec} or {@code exit} has been passed: nothing behind it runs. */
        private boolean ended;
        /** That may have happened. */
        private boolean perhapsEnded;

        Walk(Place place, Scope scope) {
            this.place = place;
            this.scope = scope;
        }

        void visit(ShellNode node, Way given) {
            if (ended) {
                return;
            }
            if (--steps < 0 || left < 0) {
                gap("it runs too many commands to follow");
                ended = true;
                return;
            }
            Way way = perhapsEnded ? given.perhaps() : given;
            if (node instanceof ShellNode.Simple simple) {
                simple(simple, way);
            } else if (node instanceof ShellNode.Sequence sequence) {
                List<ShellNode> nodes = sequence.nodes();
                for (int i = 0; i < nodes.size(); i++) {
                    boolean matters = i + 1 == nodes.size() || scope.stopsAtErrors();
                    visit(nodes.get(i), matters ? way : way.before());
                }
            } else if (node instanceof ShellNode.AndOr list) {
                list(list, way);
            } else if (node instanceof ShellNode.Pipeline pipeline) {
                for (ShellNode part : pipeline.nodes()) {
                    visit(part, way);
                    // Each part is a shell of its own, and so is what an exec in it ends.
                    ended &= pipeline.nodes().size() == 1;
                }
            } else if (node instanceof ShellNode.Group group) {
                redirect(group.redirects(), way);
                visit(group.body(), way);
            } else if (node instanceof ShellNode.If conditional) {
                conditional(conditional, way);
            } else if (node instanceof ShellNode.Case choice) {
                choice(choice, way);
            } else if (node instanceof ShellNode.For loop) {
                scope.assign(loop.variable(), unknown(loop.words()), false, place.of(0, 0));
                perhaps(loop.body(), way);
            } else if (node instanceof ShellNode.Loop loop) {
                perhaps(loop.body(), way);
            } else if (node instanceof ShellNode.Function function) {
                scope.functions().put(function.name(), function.body());
            }
        }

        private Value<String> unknown(List<Word> words) {
            int at = words.isEmpty() ? 0 : words.get(0).start();
            return new Value.Unknown<>("a loop sets it", place.of(at, at));
        }

        /** Something that may run or not. */
        private void perhaps(ShellNode node, Way way) {
            visit(node, way.perhaps());
            perhapsEnded |= ended;
            ended = false;
        }

        /** What stands behind {@code ||} runs in a case that nobody hopes for. */
        private void list(ShellNode.AndOr list, Way way) {
            Optional<Boolean> holds = Optional.of(true);
            boolean perhaps = false;
            List<ShellNode.AndOr.Link> links = list.links();
            for (int i = 0; i < links.size(); i++) {
                ShellNode.AndOr.Link link = links.get(i);
                boolean afterFailure = link.operator().equals("||");
                if (holds.isPresent() && !perhaps && !link.operator().isEmpty() && holds.get() == afterFailure) {
                    continue;
                }
                boolean handled =
                        i + 1 < links.size() && links.get(i + 1).operator().equals("||");
                boolean fails = handled && Question.gives(links.get(i + 1).node(), false);
                Optional<Boolean> answer = new Question(scope, place).answer(link.node());
                if (perhaps || (afterFailure && holds.isEmpty())) {
                    perhaps(link.node(), way);
                } else if (fails) {
                    visit(link.node(), way.decisive());
                } else if (handled) {
                    tolerate(link.node(), way);
                } else {
                    visit(link.node(), way);
                }
                boolean question = Question.isOne(link.node());
                perhaps |= question && answer.isEmpty();
                holds = question ? answer : Optional.of(true);
            }
        }

        /** Something whose failure is taken care of. */
        private void tolerate(ShellNode node, Way way) {
            boolean stops = scope.stopsAtErrors();
            scope.setStopsAtErrors(false);
            visit(node, way.before());
            scope.setStopsAtErrors(stops);
        }

        private void conditional(ShellNode.If conditional, Way way) {
            boolean perhaps = false;
            for (ShellNode.If.Branch branch : conditional.branches()) {
                Optional<Boolean> answer = new Question(scope, place).answer(branch.condition());
                if (answer.isPresent() && !answer.get()) {
                    continue;
                }
                if (answer.isPresent() && !perhaps) {
                    visit(branch.body(), way);
                    return;
                }
                perhaps = true;
                perhaps(branch.body(), way);
                if (answer.isPresent()) {
                    return;
                }
            }
            if (perhaps) {
                perhaps(conditional.otherwise(), way);
            } else {
                visit(conditional.otherwise(), way);
            }
        }

        private void choice(ShellNode.Case choice, Way way) {
            Argument subject = new Expander(scope, place).expandToOne(choice.subject());
            boolean perhaps = false;
            for (ShellNode.Case.Arm arm : choice.arms()) {
                Optional<Boolean> matches = new Question(scope, place).matches(subject, arm.patterns());
                if (matches.isPresent() && !matches.get()) {
                    continue;
                }
                if (matches.isPresent() && !perhaps) {
                    visit(arm.body(), way);
                    return;
                }
                perhaps = true;
                perhaps(arm.body(), way);
                if (matches.isPresent()) {
                    return;
                }
            }
        }

        private void simple(ShellNode.Simple simple, Way way) {
            Expander expander = new Expander(scope, place);
            redirect(simple.redirects(), way);
            if (simple.words().isEmpty()) {
                for (ShellNode.Assignment assignment : simple.assignments()) {
                    scope.assign(
                            assignment.name(),
                            expander.value(assignment.value()),
                            way.certain,
                            place.of(simple.start(), simple.end()));
                }
                return;
            }
            Map<String, Value<String>> assignments = new HashMap<>();
            simple.assignments()
                    .forEach(assignment -> assignments.put(assignment.name(), expander.value(assignment.value())));
            List<Argument> words = expander.expand(simple.words());
            if (!words.isEmpty() && !builtin(words, way)) {
                List<Source> sources = words.stream()
                        .map(word -> new Source(word, Place.whole(word.location())))
                        .toList();
                Way run = scope.stopsAtErrors() ? way.decisive() : way;
                run(sources, scope.environment(assignments), scope.directory(), run.deeper());
                ended |= words.get(0).is("exec") && words.size() > 1;
            }
        }

        /** What the shell itself does; whether that is all. */
        private boolean builtin(List<Argument> words, Way way) {
            String name = words.get(0).text();
            ShellNode function = scope.functions().get(name);
            if (function != null) {
                function(function, words.subList(1, words.size()), way);
                return true;
            }
            if (SILENT.contains(name)) {
                return true;
            }
            switch (name) {
                case "cd" -> cd(words, way);
                case "set" -> set(words, way);
                case "shift" -> scope.setArguments(shifted(words, way));
                case "export", "readonly", "local", "declare", "typeset" -> declare(name, words, way);
                case "unset" ->
                    words.subList(1, words.size())
                            .forEach(word -> scope.assign(word.text(), Value.absent(), way.certain, word.location()));
                case "exit", "return" -> ended = true;
                case ".", "source" -> source(words, way);
                case "eval" -> gap("what eval runs is not known");
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void function(ShellNode body, List<Argument> arguments, Way way) {
            if (--left < 0 || way.depth >= MAX_DEPTH) {
                gap("it runs too many commands to follow");
                return;
            }
            List<Argument> saved = scope.arguments().orElse(null);
            scope.setArguments(arguments);
            boolean before = ended;
            visit(body, way.deeper());
            // A return ends the function only. What ends the script is exec and exit, rarely found in one.
            ended = before;
            scope.setArguments(saved);
        }

        private void cd(List<Argument> words, Way way) {
            Argument target = words.size() > 1 ? words.get(1) : words.get(0);
            Value<ContainerPath> changed = words.size() > 1 ? Command.path(target, scope.directory()) : home;
            scope.changeDirectory(
                    way.certain && !target.text().equals("-")
                            ? changed
                            : new Value.Unknown<>("the working directory is not known", target.location()));
        }

        private void set(List<Argument> words, Way way) {
            for (int i = 1; i < words.size(); i++) {
                String text = words.get(i).text();
                if (text.equals("--")) {
                    scope.setArguments(way.certain ? words.subList(i + 1, words.size()) : null);
                    return;
                }
                if (!text.matches("[-+].*")) {
                    scope.setArguments(way.certain ? words.subList(i, words.size()) : null);
                    return;
                }
                boolean errexit = text.matches("-[a-zA-Z]*e[a-zA-Z]*");
                if (text.endsWith("o") && i + 1 < words.size()) {
                    errexit |= text.startsWith("-") && words.get(i + 1).is("errexit");
                    i++;
                }
                if (way.certain && errexit) {
                    scope.setStopsAtErrors(true);
                }
            }
        }

        private @Nullable List<Argument> shifted(List<Argument> words, Way way) {
            int by = words.size() > 1 && words.get(1).text().matches("\\d{1,3}")
                    ? Integer.parseInt(words.get(1).text())
                    : 1;
            return scope.arguments()
                    .filter(all -> way.certain && by <= all.size())
                    .map(all -> all.subList(by, all.size()))
                    .orElse(null);
        }

        private void declare(String name, List<Argument> words, Way way) {
            for (Argument word : words.subList(1, words.size())) {
                int equals = word.text().indexOf('=');
                String variable = equals < 0 ? word.text() : word.text().substring(0, equals);
                if (!variable.matches("[A-Za-z_]\\w*")) {
                    continue;
                }
                if (equals > 0) {
                    Value<String> value = word.complete()
                            ? new Value.Known<>(word.text().substring(equals + 1), word.location())
                            : new Value.Unknown<>("part of its value is not known", word.location());
                    scope.assign(variable, value, way.certain, word.location());
                }
                if (name.equals("export")) {
                    scope.export(variable);
                }
            }
        }

        /** Another script that this shell itself goes through. */
        private void source(List<Argument> words, Way way) {
            Optional<SourceFile> file = words.size() < 2
                    ? Optional.empty()
                    : content(words.get(1), scope.environment(Map.of()), scope.directory())
                            .flatMap(FileContent::read);
            if (file.isEmpty() || way.depth >= MAX_DEPTH) {
                gap("what "
                        + (words.size() > 1 && words.get(1).complete()
                                ? words.get(1).text()
                                : "a script") + " sets is not known");
                return;
            }
            scripts.put(file.get().name(), file.get());
            read(file.get().text(), file.get()::location, scope, way.deeper());
        }

        private void redirect(List<ShellNode.Redirect> redirects, Way way) {
            for (ShellNode.Redirect redirect : redirects) {
                if (redirect.writes() && redirections.size() == MAX_REDIRECTIONS) {
                    gap("it writes more files than are followed");
                    return;
                }
                if (redirect.writes()) {
                    Argument target = new Expander(scope, place).expandToOne(redirect.target());
                    redirections.add(new Redirection(
                            target,
                            Command.path(target, scope.directory()),
                            way.certain,
                            way.certain && (way.last || scope.stopsAtErrors())));
                }
            }
        }
    }
}
