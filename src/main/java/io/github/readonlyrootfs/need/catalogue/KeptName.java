// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a name says of a path: that something is kept there. Which words say so is in {@code kept-names.txt}.
 *
 * @param keeps what is kept; empty if its loss does no harm
 * @param sure whether it says so even of a path that the image may have
 */
public record KeptName(Optional<Keeps> keeps, boolean sure) {

    /** A name that says so only of a path that the image certainly lacks. */
    private static final KeptName UNSURE = new KeptName(Optional.empty(), false);

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Pattern PLACE = Pattern.compile("(?i).*(?:dir|directory|folder)");

    /** What a word means: one of the kinds of the data file. */
    private static final class Words {

        static final Map<String, String> KINDS = new HashMap<>();
        static final Set<String> ENDINGS = new TreeSet<>();
        static final Set<String> NAMES = new TreeSet<>();
        static final List<ContainerPath> SYSTEM = new ArrayList<>();
        static final List<ContainerPath> ROOTS = new ArrayList<>();
        static final List<ContainerPath> VARIABLE = new ArrayList<>();

        static {
            for (String line : DataFiles.lines(KeptName.class, "kept-names.txt")) {
                String[] parts = line.split(": ", 2);
                for (String word : parts[1].split(" ", -1)) {
                    add(parts[0], word);
                }
            }
        }

        private static void add(String kind, String word) {
            switch (kind) {
                case "ending" -> ENDINGS.add(word);
                case "name" -> NAMES.add(word);
                case "variable" -> VARIABLE.add(ContainerPath.of(word));
                case "root" -> ROOTS.add(ContainerPath.of(word));
                case "system" -> SYSTEM.add(ContainerPath.of(word));
                default -> KINDS.put(word, kind);
            }
        }

        /** The kind of a word, or of the word before an ending: {@code logdir} is one of {@code log}. */
        static String kind(String word) {
            String known = KINDS.get(word);
            if (known != null) {
                return known;
            }
            for (String ending : ENDINGS) {
                if (word.endsWith(ending)) {
                    String kind = KINDS.get(word.substring(0, word.length() - ending.length()));
                    if (kind != null) {
                        return kind;
                    }
                }
            }
            return "";
        }
    }

    /** What a name of a setting, option, variable or directory says; empty if it does not say that something is kept. */
    public static Optional<KeptName> of(String name) {
        Set<String> kinds = kinds(name);
        if (kinds.contains("other") || kinds.isEmpty()) {
            return Optional.empty();
        }
        if (kinds.contains("written")) {
            return Optional.of(new KeptName(Optional.empty(), true));
        }
        for (Keeps keeps : Keeps.values()) {
            if (kinds.contains(keeps.name().toLowerCase(Locale.ROOT))) {
                return Optional.of(new KeptName(Optional.of(keeps), true));
            }
        }
        return Optional.of(UNSURE);
    }

    /** Whether the name is about something that is read, such as a configuration. */
    public static boolean isOfOther(String name) {
        return kinds(name).contains("other");
    }

    private static Set<String> kinds(String name) {
        Set<String> kinds = new HashSet<>();
        if (Words.NAMES.contains(name)) {
            return kinds;
        }
        for (String word : BETWEEN_WORDS.split(name, -1)) {
            String kind = Words.kind(word.toLowerCase(Locale.ROOT));
            if (!kind.isEmpty()) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** Whether the name says so of a path that the image lacks. */
    public boolean saysSoOf(ContainerPath path) {
        return sure || isIn(path, Words.VARIABLE);
    }

    /** Whether packages, not applications, keep their files in a directory. */
    public static boolean isOfSystem(ContainerPath directory) {
        return isIn(directory, Words.SYSTEM);
    }

    /** Whether a path is one of files, not of a URL: it begins as those of files do, or its name ends with such a word. */
    public static boolean isPlace(ContainerPath path, String name) {
        String[] words = BETWEEN_WORDS.split(name, -1);
        return isIn(path, Words.ROOTS) || PLACE.matcher(words[words.length - 1]).matches();
    }

    private static boolean isIn(ContainerPath path, List<ContainerPath> directories) {
        for (ContainerPath directory : directories) {
            if (path.isAtOrBelow(directory)) {
                return true;
            }
        }
        return false;
    }
}
