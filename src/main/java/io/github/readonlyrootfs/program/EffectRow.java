// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Effect.Kind;
import io.github.readonlyrootfs.program.Effect.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A line of {@code programs.txt} that says what a program does to files. */
record EffectRow(Kind kind, List<List<String>> targets, Set<Trait> traits, Condition condition) {

    /** Words that name a stream, or a database of sqlite3 in memory. */
    private static final Set<String> NO_FILE = Set.of("", "-", ":memory:");

    /** What a command line must have: one of these words, one of these as well, and none of these. */
    record Condition(List<String> any, List<String> also, List<String> none) {

        private static final Set<String> BEGINNINGS = Set.of("if", "and", "unless");

        /** Reads what follows an effect and its targets. */
        static Condition of(List<String> words) {
            Condition condition = new Condition(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<String> of = condition.any;
            for (String word : words) {
                switch (word) {
                    case "if" -> of = condition.any;
                    case "and" -> of = condition.also;
                    case "unless" -> of = condition.none;
                    default -> of.add(word);
                }
            }
            return condition;
        }

        boolean holds(Operation of) {
            return (any.isEmpty() || of.isOne(any)) && (also.isEmpty() || of.isOne(also)) && !of.isOne(none);
        }
    }

    /** Reads a line, the effect first. */
    static EffectRow of(List<String> words) {
        List<List<String>> targets = new ArrayList<>();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        int at = 1;
        while (at < words.size() && !Condition.BEGINNINGS.contains(words.get(at))) {
            String word = words.get(at);
            Optional<Trait> trait = Trait.of(word);
            if (trait.isPresent()) {
                traits.add(trait.get());
            } else {
                targets.add(List.of(word.split("\\|", -1)));
            }
            at++;
        }
        return new EffectRow(
                Kind.valueOf(words.get(0).toUpperCase(Locale.ROOT)),
                targets,
                traits,
                Condition.of(words.subList(at, words.size())));
    }

    /** Adds what it says of a command. */
    void addTo(List<Effect> effects, Operation of) {
        if (!condition.holds(of)) {
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
