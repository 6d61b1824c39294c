// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.OptionNames.Takes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a program runs its arguments as a command. */
public final class Wrapper {

    private final OptionNames options;
    private final Map<String, String> settings = new HashMap<>();

    private Wrapper(OptionNames options) {
        this.options = options;
    }

    static Wrapper of(List<String> words, OptionNames options) {
        Wrapper wrapper = new Wrapper(options);
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            wrapper.settings.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
        }
        return wrapper;
    }

    /** Whether an option, as written, has the next word as its value. */
    public boolean takesNext(String option) {
        String name = OptionNames.name(option);
        if (options.words() || option.startsWith("--")) {
            return options.takes(name) == Takes.VALUE;
        }
        for (int i = 0; i < name.length(); i++) {
            if (options.takes(name.substring(i, i + 1)) == Takes.VALUE) {
                return i + 1 == name.length();
            }
        }
        return false;
    }

    /** How many words of its own it takes besides options, such as the user of gosu. */
    public int operands() {
        return Integer.parseInt(settings.getOrDefault("operands", "0"));
    }

    /** Whether {@code NAME=value} before the command sets a variable. */
    public boolean assigns() {
        return settings.containsKey("assigns");
    }

    /** Where the user is named: an option, or {@code first} for its first own word; empty for nowhere. */
    public String user() {
        return settings.getOrDefault("user", "");
    }

    /** Whether it writes before it runs its arguments. */
    public boolean writes() {
        return settings.containsKey("itself");
    }

    /** Whether it runs its arguments after one of some verbs only, and a command has another: {@code bundle install}. */
    public boolean hasOtherVerb(List<Field> words) {
        String verbs = settings.get("verb");
        if (verbs == null) {
            return false;
        }
        for (String verb : verbs.split("\\|", -1)) {
            if (words.size() > 1 && words.get(1).is(verb)) {
                return false;
            }
        }
        return true;
    }
}
