// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.data.DataFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command's words split as GNU's getopt does: options with and without values, and operands in any order. */
public final class Options {

    /** Those of a program that take a value: the letters, and the long names without dashes. */
    private record Valued(String letters, Set<String> names) {

        static final Valued NONE = new Valued("", Set.of());
    }

    /** {@code options.txt}, read when it is first needed. */
    private static final class Known {

        static final Map<String, Valued> VALUED = new HashMap<>();

        static {
            for (String line : DataFiles.lines(Options.class, "options.txt")) {
                String[] words = line.split(" ", -1);
                VALUED.put(
                        words[0],
                        new Valued(
                                words[1].equals("-") ? "" : words[1],
                                new HashSet<>(Arrays.asList(words).subList(2, words.length))));
            }
        }
    }

    /** An option as written, without its dashes; an empty text is the value of one that takes none. */
    private record Option(String name, Field value) {}

    private final List<Option> options = new ArrayList<>();
    private final List<Field> operands = new ArrayList<>();

    private Options() {}

    /** Splits the arguments of a program. No option of a program that {@code options.txt} does not list has a value. */
    public static Options of(String program, List<Field> words) {
        Valued valued = Known.VALUED.getOrDefault(program, Valued.NONE);
        Options parsed = new Options();
        for (int i = 0; i < words.size(); i++) {
            Field word = words.get(i);
            String text = word.text();
            if (word.is("--")) {
                parsed.operands.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (text.startsWith("--")) {
                int equals = text.indexOf('=');
                String name = text.substring(2, equals < 0 ? text.length() : equals);
                if (equals >= 0) {
                    parsed.options.add(new Option(name, word.from(equals + 1)));
                } else {
                    boolean takesNext = valued.names.contains(name) && i + 1 < words.size();
                    parsed.options.add(new Option(name, takesNext ? words.get(++i) : Field.of("")));
                }
            } else if (text.startsWith("-") && text.length() > 1) {
                i = parsed.letters(words, i, valued.letters);
            } else {
                parsed.operands.add(word);
            }
        }
        return parsed;
    }

    private int letters(List<Field> words, int at, String withValue) {
        Field word = words.get(at);
        for (int i = 1; i < word.text().length(); i++) {
            String letter = word.text().substring(i, i + 1);
            if (!withValue.contains(letter)) {
                options.add(new Option(letter, Field.of("")));
            } else if (i + 1 < word.text().length() || !word.known()) {
                options.add(new Option(letter, word.from(i + 1)));
                return at;
            } else if (at + 1 < words.size()) {
                options.add(new Option(letter, words.get(at + 1)));
                return at + 1;
            }
        }
        return at;
    }

    /** Whether one of these is given. */
    public boolean has(String... names) {
        return !values(names).isEmpty();
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
