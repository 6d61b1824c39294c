// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.source.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bash's {@code {a,b}} and {@code {1..3}}, which come before every other expansion. */
final class BraceExpansion {

    private static final int MAX_WORDS = 2000;

    /** How many braces of a word are followed, beside or in each other. */
    private static final int MAX_DEPTH = 100;

    private final List<List<Word.Part>> words = new ArrayList<>();
    private final Effort effort;
    private boolean complete = true;

    private BraceExpansion(Effort effort) {
        this.effort = effort;
    }

    /**
     * The words of a word, in parts.
     *
     * @return empty if there are too many
     */
    static Optional<List<List<Word.Part>>> of(Word word, Effort effort) {
        boolean braces = word.parts().stream()
                .anyMatch(part -> part instanceof Word.Literal literal
                        && !literal.quoted()
                        && literal.text().contains("{"));
        if (!braces) {
            return Optional.of(List.of(word.parts()));
        }
        BraceExpansion expansion = new BraceExpansion(effort);
        expansion.expand(atoms(word.parts()), 0, 0);
        return expansion.complete ? Optional.of(expansion.words) : Optional.empty();
    }

    /** The text before the first brace, as far as it is known without the shell. */
    static Text beginning(Word word) {
        return word.parts().get(0) instanceof Word.Literal literal
                        && !literal.text().startsWith("~")
                ? Text.of(literal.text().substring(0, Math.max(0, literal.text().indexOf('{'))))
                : Text.EMPTY;
    }

    /** Splits unquoted literals into single characters. */
    private static List<Word.Part> atoms(List<Word.Part> parts) {
        List<Word.Part> atoms = new ArrayList<>();
        for (Word.Part part : parts) {
            if (part instanceof Word.Literal literal && !literal.quoted()) {
                for (int i = 0; i < literal.text().length(); i++) {
                    atoms.add(new Word.Literal(literal.text().substring(i, i + 1), false));
                }
            } else {
                atoms.add(part);
            }
        }
        return atoms;
    }

    private void expand(List<Word.Part> atoms, int from, int depth) {
        for (int open = from; open < atoms.size(); open++) {
            if (is(atoms, open, '{')) {
                effort.spend(atoms.size() - open);
                complete &= depth < MAX_DEPTH && words.size() < MAX_WORDS && !effort.isSpent();
                if (!complete) {
                    return;
                }
                int close = closing(atoms, open);
                List<List<Word.Part>> alternatives = close < 0 ? List.of() : alternatives(atoms, open, close);
                if (!alternatives.isEmpty()) {
                    for (List<Word.Part> alternative : alternatives) {
                        List<Word.Part> word = new ArrayList<>(atoms.subList(0, open));
                        word.addAll(alternative);
                        word.addAll(atoms.subList(close + 1, atoms.size()));
                        effort.spend(word.size());
                        expand(word, open, depth + 1);
                    }
                    return;
                }
            }
        }
        words.add(atoms);
    }

    private static int closing(List<Word.Part> atoms, int open) {
        int depth = 0;
        for (int i = open; i < atoms.size(); i++) {
            if (is(atoms, i, '{')) {
                depth++;
            } else if (is(atoms, i, '}') && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<List<Word.Part>> alternatives(List<Word.Part> atoms, int open, int close) {
        List<List<Word.Part>> alternatives = new ArrayList<>();
        int depth = 0;
        int start = open + 1;
        for (int i = open + 1; i < close; i++) {
            if (is(atoms, i, '{')) {
                depth++;
            } else if (is(atoms, i, '}')) {
                depth--;
            } else if (depth == 0 && is(atoms, i, ',')) {
                alternatives.add(atoms.subList(start, i));
                start = i + 1;
            }
        }
        if (alternatives.isEmpty()) {
            return sequence(atoms.subList(open + 1, close));
        }
        alternatives.add(atoms.subList(start, close));
        return alternatives;
    }

    private static List<List<Word.Part>> sequence(List<Word.Part> atoms) {
        StringBuilder text = new StringBuilder();
        for (Word.Part atom : atoms) {
            if (!(atom instanceof Word.Literal literal) || literal.quoted()) {
                return List.of();
            }
            text.append(literal.text());
        }
        String[] ends = text.toString().split("\\.\\.", -1);
        List<List<Word.Part>> alternatives = new ArrayList<>();
        if (ends.length == 2 && ends[0].matches("\\d{1,4}") && ends[1].matches("\\d{1,4}")) {
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[1]);
            for (int i = first; first <= last ? i <= last : i >= last; i += first <= last ? 1 : -1) {
                alternatives.add(List.of(new Word.Literal(String.valueOf(i), false)));
            }
        } else if (ends.length == 2 && ends[0].matches("[a-z]") && ends[1].matches("[a-z]")) {
            char first = ends[0].charAt(0);
            char last = ends[1].charAt(0);
            for (char c = first; first <= last ? c <= last : c >= last; c = (char) (c + (first <= last ? 1 : -1))) {
                alternatives.add(List.of(new Word.Literal(String.valueOf(c), false)));
            }
        }
        return alternatives;
    }

    private static boolean is(List<Word.Part> atoms, int at, char c) {
        return atoms.get(at) instanceof Word.Literal literal
                && !literal.quoted()
                && literal.text().length() == 1
                && literal.text().charAt(0) == c;
    }
}
