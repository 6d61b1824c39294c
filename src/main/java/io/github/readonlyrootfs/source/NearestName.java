// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant by a misspelt one. */
public final class NearestName {

    /** In a shorter text one letter makes another word rather than a misspelling: {@code /tmp} and {@code /tmp2}. */
    private static final int SHORTEST = 8;

    /** A shorter beginning says too little of the name that is meant. */
    private static final int SHORTEST_BEGINNING = 3;

    private NearestName() {}

    /**
     * The candidate that differs only by case, hyphens or underscores; else the one with the fewest mistyped letters;
     * else none, when every candidate is a different word.
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        Optional<String> same = sameLetters(name, candidates);
        if (same.isPresent()) {
            return same;
        }
        String wanted = letters(name);
        String nearest = null;
        int best = wanted.length() / 3;
        for (String candidate : candidates) {
            int distance = distance(wanted, letters(candidate), best);
            if (distance <= best) {
                nearest = candidate;
                // The first of several equally near ones stays.
                best = distance - 1;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The same, or else the only candidate that begins with the name. */
    public static Optional<String> orLonger(String name, Collection<String> candidates) {
        String wanted = letters(name);
        return of(name, candidates).or(() -> {
            List<String> longer = candidates.stream()
                    .distinct()
                    .filter(candidate -> wanted.length() >= SHORTEST_BEGINNING
                            && letters(candidate).startsWith(wanted))
                    .toList();
            return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
        });
    }

    /** The candidate that differs only by case, hyphens or underscores. */
    public static Optional<String> sameLetters(String name, Collection<String> candidates) {
        if (candidates.contains(name)) {
            return Optional.of(name);
        }
        String wanted = letters(name);
        return candidates.stream()
                .filter(candidate -> letters(candidate).equals(wanted))
                .findFirst();
    }

    /** Whether one text is the other with a slip: case, one letter too much, too few, wrong, or two swapped. */
    public static boolean isSlip(String one, String other) {
        String left = one.toLowerCase(Locale.ROOT);
        String right = other.toLowerCase(Locale.ROOT);
        // Digits number things: data1 and data2 are two directories, not a slip.
        return left.equals(right)
                || (Math.min(left.length(), right.length()) >= SHORTEST
                        && distance(left, right, 1) <= 1
                        && digits(left).equals(digits(right)));
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** How many letters to insert, delete, replace or swap with their neighbour; more than {@code limit} if too many. */
    private static int distance(String a, String b, int limit) {
        if (limit < 0 || Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
