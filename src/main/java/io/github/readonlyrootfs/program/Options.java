// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.OptionNames.Takes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A command's words split as GNU's getopt does: options with and without values, and operands in any order. */
public final class Options {

    /** An option as written, without its dashes; an empty text is the value of one that takes none. */
    private record Option(String name, Field value) {}

    private final OptionNames names;
    private final List<Option> options = new ArrayList<>();
    private final List<Field> operands = new ArrayList<>();

    /** Where the first operand is. */
    private int verbAt;

    /** The first option that the program is not known to have. */
    private Optional<Field> unknown = Optional.empty();

    private Options(OptionNames names) {
        this.names = names;
    }

    /** Splits the arguments of a program. No option of a program that {@code programs.txt} does not list has a value. */
    public static Options of(String program, List<Field> words) {
        return of(Program.named(program).map(Program::options).orElse(OptionNames.NONE), words);
    }

    static Options of(OptionNames names, List<Field> words) {
        Options parsed = new Options(names);
        parsed.read(words);
        return parsed;
    }

    private void read(List<Field> words) {
        int first = names.bundled() && !words.isEmpty() && words.get(0).text().matches("\\w.*") ? bundle(words) : 0;
        for (int i = first; i < words.size(); i++) {
            Field word = words.get(i);
            String text = word.text();
            if (word.is("--")) {
                verbAt = operands.isEmpty() ? i + 1 : verbAt;
                operands.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (text.startsWith("--") || (names.words() && text.startsWith("-") && text.length() > 1)) {
                i = name(words, i);
            } else if (text.startsWith("-") && text.length() > 1) {
                i = letters(words, i);
            } else {
                verbAt = operands.isEmpty() ? i : verbAt;
                operands.add(word);
            }
        }
    }

    private int name(List<Field> words, int at) {
        Field word = words.get(at);
        int equals = word.text().indexOf('=');
        String name = names.full(
                OptionNames.name(equals < 0 ? word.text() : word.text().substring(0, equals)));
        check(name, word);
        if (equals >= 0) {
            options.add(new Option(name, word.from(equals + 1)));
            return at;
        }
        boolean takesNext = names.takes(name) == Takes.VALUE && at + 1 < words.size();
        options.add(new Option(name, takesNext ? words.get(at + 1) : Field.of("")));
        return takesNext ? at + 1 : at;
    }

    private int letters(List<Field> words, int at) {
        Field word = words.get(at);
        for (int i = 1; i < word.text().length(); i++) {
            String letter = word.text().substring(i, i + 1);
            Takes takes = names.takes(letter);
            check(letter, word);
            if (takes == null || takes == Takes.NOTHING) {
                options.add(new Option(letter, Field.of("")));
            } else if (takes == Takes.ATTACHED || i + 1 < word.text().length() || !word.known()) {
                options.add(new Option(letter, word.from(i + 1)));
                return at;
            } else if (at + 1 < words.size()) {
                options.add(new Option(letter, words.get(at + 1)));
                return at + 1;
            }
        }
        return at;
    }

    /** {@code tar xfC file directory}: the values of the letters follow in their order. */
    private int bundle(List<Field> words) {
        int next = 1;
        for (String letter : words.get(0).text().split("", -1)) {
            boolean takes = names.takes(letter) == Takes.VALUE && next < words.size();
            check(letter, words.get(0));
            options.add(new Option(letter, takes ? words.get(next++) : Field.of("")));
        }
        return next;
    }

    private void check(String name, Field word) {
        if (unknown.isEmpty() && !names.knows(name)) {
            unknown = Optional.of(word);
        }
    }

    /** Splits the words after the first operand, a verb, with the options of that verb; those before it are kept. */
    Options verb(List<Field> words, OptionNames ofVerb) {
        Options parsed = new Options(names.and(ofVerb));
        parsed.options.addAll(of(names, words.subList(0, verbAt)).options);
        parsed.read(words.subList(verbAt + 1, words.size()));
        return parsed;
    }

    /** An option that the program is not known to have. */
    public Optional<Field> unknown() {
        return unknown;
    }

    /** Whether one of these is given. */
    public boolean has(String... names) {
        return !values(names).isEmpty();
    }

    boolean has(List<String> names) {
        return options.stream().anyMatch(option -> names.contains(option.name));
    }

    /** Whether all options are among these letters and long names. */
    public boolean hasOnly(String letters, String... names) {
        for (Option option : options) {
            boolean isLetter = option.name.length() == 1 && letters.contains(option.name);
            if (!isLetter && !Arrays.asList(names).contains(option.name)) {
                return false;
            }
        }
        return true;
    }

    /** The value of the last of these that is given. */
    public Optional<Field> value(String... names) {
        List<Field> values = values(names);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** The values of all of these that are given, in their order. */
    public List<Field> values(String... names) {
        List<Field> values = new ArrayList<>();
        for (Option option : options) {
            if (Arrays.asList(names).contains(option.name)) {
                values.add(option.value);
            }
        }
        return values;
    }

    public List<Field> operands() {
        return operands;
    }
}
