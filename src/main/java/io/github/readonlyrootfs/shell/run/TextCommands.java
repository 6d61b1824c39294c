// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.program.Program;
import io.github.readonlyrootfs.shell.expand.Arithmetic;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.Escapes;
import io.github.readonlyrootfs.shell.text.PrintFormat;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands that change nothing and whose output follows from what is known. */
final class TextCommands {

    private final Call call;
    private final Shell shell;
    private final List<Field> words;

    TextCommands(Call call) {
        this.call = call;
        this.shell = call.shell();
        this.words = call.arguments();
    }

    /** Runs a command; empty if it is not one of these. */
    Optional<Status> run(String name) {
        if (Program.onlyPrints(name)) {
            call.out().addUnknown();
            boolean compares = name.equals("diff") || name.equals("cmp") || name.equals("pgrep");
            return Optional.of(compares ? Status.UNKNOWN : Status.ASSUMED_SUCCESS);
        }
        return switch (name) {
            case "echo" -> Optional.of(echo());
            case "printf" -> Optional.of(printf());
            case "pwd" -> Optional.of(print(shell.directoryText()));
            case "dirname", "basename" -> Optional.of(named(name));
            case "id" -> Optional.of(id());
            case "whoami" -> Optional.of(print(shell.host().id("un", Optional.empty())));
            case "getent" -> Optional.of(getent());
            case "expr" -> Optional.of(expr());
            case "realpath", "readlink" -> Optional.of(resolved(name));
            case "stat" -> Optional.of(stat());
            case "ls" -> Optional.of(ls());
            case "which" -> Optional.of(which());
            case "mktemp" -> Optional.of(new TemporaryFile(call).make());
            case "sleep" -> Optional.of(Status.SUCCESS);
            case "cat", "head", "tail", "sort", "tr", "cut" -> Optional.of(new TextFilters(call, name).run());
            case "grep", "egrep", "fgrep" -> Optional.of(new TextFilters(call, "grep").grep(name));
            case "awk", "gawk", "mawk" -> Optional.of(new TextFilters(call, "awk").awk());
            case "sed" -> new TextFilters(call, name).sed();
            default -> Optional.empty();
        };
    }

    private Status print(Text line) {
        call.out().add(line.plus(Text.of("\n")));
        return Status.SUCCESS;
    }

    private Status echo() {
        int from = 0;
        boolean newline = true;
        boolean escapes = !shell.isBash();
        while (from < words.size()
                && words.get(from).text().matches("-[neE]+")
                && words.get(from).known()) {
            String options = words.get(from).text();
            if (!shell.isBash() && !options.equals("-n")) {
                break;
            }
            newline &= !options.contains("n");
            escapes = options.contains("e") || (escapes && !options.contains("E"));
            from++;
        }
        Text text = Text.EMPTY;
        for (int i = from; i < words.size(); i++) {
            text = text.plus(Text.of(i > from ? " " : "")).plus(printed(words.get(i)));
        }
        text = escapes ? new Text(Escapes.printed(text.raw())) : text;
        call.out().add(newline ? text.plus(Text.of("\n")) : text);
        return Status.SUCCESS;
    }

    /** A pattern may be printed as the names of files. */
    private static Text printed(Field word) {
        return word.pattern() == null
                ? word.value()
                : Text.beginningWith(word.text().replaceAll("[*?\\[].*", ""));
    }

    private Status printf() {
        int from = !words.isEmpty() && words.get(0).is("--") ? 1 : 0;
        boolean assigns = from + 1 < words.size() && words.get(from).is("-v");
        int format = assigns ? from + 2 : from;
        if (format >= words.size()) {
            return Status.FAILURE;
        }
        Text text = PrintFormat.print(words.get(format).value(), words.subList(format + 1, words.size()));
        if (assigns) {
            shell.assign(words.get(from + 1).text(), text, call.location());
        } else {
            call.out().add(text);
        }
        return Status.SUCCESS;
    }

    private List<Field> operands() {
        return words.stream()
                .filter(word -> !word.text().startsWith("-") || word.is("-"))
                .toList();
    }

    private Status named(String name) {
        List<Field> operands = new ArrayList<>(words);
        operands.removeIf(word ->
                word.text().matches("--?[a-z]*") && word.known() && !word.text().isEmpty());
        if (operands.isEmpty()) {
            return Status.FAILURE;
        }
        boolean all = name.equals("dirname") || words.stream().anyMatch(word -> word.is("-a"));
        for (Field operand : all ? operands : operands.subList(0, 1)) {
            Text suffix =
                    all || operands.size() < 2 ? Text.EMPTY : operands.get(1).value();
            print(name.equals("dirname") ? directory(operand.value()) : base(operand.value(), suffix));
        }
        return Status.SUCCESS;
    }

    private static Text directory(Text path) {
        if (!path.isKnown()) {
            // The hole may contain slashes.
            return path.directory()
                    .filter(known -> !known.isEmpty() && !known.equals("/"))
                    .map(Text::beginningWith)
                    .orElse(Text.UNKNOWN);
        }
        Text parent = path.parent();
        return parent.isKnown() ? parent : Text.of(path.raw().startsWith("/") ? "/" : ".");
    }

    private static Text base(Text path, Text suffix) {
        if (!path.isKnown() || !suffix.isKnown()) {
            return Text.UNKNOWN;
        }
        String text = path.raw().replaceFirst("(?<=.)/+$", "");
        String name = text.equals("/") ? text : text.substring(text.lastIndexOf('/') + 1);
        String end = suffix.raw();
        boolean cuts = !end.isEmpty() && name.endsWith(end) && !name.equals(end);
        return Text.of(cuts ? name.substring(0, name.length() - end.length()) : name);
    }

    private Status id() {
        Options options = Options.of("id", words);
        List<Field> names = options.operands();
        if (!names.isEmpty() && !names.get(0).isExact()) {
            call.out().addUnknown();
            return Status.UNKNOWN;
        }
        Optional<String> user =
                names.isEmpty() ? Optional.empty() : names.get(0).exact();
        Truth exists = user.isEmpty() ? Truth.TRUE : shell.host().hasUser(user.get());
        if (exists.isFalse()) {
            return Status.FAILURE;
        }
        String kind = options.has("u", "user") ? "u" : options.has("g", "group") ? "g" : "";
        boolean understood = !kind.isEmpty() && options.hasOnly("ugn", "user", "group", "name");
        print(understood ? shell.host().id(kind + (options.has("n", "name") ? "n" : ""), user) : Text.UNKNOWN);
        return Status.of(exists);
    }

    private Status getent() {
        if (words.size() != 2 || !words.get(1).isExact() || !words.get(0).text().matches("passwd|group")) {
            call.out().addUnknown();
            return Status.UNKNOWN;
        }
        Text line = shell.host().account(words.get(0).text(), words.get(1).text());
        if (line.raw().isEmpty()) {
            return Status.FAILURE;
        }
        print(line);
        return line.equals(Text.UNKNOWN) ? Status.UNKNOWN : Status.SUCCESS;
    }

    private Status expr() {
        boolean sums = words.size() == 3
                && words.stream().allMatch(Field::isExact)
                && words.get(0).text().matches("-?\\d{1,9}")
                && words.get(2).text().matches("-?\\d{1,9}")
                && words.get(1).text().matches("[-+*/%]|[<>]=?|!?=");
        if (!sums) {
            call.out().addUnknown();
            return Status.UNKNOWN;
        }
        String operator = words.get(1).text().equals("=") ? "==" : words.get(1).text();
        Optional<Long> value = new Arithmetic(shell)
                .value(Text.of(words.get(0).text() + " " + operator + " "
                        + words.get(2).text()));
        print(value.map(Text::of).orElse(Text.UNKNOWN));
        return Arithmetic.status(value);
    }

    private Status resolved(String name) {
        boolean follows = name.equals("realpath")
                || words.stream().anyMatch(word -> word.text().matches("-[efmn]+"));
        List<Field> operands = operands();
        if (operands.isEmpty()) {
            return Status.FAILURE;
        }
        Optional<ContainerPath> path = shell.path(operands.get(0));
        if (path.isEmpty()) {
            call.out().addUnknown();
            return Status.ASSUMED_SUCCESS;
        }
        FileStatus entry = shell.host().entry(path.get(), follows);
        if (follows) {
            ContainerPath real = shell.host().real(path.get());
            boolean unsure = entry.is(EntryKind.UNKNOWN);
            print(unsure ? Text.beginningWith(real.toString()) : Text.of(real.toString()));
            boolean parentMissing = entry.is(EntryKind.MISSING)
                    && shell.host().entry(real.parent(), true).is(EntryKind.MISSING);
            return unsure ? Status.ASSUMED_SUCCESS : parentMissing ? Status.FAILURE : Status.SUCCESS;
        }
        if (entry.is(EntryKind.SYMLINK)) {
            return print(Text.of(entry.target()));
        }
        call.out().add(entry.is(EntryKind.UNKNOWN) ? Text.UNKNOWN : Text.EMPTY);
        return entry.is(EntryKind.UNKNOWN) ? Status.UNKNOWN : Status.FAILURE;
    }

    private Status stat() {
        Options options = Options.of("stat", words);
        Optional<String> format = options.value("c", "format").map(Field::value).flatMap(Text::known);
        boolean follows = options.has("L", "dereference");
        if (format.isEmpty()
                || !options.hasOnly("cL", "format", "dereference")
                || options.operands().isEmpty()) {
            call.out().addUnknown();
            return Status.ASSUMED_SUCCESS;
        }
        Status status = Status.SUCCESS;
        for (Field file : options.operands()) {
            Optional<FileStatus> entry =
                    shell.path(file).map(path -> shell.host().entry(path, follows));
            if (entry.isPresent() && entry.get().is(EntryKind.MISSING)) {
                status = Status.FAILURE;
            } else {
                print(formatted(format.get(), file, entry.orElse(FileStatus.UNKNOWN)));
            }
        }
        return status;
    }

    private static Text formatted(String format, Field file, FileStatus entry) {
        Text text = Text.EMPTY;
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%' || i + 1 >= format.length()) {
                text = text.plus(Text.of(format.substring(i, i + 1)));
                continue;
            }
            text = text.plus(
                    switch (format.charAt(++i)) {
                        case 'u' -> entry.user();
                        case 'g' -> entry.group();
                        case 'U' -> entry.userName();
                        case 'G' -> entry.groupName();
                        case 'a' -> entry.mode() == null ? Text.UNKNOWN : Text.of(Integer.toOctalString(entry.mode()));
                        case 'n' -> file.value();
                        case '%' -> Text.of("%");
                        default -> Text.UNKNOWN;
                    });
        }
        return text;
    }

    private Status ls() {
        Options options = Options.of("ls", words);
        boolean itself = options.has("d", "directory");
        boolean plain = options.hasOnly("1dAa");
        List<Field> operands = options.operands().isEmpty() ? List.of(Field.of(".")) : options.operands();
        Status status = Status.SUCCESS;
        for (Field operand : operands) {
            Optional<ContainerPath> path = shell.path(operand);
            FileStatus entry = path.map(file -> shell.host().entry(file, true)).orElse(FileStatus.UNKNOWN);
            if (entry.is(EntryKind.MISSING)) {
                status = Status.FAILURE;
                continue;
            }
            status = entry.is(EntryKind.UNKNOWN) && status == Status.SUCCESS ? Status.UNKNOWN : status;
            Optional<List<String>> names = path.filter(file -> !itself && entry.is(EntryKind.DIRECTORY))
                    .flatMap(file -> shell.host().names(shell.host().real(file)));
            if (plain && (itself || entry.is(EntryKind.FILE)) && !entry.is(EntryKind.UNKNOWN)) {
                print(operand.value());
            } else if (plain && names.isPresent() && operands.size() == 1) {
                boolean all = options.has("a", "A");
                names.get().stream()
                        .filter(name -> all || !name.startsWith("."))
                        .forEach(name -> print(Text.of(name)));
            } else {
                call.out().addUnknown();
            }
        }
        return status;
    }

    private Status which() {
        List<Field> names = operands();
        if (names.isEmpty() || !names.get(0).isExact()) {
            call.out().addUnknown();
            return Status.UNKNOWN;
        }
        return Programs.which(call, names.get(0).text());
    }
}
