// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a program, see {@code programs.txt}.
 *
 * @param values how each option gets its value, by its letter or its name without dashes
 * @param words whether an option with one dash is a whole word
 * @param bundled whether the first word is letters of options even without a dash
 * @param open whether options that are not listed take no value and have no effect on files
 */
record OptionNames(Map<String, Takes> values, boolean words, boolean bundled, boolean open) {

    /** How an option gets its value. */
    enum Takes {
        NOTHING,
        /** In the same word or in the next one. */
        VALUE,
        /** In the same word only. */
        ATTACHED
    }

    static final OptionNames NONE = new OptionNames(Map.of(), false, false, true);

    /** Reads the options of a row. */
    static OptionNames of(List<String> written) {
        boolean words = written.contains("words");
        Map<String, Takes> values = new HashMap<>();
        for (String word : written) {
            Takes takes = word.endsWith("=") ? Takes.VALUE : word.endsWith("?") ? Takes.ATTACHED : Takes.NOTHING;
            String option = takes == Takes.NOTHING ? word : word.substring(0, word.length() - 1);
            if (option.startsWith("--") || (words && option.startsWith("-"))) {
                values.put(name(option), takes);
            } else if (option.startsWith("-")) {
                for (String letter : option.substring(1).split("", -1)) {
                    values.put(letter, takes);
                }
            }
        }
        return new OptionNames(values, words, written.contains("bundled"), written.contains("*"));
    }

    /** These options and further ones. */
    OptionNames and(OptionNames more) {
        Map<String, Takes> all = new HashMap<>(values);
        all.putAll(more.values);
        return new OptionNames(all, words || more.words, false, open && more.open);
    }

    /** An option without its dashes. */
    static String name(String option) {
        return option.startsWith("--") ? option.substring(2) : option.substring(1);
    }

    /** Null for an option that is not listed. */
    @Nullable
    Takes takes(String name) {
        return values.get(name);
    }

    /** The option that a name is short for: getopt takes the beginning of a single one for it. */
    String full(String name) {
        if (open || values.containsKey(name)) {
            return name;
        }
        List<String> begun =
                values.keySet().stream().filter(known -> known.startsWith(name)).toList();
        return begun.size() == 1 ? begun.get(0) : name;
    }

    boolean knows(String name) {
        return open || values.containsKey(name);
    }
}
