// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version, ordered as in Maven for the usual forms: {@code 1.9 < 1.10}, {@code 2.0-rc1 < 2.0 = 2.0.0 =
 * 2.0.Final < 2.0-jre < 2.0.1}.
 */
final class ArtifactVersion implements Comparable<ArtifactVersion> {

    private static final Pattern PART = Pattern.compile("\\d+|[a-z]+");

    /** The qualifiers that Maven orders; the empty one is the release. */
    private static final List<String> WORDS = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

    private static final Map<String, String> OTHER_WORDS =
            Map.of("a", "alpha", "b", "beta", "m", "milestone", "cr", "rc", "ga", "", "final", "", "release", "");

    /** {@code BigInteger} or {@code String}; without zeros at the end of a run of numbers. */
    private final List<Object> parts = new ArrayList<>();

    ArtifactVersion(String text) {
        Matcher matcher = PART.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            String part = matcher.group();
            if (Character.isDigit(part.charAt(0))) {
                parts.add(new BigInteger(part));
            } else {
                dropZeros();
                String word = OTHER_WORDS.getOrDefault(part, part);
                if (!word.isEmpty()) {
                    parts.add(word);
                }
            }
        }
        dropZeros();
    }

    private void dropZeros() {
        while (!parts.isEmpty() && parts.get(parts.size() - 1).equals(BigInteger.ZERO)) {
            parts.remove(parts.size() - 1);
        }
    }

    @Override
    public int compareTo(ArtifactVersion other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private Object part(int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private static int compare(Object one, Object other) {
        if (one instanceof BigInteger number && other instanceof BigInteger second) {
            return number.compareTo(second);
        }
        if (one instanceof String word && other instanceof String second) {
            int order = Integer.compare(rank(word), rank(second));
            return order != 0 ? order : word.compareTo(second);
        }
        return one instanceof BigInteger ? 1 : -1;
    }

    private static int rank(String word) {
        int known = WORDS.indexOf(word);
        return known < 0 ? WORDS.size() : known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArtifactVersion version && parts.equals(version.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }
}
