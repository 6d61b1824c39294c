// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The known shells, and how their command lines are read. */
public final class Shells {

    private static final Set<String> NAMES = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

    private Shells() {}

    public static boolean isShell(String name) {
        return NAMES.contains(name);
    }

    /**
     * How a shell is started.
     *
     * @param letters its short options that are switched on
     * @param named those of {@code -o}
     * @param rest what follows the options
     * @param input whether it reads its script from its input
     */
    public record Start(String letters, Set<String> named, List<Field> rest, boolean input) {

        /** Whether the first word of the rest is the script itself. */
        public boolean hasText() {
            return letters.indexOf('c') >= 0;
        }

        public void apply(Shell shell) {
            shell.setOptions(letters, true);
            for (String option : named) {
                shell.setOption(option, true);
            }
        }
    }

    /** Sets the options that the words after a shell's name set. */
    public static void configure(Shell shell, List<String> words) {
        List<Field> fields = new ArrayList<>();
        for (String word : words) {
            if (!word.isEmpty()) {
                fields.add(Field.of(word));
            }
        }
        start(fields).apply(shell);
    }

    /** Reads the words after a shell's name. */
    public static Start start(List<Field> words) {
        StringBuilder letters = new StringBuilder();
        Set<String> named = new TreeSet<>();
        int at = 0;
        while (at < words.size()) {
            Field word = words.get(at);
            String text = word.text();
            if (word.is("--") || word.is("-")) {
                at++;
                break;
            }
            if (!text.matches("[-+]\\w+|--\\w.*")) {
                break;
            }
            at++;
            if (text.startsWith("--")) {
                continue;
            }
            boolean on = text.startsWith("-");
            if (on) {
                letters.append(text, 1, text.length());
            }
            if (text.matches("[-+]\\w*[oO]") && at < words.size()) {
                if (on) {
                    named.add(words.get(at).text());
                }
                at++;
            }
        }
        List<Field> rest = words.subList(at, words.size());
        boolean input = letters.indexOf("c") < 0 && (rest.isEmpty() || letters.indexOf("s") >= 0);
        return new Start(letters.toString(), named, rest, input);
    }
}
