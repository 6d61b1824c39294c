// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code programs.txt} says of programs and of scripts whose text is not available. */
final class KnownPrograms {

    /**
     * A program that runs its arguments.
     *
     * @param valued its options that take the next word as their value
     * @param operands how many words of its own it takes besides options, such as the user of gosu
     * @param assigns whether {@code NAME=value} before the command sets a variable
     * @param user where the user is named: an option, or {@code first} for its first own word; empty for nowhere
     * @param verb the first operand without which it does not run its arguments; empty for none
     */
    record Wrapper(Set<String> valued, int operands, boolean assigns, String user, String verb) {

        private static Wrapper of(List<String> words) {
            Set<String> valued = new HashSet<>();
            Map<String, String> settings = new HashMap<>();
            for (String word : words) {
                if (word.startsWith("-")) {
                    valued.add(word);
                } else {
                    int equals = word.indexOf('=');
                    settings.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
                }
            }
            return new Wrapper(
                    valued,
                    Integer.parseInt(settings.getOrDefault("operands", "0")),
                    settings.containsKey("assigns"),
                    settings.getOrDefault("user", ""),
                    settings.getOrDefault("verb", ""));
        }
    }

    private static final Map<String, Wrapper> WRAPPERS = new HashMap<>();
    private static final Set<String> PRINTING = new HashSet<>();
    private static final Map<String, Set<String>> VARIABLES = new HashMap<>();

    static {
        for (String line : DataFiles.lines(KnownPrograms.class, "programs.txt")) {
            int colon = line.indexOf(':');
            List<String> subjects = Arrays.asList(line.substring(0, colon).split(" ", -1));
            List<String> words = Arrays.asList(line.substring(colon + 1).strip().split(" ", -1));
            for (String subject : subjects.subList(1, subjects.size())) {
                switch (subjects.get(0)) {
                    case "run" -> WRAPPERS.put(subject, Wrapper.of(words));
                    case "print" -> PRINTING.add(subject);
                    default -> VARIABLES.put(subject, Set.copyOf(words));
                }
            }
        }
    }

    private KnownPrograms() {}

    /** Null for a program that does not run its arguments. */
    static @Nullable Wrapper wrapper(String name) {
        return WRAPPERS.get(name);
    }

    /** Whether it changes nothing and prints what only the running system knows. */
    static boolean onlyPrints(String name) {
        return PRINTING.contains(name);
    }

    /** The variables that {@code .} of a script may change; empty if it may change any. */
    static Optional<Set<String>> variables(ContainerPath script) {
        String path = script.toString();
        for (Map.Entry<String, Set<String>> known : VARIABLES.entrySet()) {
            String end = known.getKey();
            if (end.startsWith("/") ? path.equals(end) : path.endsWith("/" + end)) {
                return Optional.of(known.getValue());
            }
        }
        return Optional.empty();
    }
}
