package io.github.readonlyrootfs.dockerfile;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Spelling {

    /** As far off as BuildKit's own suggestions go. */
    private static final int MAX_DISTANCE = 2;

    private Spelling() {}

    /** The nearest candidate, where one is near enough. */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        Optional<String> nearest = Optional.empty();
        int best = MAX_DISTANCE + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) > MAX_DISTANCE) {
                continue;
            }
            int distance = distance(word, candidate);
            if (distance < best) {
                best = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
