package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.FileContent;
import io.github.readonlyrootfs.need.CommandReader.Source;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.run.Place;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shell on its way through its text. A branch is taken where its condition can be told; where it cannot, all branches are
 * read and what is in them is not certain.
 */
final class ShellWalk {

    /** They start nothing and write nothing but what they are redirected to. */
    private static final Set<String> SILENT = Set.of(
            "read", "trap", "wait", "kill", "echo", "printf", "test", "[", "[[", "((", "true", "false", ":", "umask",
            "ulimit", "type", "alias", "getopts", "let", "hash", "sleep", "date", "id", "whoami");

    private final CommandReader reader;
    private final FoundCommands found;
    private final Place place;
    private final Scope scope;
    /** An {@code exec} or {@code exit} has been passed: nothing behind it runs. */
    private boolean ended;
    /** That may have happened. */
    private boolean perhapsEnded;

    ShellWalk(CommandReader reader, FoundCommands found, Place place, Scope scope) {
        this.reader = reader;
        this.found = found;
        this.place = place;
        this.scope = scope;
    }

    void visit(ShellNode node, Way given) {
        if (ended) {
            return;
        }
        if (!found.step()) {
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
        } else if (node instanceof ShellNode.Counting loop) {
            perhaps(loop.body(), way);
        } else if (node instanceof ShellNode.Background background) {
            visit(background.node(), way);
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
                        way.certain(),
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
            reader.run(sources, scope.environment(assignments), scope.directory(), run.deeper());
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
                        .forEach(word -> scope.assign(word.text(), Value.absent(), way.certain(), word.location()));
            case "exit", "return" -> ended = true;
            case ".", "source" -> source(words, way);
            case "eval" -> found.gap("what eval runs is not known");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void function(ShellNode body, List<Argument> arguments, Way way) {
        if (!found.command(way.deeper())) {
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
        Value<ContainerPath> changed = words.size() > 1 ? Command.path(target, scope.directory()) : reader.home();
        scope.changeDirectory(
                way.certain() && !target.text().equals("-")
                        ? changed
                        : new Value.Unknown<>("the working directory is not known", target.location()));
    }

    private void set(List<Argument> words, Way way) {
        for (int i = 1; i < words.size(); i++) {
            String text = words.get(i).text();
            if (text.equals("--")) {
                scope.setArguments(way.certain() ? words.subList(i + 1, words.size()) : null);
                return;
            }
            if (!text.matches("[-+].*")) {
                scope.setArguments(way.certain() ? words.subList(i, words.size()) : null);
                return;
            }
            boolean errexit = text.matches("-[a-zA-Z]*e[a-zA-Z]*");
            if (text.endsWith("o") && i + 1 < words.size()) {
                errexit |= text.startsWith("-") && words.get(i + 1).is("errexit");
                i++;
            }
            if (way.certain() && errexit) {
                scope.setStopsAtErrors(true);
            }
        }
    }

    private @Nullable List<Argument> shifted(List<Argument> words, Way way) {
        int by = words.size() > 1 && words.get(1).text().matches("\\d{1,3}")
                ? Integer.parseInt(words.get(1).text())
                : 1;
        return scope.arguments()
                .filter(all -> way.certain() && by <= all.size())
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
                scope.assign(variable, value, way.certain(), word.location());
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
                : reader.content(words.get(1), scope.environment(Map.of()), scope.directory())
                        .flatMap(FileContent::read);
        if (file.isEmpty() || !way.deeper().isFollowed()) {
            found.gap("what "
                    + (words.size() > 1 && words.get(1).complete()
                            ? words.get(1).text()
                            : "a script") + " sets is not known");
            return;
        }
        found.script(file.get());
        reader.read(file.get().text(), file.get()::location, scope, way.deeper());
    }

    private void redirect(List<ShellNode.Redirect> redirects, Way way) {
        for (ShellNode.Redirect redirect : redirects) {
            if (redirect.writes()) {
                Argument target = new Expander(scope, place).expandToOne(redirect.target());
                found.add(new Redirection(
                        target,
                        Command.path(target, scope.directory()),
                        way.certain(),
                        way.certain() && (way.last() || scope.stopsAtErrors())));
            }
        }
    }
}
