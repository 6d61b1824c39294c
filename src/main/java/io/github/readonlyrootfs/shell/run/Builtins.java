// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.expand.Arithmetic;
import io.github.readonlyrootfs.shell.expand.TestExpressions;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands that change or query the shell itself. */
final class Builtins {

    private static final int ALL = 0777;

    static final Set<String> NAMES = Set.of(
            "cd", "echo", "test", "[", "true", "false", "export", "set", "read", "eval", "exec", "exit", "printf",
            "command", "type", "wait", "umask", "pwd");

    private final Interpreter interpreter;
    private final Shell shell;
    private final Call call;
    private final List<Field> words;

    Builtins(Interpreter interpreter, Call call) {
        this.interpreter = interpreter;
        this.shell = interpreter.shell();
        this.call = call;
        this.words = call.arguments();
    }

    /** Runs a command; empty if it is not one of these. */
    Optional<Status> run(String name) {
        return switch (name) {
            case ":", "true" -> Optional.of(Status.SUCCESS);
            case "false" -> Optional.of(Status.FAILURE);
            case "cd", "pushd" -> Optional.of(cd());
            case "popd" -> {
                shell.changeDirectory(null);
                yield Optional.of(Status.ASSUMED_SUCCESS);
            }
            case "umask" -> Optional.of(umask());
            case "set" -> Optional.of(set());
            case "export", "readonly", "declare", "typeset", "local" -> Optional.of(declare(name));
            case "unset" -> Optional.of(unset());
            case "shift" -> Optional.of(shift());
            case "read" -> Optional.of(read());
            case "mapfile", "readarray" -> Optional.of(lines());
            case "getopts" -> Optional.of(options());
            case "let" -> Optional.of(let());
            case "test", "[" -> Optional.of(TestExpressions.test(call));
            case "trap" -> Optional.of(trap());
            case "command", "type", "hash" -> asked(name);
            case "wait" -> {
                shell.host().waits();
                yield Optional.of(words.isEmpty() ? Status.SUCCESS : shell.background());
            }
            case "shopt" -> {
                boolean on = words.stream().anyMatch(word -> word.is("-s"));
                words.forEach(word -> shell.setOption(word.text(), on));
                yield Optional.of(Status.SUCCESS);
            }
            case "kill", "alias", "unalias", "ulimit", "times", "jobs", "bg", "fg", "enable", "disown" ->
                Optional.of(Status.SUCCESS);
            default -> Optional.empty();
        };
    }

    private Status cd() {
        List<Field> targets = words.stream()
                .filter(word -> !word.text().startsWith("-") || word.is("-"))
                .toList();
        if (targets.isEmpty() && words.stream().allMatch(Field::known)) {
            shell.changeDirectory(shell.home().known().map(ContainerPath::of).orElse(null));
            return Status.ASSUMED_SUCCESS;
        }
        Host host = shell.host();
        Optional<ContainerPath> path = targets.get(0).is("-")
                ? shell.previousDirectory()
                : shell.path(targets.get(0)).map(host::real);
        if (path.isEmpty()) {
            shell.changeDirectory(null);
            return Status.ASSUMED_SUCCESS;
        }
        FileStatus entry = host.entry(path.get(), true);
        boolean needed = call.must() && host.succeeds();
        if (!needed && !entry.is(EntryKind.DIRECTORY) && !entry.is(EntryKind.UNKNOWN)) {
            return Status.FAILURE;
        }
        shell.changeDirectory(path.get());
        return entry.is(EntryKind.DIRECTORY) ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    private Status umask() {
        if (!words.isEmpty() && words.get(0).isExact()) {
            String text = words.get(0).text();
            if (text.matches("[0-7]{1,4}")) {
                shell.setUmask(Integer.parseInt(text, 8) & ALL);
            } else {
                SymbolicUmask.apply(text, shell.umask()).ifPresent(shell::setUmask);
            }
        }
        if (words.isEmpty()) {
            call.out().add(Text.of(String.format("%04o%n", shell.umask())));
        }
        return Status.SUCCESS;
    }

    private Status set() {
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            boolean option =
                    words.get(i).known() && text.length() > 1 && (text.charAt(0) == '-' || text.charAt(0) == '+');
            if (words.get(i).is("--") || !option) {
                shell.setArguments(words.subList(option ? i + 1 : i, words.size()));
                return Status.SUCCESS;
            }
            boolean on = text.charAt(0) == '-';
            shell.setOptions(text.substring(1), on);
            if (text.endsWith("o") && i + 1 < words.size()) {
                i++;
                shell.setOption(words.get(i).text(), on);
            }
        }
        return Status.SUCCESS;
    }

    private Status declare(String name) {
        boolean exports = name.equals("export") || words.stream().anyMatch(word -> isOption(word, 'x'));
        // The keys of associative arrays are not followed.
        boolean keyed = shell.isBash() && words.stream().anyMatch(word -> isOption(word, 'A'));
        boolean removes = name.equals("export") && words.stream().anyMatch(word -> word.is("-n"));
        for (Field word : words) {
            String text = word.text();
            int equals = text.indexOf('=');
            boolean appends = equals > 0 && text.charAt(equals - 1) == '+';
            String variable = equals < 0 ? text : text.substring(0, appends ? equals - 1 : equals);
            if (!ShellVariable.isName(variable) || (equals < 0 && !word.known())) {
                continue;
            }
            if (!name.equals("export") && !name.equals("readonly")) {
                interpreter.session().local(variable, shell);
            }
            ShellVariable old = shell.lookup(variable);
            ShellVariable changed = old;
            if (keyed) {
                changed = old.with(Text.UNKNOWN, word.location());
            } else if (equals > 0) {
                Text value = word.from(equals + 1).value();
                changed = old.with(appends ? old.value().orElse(Text.EMPTY).plus(value) : value, word.location());
            } else if (name.equals("local")) {
                changed = shell.isBash() ? ShellVariable.UNSET : old;
            }
            shell.put(variable, exports && !removes ? changed.export() : changed);
        }
        return Status.SUCCESS;
    }

    private static boolean isOption(Field word, char letter) {
        return word.text().startsWith("-") && word.text().matches("-[a-z]*" + letter + ".*");
    }

    private Status unset() {
        for (Field word : words) {
            if (!word.text().startsWith("-")) {
                shell.unset(word.text());
            }
        }
        return Status.SUCCESS;
    }

    private Status shift() {
        Optional<List<Field>> arguments = shell.arguments();
        boolean plain = words.isEmpty() || words.get(0).exact().orElse("").matches("\\d{1,3}");
        if (arguments.isEmpty() || !plain) {
            shell.setArguments(null);
            return Status.ASSUMED_SUCCESS;
        }
        int by = words.isEmpty() ? 1 : Integer.parseInt(words.get(0).text());
        List<Field> all = arguments.get();
        if (by > all.size()) {
            boolean endsShell = !shell.isBash() && !call.must();
            return endsShell ? interpreter.jump(Jumps.Kind.EXIT, Status.FAILURE) : Status.FAILURE;
        }
        shell.setArguments(all.subList(by, all.size()));
        return Status.SUCCESS;
    }

    /** {@code read -r one two}: the last name gets the rest of the line. */
    private Status read() {
        List<String> names = new ArrayList<>();
        boolean plain = true;
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if (text.matches("-[a-zA-Z]*[pdntuNi]") && i + 1 < words.size()) {
                i++;
                plain &= text.equals("-p");
            } else if (text.startsWith("-")) {
                plain &= text.matches("-[rs]+");
            } else if (ShellVariable.isName(text)) {
                names.add(text);
            }
        }
        if (names.isEmpty()) {
            names.add("REPLY");
        }
        if (!plain) {
            call.streams().in().reset(Text.UNKNOWN);
        }
        Optional<Text> line = call.streams().in().line();
        if (line.isEmpty()) {
            names.forEach(name -> shell.assign(name, Text.EMPTY, call.location()));
            return Status.FAILURE;
        }
        if (!line.get().isKnown()) {
            names.forEach(name -> shell.assign(name, Text.UNKNOWN, call.location()));
            return Status.UNKNOWN;
        }
        assign(names, line.get().raw());
        return Status.SUCCESS;
    }

    private void assign(List<String> names, String line) {
        String separators = shell.lookup("IFS").value().flatMap(Text::known).orElse(" \t\n");
        String blanks = separators.replaceAll("[^ \t\n]", "");
        String rest = strip(line, blanks);
        for (int i = 0; i < names.size(); i++) {
            int end = 0;
            while (end < rest.length() && separators.indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            boolean last = i == names.size() - 1;
            shell.assign(names.get(i), Text.of(last ? rest : rest.substring(0, end)), call.location());
            rest = end < rest.length() ? strip(rest.substring(end + 1), blanks) : "";
        }
    }

    private static String strip(String text, String blanks) {
        int start = 0;
        int end = text.length();
        while (start < end && blanks.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && blanks.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private Status lines() {
        Optional<Field> name =
                words.stream().filter(word -> !word.text().startsWith("-")).reduce((one, two) -> two);
        boolean trims = words.stream().anyMatch(word -> word.text().matches("-t|-[a-z]*t"));
        Text input = call.streams().in().all();
        name.ifPresent(array -> {
            ShellVariable old = shell.lookup(array.text());
            shell.put(
                    array.text(),
                    input.isKnown() && trims
                            ? old.withElements(input.lines(), call.location())
                            : old.with(Text.UNKNOWN, call.location()));
        });
        return Status.ASSUMED_SUCCESS;
    }

    /** What {@code getopts} finds is not followed. */
    private Status options() {
        if (words.size() < 2) {
            return Status.FAILURE;
        }
        for (String variable : List.of(words.get(1).text(), "OPTARG", "OPTIND")) {
            shell.assign(variable, Text.UNKNOWN, call.location());
        }
        return Status.UNKNOWN;
    }

    private Status let() {
        Optional<Long> value = Optional.empty();
        for (Field word : words) {
            value = new Arithmetic(shell).value(word.value());
        }
        return Arithmetic.status(value);
    }

    private Status trap() {
        List<Field> rest = words.stream().filter(word -> !word.is("--")).toList();
        if (rest.size() < 2) {
            return Status.SUCCESS;
        }
        boolean removes = rest.get(0).is("-") || rest.get(0).is("");
        Text commands = removes ? null : rest.get(0).value();
        for (Field signal : rest.subList(1, rest.size())) {
            if (signal.text().matches("EXIT|0")) {
                shell.setExitTrap(commands);
            } else if (signal.is("ERR") && shell.isBash()) {
                shell.setErrorTrap(commands);
            }
        }
        return Status.SUCCESS;
    }

    /** Whether there is a command of a name. */
    private Optional<Status> asked(String name) {
        List<Field> names =
                words.stream().filter(word -> !word.text().startsWith("-")).toList();
        boolean asks = !name.equals("command")
                || words.stream().anyMatch(word -> word.text().matches("-[vV]"));
        if (!asks) {
            return Optional.empty();
        }
        if (names.isEmpty() || !names.get(0).isExact()) {
            call.out().addUnknown();
            return Optional.of(names.isEmpty() ? Status.SUCCESS : Status.UNKNOWN);
        }
        String asked = names.get(0).text();
        if (shell.function(asked) != null || NAMES.contains(asked)) {
            call.out().add(Text.of(asked + "\n"));
            return Optional.of(Status.SUCCESS);
        }
        return Optional.of(Programs.which(call, asked));
    }
}
