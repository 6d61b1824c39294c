// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Effect.Kind;
import io.github.readonlyrootfs.program.Effect.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A line of {@code programs.txt} that says what a program does to files. */
record EffectRow(
        Kind kind,
        List<List<String>> targets,
        Set<Trait> traits,
        List<String> any,
        List<String> also,
        List<String> none) {

    /** Words that name a stream, or a database of sqlite3 in memory. */
    private static final Set<String> NO_FILE = Set.of("", "-", ":memory:");

    /** Reads a line, the effect first. */
    static EffectRow of(List<String> words) {
        List<List<String>> targets = new ArrayList<>();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        List<String> any = new ArrayList<>();
        List<String> also = new ArrayList<>();
        List<String> none = new ArrayList<>();
        List<String> condition = List.of();
        boolean conditions = false;
        for (String word : words.subList(1, words.size())) {
            switch (word) {
                case "if" -> condition = any;
                case "and" -> condition = also;
                case "unless" -> condition = none;
                case "parents" -> traits.add(Trait.PARENTS);
                case "existing" -> traits.add(Trait.EXISTING);
                case "local" -> traits.add(Trait.LOCAL);
                case "lenient" -> traits.add(Trait.LENIENT);
                case "special" -> traits.add(Trait.SPECIAL);
                case "unlinks" -> traits.add(Trait.UNLINKS);
                case "found" -> traits.add(Trait.FOUND);
                case "goes-on" -> traits.add(Trait.GOES_ON);
                default -> {
                    if (conditions) {
                        condition.add(word);
                    } else {
                        targets.add(List.of(word.split("\\|", -1)));
                    }
                }
            }
            conditions |= Set.of("if", "and", "unless").contains(word);
        }
        return new EffectRow(Kind.valueOf(words.get(0).toUpperCase(Locale.ROOT)), targets, traits, any, also, none);
    }

    /** Adds what it says of a command. */
    void addTo(List<Effect> effects, Operation of) {
        if ((!any.isEmpty() && !of.isOne(any)) || (!also.isEmpty() && !of.isOne(also)) || of.isOne(none)) {
            return;
        }
        if (targets.isEmpty()) {
            effects.add(new Effect(kind, of.program(), traits));
        }
        for (List<String> alternatives : targets) {
            for (String target : alternatives) {
                List<Field> paths = of.target(target);
                paths.forEach(path -> add(effects, path, target));
                if (!paths.isEmpty()) {
                    break;
                }
            }
        }
    }

    private void add(List<Effect> effects, Field path, String target) {
        boolean remote = traits.contains(Trait.LOCAL) && path.text().matches("[^/]*:.*");
        if (!remote && !(path.known() && NO_FILE.contains(path.text()))) {
            Set<Trait> own = EnumSet.noneOf(Trait.class);
            own.addAll(traits);
            if (target.equals("?")) {
                own.add(Trait.SOMEWHERE);
            }
            effects.add(new Effect(kind, path, own));
        }
    }
}
