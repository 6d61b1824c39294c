// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.program.Program;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.Shebang;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.shell.state.Shells;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a simple command after its words are expanded: builtins, commands that run another command or script, and
 * commands that only print what follows from known input. The host runs all others.
 */
final class CommandRunner {

    private static final int LOGIN_UMASK = 002;

    private final Interpreter interpreter;
    private final Shell shell;
    private final Context context;

    CommandRunner(Interpreter interpreter, Context context) {
        this.interpreter = interpreter;
        this.shell = interpreter.shell();
        this.context = context;
    }

    /** Runs a command, its name first. */
    Status run(Call call) {
        Field first = call.words().get(0);
        shell.host().reaches(call);
        if (!first.isExact() || first.text().isEmpty()) {
            unknownWord(first, call);
            return Status.UNKNOWN;
        }
        Shell.Function function = shell.function(first.text());
        if (function != null) {
            return interpreter.function(function, call.arguments(), call.must(), context);
        }
        String name = call.name();
        Optional<Status> flow = flow(name, call);
        if (flow.isPresent()) {
            return flow.get();
        }
        Optional<Status> builtin = new Builtins(interpreter, call).run(name);
        if (builtin.isPresent()) {
            return builtin.get();
        }
        Optional<Wrappers.Wrapped> wrapped = Wrappers.unwrap(call.words());
        if (wrapped.isPresent()) {
            return shell.host().wraps(call) ? wrapped(wrapped.get(), call) : Status.FAILURE;
        }
        if (Shells.isShell(name)) {
            return subshell(call);
        }
        if (name.equals("xargs")) {
            return new Xargs(interpreter, context).run(call);
        }
        if (name.equals("find")) {
            return find(call);
        }
        if (name.equals("tee")) {
            return tee(call);
        }
        Optional<Host.ScriptFile> script =
                Builtins.NAMES.contains(first.text()) ? Optional.empty() : script(first, call);
        if (script.isPresent() && isShellScript(script.get(), first)) {
            return file(script.get(), call.words(), call);
        }
        Optional<Status> printed = writes(call) ? Optional.empty() : new TextCommands(call).run(name);
        return printed.isPresent() ? printed.get() : program(call);
    }

    /** Whether a command that usually only prints writes a file: {@code sort -o}. */
    private boolean writes(Call call) {
        return Program.mayWrite(call.name())
                && Operation.of(call.words(), shell.home()).writes();
    }

    private void unknownWord(Field word, Call call) {
        shell.host().gap(Host.Gap.UNKNOWN_WORD, word, call);
        call.out().addUnknown();
    }

    private Status program(Call call) {
        Optional<List<Field>> handedOn = shell.host().handedOn(call);
        if (handedOn.isPresent()) {
            for (List<Field> first : shell.host().before(call)) {
                if (interpreter.command(call.with(first), context) == Status.FAILURE) {
                    return Status.FAILURE;
                }
            }
            return handedOn.get().isEmpty() ? Status.SUCCESS : interpreter.command(call.with(handedOn.get()), context);
        }
        // The scripts are read before the program runs, which may change them.
        List<Script> scripts = shell.host().scripts(call);
        Status status = shell.host().run(call);
        if (status == Status.FAILURE) {
            return status;
        }
        for (Script script : scripts) {
            if (interpreter.handed(script, child("sh", "sh"), call.must()) == Status.FAILURE) {
                return Status.FAILURE;
            }
        }
        return status;
    }

    /** Commands that jump, or that continue with another script. */
    private Optional<Status> flow(String name, Call call) {
        List<Field> rest = call.arguments();
        return switch (name) {
            case "exit" -> Optional.of(interpreter.jump(Jumps.Kind.EXIT, given(rest)));
            case "return" -> Optional.of(interpreter.jump(Jumps.Kind.RETURN, given(rest)));
            case "break" -> Optional.of(interpreter.jump(Jumps.Kind.BREAK, Status.SUCCESS));
            case "continue" -> Optional.of(interpreter.jump(Jumps.Kind.CONTINUE, Status.SUCCESS));
            case "eval" -> Optional.of(eval(call));
            case ".", "source" -> Optional.of(source(call));
            case "exec" -> Optional.of(exec(call));
            default -> Optional.empty();
        };
    }

    private Status given(List<Field> words) {
        if (words.isEmpty()) {
            return shell.status();
        }
        if (!words.get(0).isExact()) {
            return Status.UNKNOWN;
        }
        String number = words.get(0).text();
        if (number.matches("\\d{1,5}")) {
            shell.setCode(Integer.parseInt(number));
        }
        return number.matches("0+") ? Status.SUCCESS : Status.FAILURE;
    }

    private Status exec(Call call) {
        Wrappers.Wrapped wrapped = Wrappers.unwrap(call.words()).orElseThrow();
        if (wrapped.words().isEmpty()) {
            return Status.SUCCESS;
        }
        Status status = interpreter.command(call.with(wrapped.words()), context);
        return interpreter.jump(
                Jumps.Kind.EXIT,
                call.must() && shell.host().succeeds() && status != Status.SUCCESS ? Status.ASSUMED_SUCCESS : status);
    }

    private Status eval(Call call) {
        StringBuilder text = new StringBuilder();
        for (Field word : call.arguments()) {
            if (!word.known()) {
                unknownWord(word, call);
                return Status.UNKNOWN;
            }
            text.append(word.value().raw()).append(' ');
        }
        Script script = interpreter.script().within(text.toString(), Place.whole(call.location()));
        return interpreter.read(script, false, call.must(), context);
    }

    /** Runs a script in this shell itself. */
    private Status source(Call call) {
        List<Field> rest = call.arguments();
        if (rest.isEmpty()) {
            return Status.FAILURE;
        }
        Optional<ContainerPath> path = rest.get(0).text().contains("/")
                ? shell.path(rest.get(0))
                : found(rest.get(0), call).or(() -> shell.path(rest.get(0)));
        Optional<Script> read = path.flatMap(at -> readable(at, call));
        if (read.isEmpty()) {
            boolean missing =
                    path.isPresent() && shell.host().entry(path.get(), true).is(EntryKind.MISSING);
            if (missing && !call.must()) {
                if (context == Context.PLAIN) {
                    shell.host().gap(Host.Gap.MISSING_SCRIPT, rest.get(0), call);
                }
                return shell.isBash() ? Status.FAILURE : interpreter.jump(Jumps.Kind.EXIT, Status.FAILURE);
            }
            shell.host().gap(Host.Gap.UNKNOWN_SCRIPT, rest.get(0), call);
            call.out().addUnknown();
            path.flatMap(SourcedVariables::of).ifPresentOrElse(shell::forget, shell::forgetVariables);
            return Status.ASSUMED_SUCCESS;
        }
        List<Field> saved = shell.arguments().orElse(null);
        if (rest.size() > 1) {
            List<Field> given = rest.subList(1, rest.size());
            shell.setArguments(
                    switch (shell.sourcesWithArguments()) {
                        case TRUE -> given;
                        case FALSE -> saved;
                        case UNKNOWN -> given.equals(saved) ? saved : null;
                    });
        }
        Script script = read.get().from(named(rest.get(0), path.get()));
        // For dash, the commands of another file are not part of a condition.
        Context inside = shell.isBash() ? context : Context.PLAIN;
        Status status = interpreter.read(script, true, call.must(), inside);
        if (rest.size() > 1 && !shell.sourcesWithArguments().isFalse()) {
            shell.setArguments(saved);
        }
        return status;
    }

    /** A file among those of the host, or {@code <(command)}. */
    private Optional<Script> readable(ContainerPath path, Call call) {
        Optional<Text> printed = shell.printed(path);
        return printed.isPresent()
                ? printed.get().known().map(text -> new Script(text, Place.whole(call.location())))
                : shell.host().script(path, call.location()).map(Host.ScriptFile::script);
    }

    /** {@code sh -c text}, {@code sh script}, {@code sh <<EOF}. */
    private Status subshell(Call call) {
        Shells.Start start = Shells.start(call.arguments());
        List<Field> rest = start.rest();
        if (start.hasText()) {
            if (rest.isEmpty()) {
                return Status.FAILURE;
            }
            if (!rest.get(0).known()) {
                unknownWord(rest.get(0), call);
                return Status.ASSUMED_SUCCESS;
            }
            Shell child = child(call.name(), rest.size() > 1 ? rest.get(1).text() : call.name());
            start.apply(child);
            child.setArguments(rest.subList(Math.min(2, rest.size()), rest.size()));
            return interpreter.handed(
                    new Script(rest.get(0).value().raw(), textPlace(rest.get(0), call)), child, call.must());
        }
        if (start.input()) {
            Text text = call.streams().in().all();
            if (!text.isKnown()) {
                shell.host().gap(Host.Gap.UNKNOWN_WORD, new Field(text, null, call.location()), call);
                return Status.ASSUMED_SUCCESS;
            }
            Shell child = child(call.name(), call.name());
            start.apply(child);
            child.setArguments(rest);
            return interpreter.handed(new Script(text.raw(), Place.whole(call.location())), child, call.must());
        }
        Optional<Host.ScriptFile> file = scriptAt(rest.get(0), call);
        if (file.isEmpty()) {
            shell.host().gap(Host.Gap.UNKNOWN_SCRIPT, rest.get(0), call.with(rest));
            call.out().addUnknown();
            return missing(rest.get(0)) && !call.must() ? Status.FAILURE : Status.ASSUMED_SUCCESS;
        }
        Shell child = child(call.name(), rest.get(0).text());
        start.apply(child);
        child.setArguments(rest.subList(1, rest.size()));
        return interpreter.handed(file.get().script().from(rest.get(0).text()), child, call.must());
    }

    /** How a shell names a script: as written, or by the path where it was found along PATH. */
    private static String named(Field word, ContainerPath found) {
        return word.text().contains("/") ? word.text() : found.toString();
    }

    /** The place of a text that is a word of the script. */
    private Place textPlace(Field text, Call call) {
        return shell.host().textPlace(text).orElseGet(() -> Place.whole(call.location()));
    }

    private boolean missing(Field file) {
        return shell.path(file)
                .map(path -> shell.host().entry(path, true).is(EntryKind.MISSING))
                .orElse(false);
    }

    private Shell child(String kind, String name) {
        return shell.child(kind, name, shell.host());
    }

    /** A script that is run by its name, in the shell that its first line names. */
    private Status file(Host.ScriptFile file, List<Field> words, Call call) {
        Shebang shebang = Shebang.of(file.firstLine()).orElse(new Shebang("sh", List.of()));
        String called = found(words.get(0), call)
                .map(path -> named(words.get(0), path))
                .orElse(words.get(0).text());
        Shell child = child(shebang.interpreter(), called);
        Shells.configure(child, shebang.options());
        child.setArguments(words.subList(1, words.size()));
        List<Text> how = started(called, words);
        if (!interpreter.session().start(how)) {
            return Status.UNKNOWN;
        }
        Status status = interpreter.handed(file.script().from(called), child, call.must());
        interpreter.session().end(how);
        return status;
    }

    /** The script, its user and its arguments. */
    private List<Text> started(String script, List<Field> words) {
        List<Text> how = new ArrayList<>(List.of(
                Text.of(script),
                shell.host().id("u", Optional.empty()),
                shell.host().id("un", Optional.empty())));
        words.subList(1, words.size()).forEach(word -> how.add(word.value()));
        return how;
    }

    private static boolean isShellScript(Host.ScriptFile file, Field program) {
        Optional<Shebang> shebang = Shebang.of(file.firstLine());
        // A file without that line is run by the shell itself.
        return shebang.isPresent()
                ? shebang.get().isShells()
                : !file.firstLine().startsWith("#!") && program.text().contains(".sh");
    }

    private Optional<Host.ScriptFile> script(Field program, Call call) {
        Optional<ContainerPath> path = program.text().contains("/") ? shell.path(program) : found(program, call);
        return path.isPresent() ? shell.host().script(path.get(), call.location()) : Optional.empty();
    }

    /** A shell looks for a script in its working directory, then along PATH. */
    private Optional<Host.ScriptFile> scriptAt(Field file, Call call) {
        Optional<Host.ScriptFile> here =
                shell.path(file).flatMap(path -> shell.host().script(path, call.location()));
        return here.isPresent() || file.text().contains("/")
                ? here
                : found(file, call).flatMap(path -> shell.host().script(path, call.location()));
    }

    /** The first file along PATH whose text is known. */
    private Optional<ContainerPath> found(Field program, Call call) {
        if (program.isExact()) {
            for (ContainerPath file : Programs.searchPath(shell).candidates(program.text())) {
                if (shell.host().script(file, call.location()).isPresent()) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private Status wrapped(Wrappers.Wrapped wrapped, Call call) {
        if (wrapped.words().isEmpty()) {
            return Status.SUCCESS;
        }
        Host host = shell.host();
        if (wrapped.user().isPresent() || wrapped.group().isPresent()) {
            host = host.as(wrapped.user(), wrapped.group());
        }
        Shell runner = host == shell.host() ? shell : shell.as(host);
        List<String> names = new ArrayList<>(wrapped.assignments().keySet());
        List<ShellVariable> before = names.stream().map(runner::lookup).toList();
        wrapped.assignments()
                .forEach((name, value) -> runner.put(name, ShellVariable.inherited(value, call.location())));
        Status status = runner == shell ? inner(wrapped, call, shell) : other(wrapped, call, runner);
        for (int i = 0; i < names.size(); i++) {
            runner.put(names.get(i), before.get(i));
        }
        return status;
    }

    private Status inner(Wrappers.Wrapped wrapped, Call call, Shell runner) {
        Interpreter inside = runner == shell ? interpreter : interpreter.in(runner);
        return inside.command(call.with(wrapped.words()).in(runner), context);
    }

    /** Another user runs the command; a login shell may change the umask. */
    private Status other(Wrappers.Wrapped wrapped, Call call, Shell runner) {
        if (!wrapped.login()) {
            return inner(wrapped, call, runner);
        }
        Shell login = runner.as(runner.host());
        login.setUmask(LOGIN_UMASK);
        return interpreter.eitherWay(
                () -> inner(wrapped, call, login), () -> inner(wrapped, call, runner), call.location());
    }

    /** It passes on its input even if it cannot write a file. */
    private Status tee(Call call) {
        Text input = call.streams().in().all();
        call.out().add(input);
        Status status = shell.host().run(call);
        Options options = Options.of("tee", call.arguments());
        if (status != Status.FAILURE) {
            for (Field file : options.operands()) {
                shell.host().print(file, options.has("a", "append"), input, call);
            }
        }
        return status;
    }

    private Status find(Call call) {
        Optional<List<String>> found = shell.host().find(call);
        List<Field> words = call.arguments();
        int action = 0;
        while (action < words.size()
                && !words.get(action)
                        .text()
                        .matches("-(exec|execdir|ok|okdir|delete|print|print0|printf|fprint|quit|ls)")) {
            action++;
        }
        boolean prints = action == words.size() || words.get(action).text().matches("-print0?");
        boolean executes = action < words.size() && words.get(action).text().equals("-exec");
        if (found.isEmpty() || (!prints && !executes)) {
            return unfollowed(call);
        }
        if (prints) {
            String end = action < words.size() && words.get(action).is("-print0") ? "\0" : "\n";
            found.get().forEach(path -> call.out().add(Text.of(path + end)));
            return Status.SUCCESS;
        }
        return execute(call, words.subList(action + 1, words.size()), found.get());
    }

    /** What follows {@code -exec}, perhaps with further ones: {@code chgrp 0 {} + -exec chmod g=u {} +}. */
    private Status execute(Call call, List<Field> rest, List<String> found) {
        List<List<Field>> commands = new ArrayList<>();
        boolean together = false;
        boolean singly = false;
        int start = 0;
        while (start < rest.size()) {
            int end = endOfAction(rest, start);
            boolean more = end + 1 < rest.size();
            if (end == rest.size()
                    || end == start
                    || (more && !rest.get(end + 1).is("-exec"))) {
                return unfollowed(call);
            }
            commands.add(rest.subList(start, end));
            together |= rest.get(end).is("+");
            singly |= rest.get(end).is(";");
            start = end + (more ? 2 : 1);
        }
        if (together == singly) {
            return unfollowed(call);
        }
        if (together) {
            return found.isEmpty() ? Status.SUCCESS : together(call, commands, found);
        }
        for (String path : found) {
            Status status = Status.SUCCESS;
            for (List<Field> command : commands) {
                Call one = call.with(command.stream()
                        .map(word -> word.known() && word.value().raw().contains("{}")
                                ? Field.of(word.value().raw().replace("{}", path))
                                : word)
                        .toList());
                if (status == Status.UNKNOWN) {
                    status = interpreter
                            .branches()
                            .perhaps(() -> interpreter.command(one, context), "what find runs", call.location());
                } else if (status != Status.FAILURE) {
                    status = interpreter.command(one, context);
                }
            }
        }
        return Status.SUCCESS;
    }

    private Status together(Call call, List<List<Field>> commands, List<String> found) {
        Status status = Status.SUCCESS;
        for (List<Field> command : commands) {
            List<Field> words = new ArrayList<>(command.subList(0, command.size() - 1));
            for (String path : found) {
                words.add(Field.of(path));
            }
            status = status.worse(interpreter.command(call.with(words), context));
        }
        return status;
    }

    /** Where {@code ;} or {@code {} +} ends a command; the number of words if nothing does. */
    private static int endOfAction(List<Field> words, int start) {
        int end = start;
        while (end < words.size()
                && !words.get(end).is(";")
                && !(words.get(end).is("+") && end > start && words.get(end - 1).is("{}"))) {
            end++;
        }
        return end;
    }

    private Status unfollowed(Call call) {
        call.out().addUnknown();
        return shell.host().run(call);
    }
}
