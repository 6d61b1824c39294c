// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.Escapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code xargs}: runs a command with words from its input. */
final class Xargs {

    private static final String VALUED = "aEILPdns";

    /** Their value, if any, is in the same word. */
    private static final String OPTIONALLY_VALUED = "eil";

    /** The most commands that one {@code xargs} starts; more are not followed. */
    private static final int MAX_RUNS = 2_000;

    private final Interpreter interpreter;
    private final Context context;

    private String separator = "";
    private Optional<String> replaced = Optional.empty();
    private int atOnce = Integer.MAX_VALUE;
    private boolean keepsEmpty = true;
    private boolean known = true;
    private Optional<String> file = Optional.empty();
    private int command;

    Xargs(Interpreter interpreter, Context context) {
        this.interpreter = interpreter;
        this.context = context;
    }

    Status run(Call call) {
        List<Field> words = call.arguments();
        options(words);
        List<Field> program = command < words.size() ? words.subList(command, words.size()) : List.of(Field.of("echo"));
        Text input = file.isEmpty()
                ? call.streams().in().all()
                : call.shell()
                        .path(Field.of(file.get()))
                        .map(call.shell()::content)
                        .orElse(Text.UNKNOWN);
        Optional<List<Text>> items = known ? items(input) : Optional.empty();
        if (items.isEmpty() || items.get().size() > MAX_RUNS) {
            return once(call, program, List.of(Field.unknown()));
        }
        if (items.get().isEmpty()) {
            return keepsEmpty && replaced.isEmpty() ? once(call, program, List.of()) : Status.SUCCESS;
        }
        Status status = Status.SUCCESS;
        List<Field> fields = items.get().stream().map(Field::of).toList();
        int step = replaced.isPresent() ? 1 : atOnce;
        for (int i = 0; i < fields.size(); i += Math.min(step, fields.size())) {
            Status one =
                    once(call, program, fields.subList(i, Math.min(fields.size(), i + Math.min(step, fields.size()))));
            status = one == Status.SUCCESS ? status : one;
        }
        return status;
    }

    private Status once(Call call, List<Field> program, List<Field> items) {
        List<Field> words = new ArrayList<>();
        if (replaced.isPresent() && !items.isEmpty()) {
            String mark = replaced.get();
            for (Field word : program) {
                boolean marked = word.known() && word.value().raw().contains(mark);
                words.add(
                        marked
                                ? Field.of(new Text(word.value()
                                        .raw()
                                        .replace(mark, items.get(0).value().raw())))
                                : word);
            }
        } else {
            words.addAll(program);
            words.addAll(items);
        }
        return interpreter.command(call.with(words), context);
    }

    private void options(List<Field> words) {
        while (command < words.size() && words.get(command).text().matches("-.+")) {
            String text = words.get(command++).text();
            if (text.equals("--replace") || text.startsWith("--replace=")) {
                valued('I', text.substring(Math.min(text.length(), "--replace=".length())));
                continue;
            }
            if (text.startsWith("--")) {
                known &= text.matches("--(null|no-run-if-empty|verbose|exit)");
                separator = text.equals("--null") ? "\0" : separator;
                keepsEmpty &= !text.equals("--no-run-if-empty");
                continue;
            }
            letters(text, words);
        }
    }

    private void letters(String text, List<Field> words) {
        for (int i = 1; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (OPTIONALLY_VALUED.indexOf(letter) >= 0) {
                optionallyValued(letter, text.substring(i + 1));
                return;
            }
            if (VALUED.indexOf(letter) < 0) {
                separator = letter == '0' ? "\0" : separator;
                keepsEmpty &= letter != 'r';
                known &= "0rtpx".indexOf(letter) >= 0;
                continue;
            }
            String value = text.substring(i + 1);
            if (value.isEmpty() && command < words.size()) {
                Field word = words.get(command++);
                known &= word.isExact();
                value = word.text();
            }
            valued(letter, value);
            return;
        }
    }

    private void optionallyValued(char letter, String value) {
        if (letter == 'i') {
            valued('I', value);
        } else {
            known &= letter == 'e' && value.isEmpty();
        }
    }

    private void valued(char letter, String value) {
        switch (letter) {
            case 'I' -> replaced = Optional.of(value.isEmpty() ? "{}" : value);
            case 'd' -> separator = Escapes.printed(value);
            case 'n', 'L' -> {
                known &= value.matches("[1-9]\\d{0,5}") && (letter == 'n' || value.equals("1"));
                atOnce = known ? Integer.parseInt(value) : atOnce;
            }
            case 'a' -> file = Optional.of(value);
            case 'P', 's' -> {}
            default -> known = false;
        }
    }

    private Optional<List<Text>> items(Text input) {
        if (!input.isKnown()) {
            return Optional.empty();
        }
        List<Text> items = new ArrayList<>();
        String text = input.raw();
        if (separator.isEmpty() && replaced.isEmpty() && text.matches("(?s).*[\\\\'\"].*")) {
            // xargs interprets quotes and backslashes itself.
            return Optional.empty();
        }
        String by = !separator.isEmpty() ? Pattern.quote(separator) : replaced.isPresent() ? "\n" : "\\s+";
        for (String item : text.split(by, -1)) {
            String trimmed = replaced.isPresent() && separator.isEmpty() ? item.stripLeading() : item;
            if (!trimmed.isEmpty()) {
                items.add(Text.of(trimmed));
            }
        }
        return Optional.of(items);
    }
}
