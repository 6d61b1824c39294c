// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How people are spoken to, whatever the report. */
final class Words {

    /** Far above what is printed for any file that ECS and the builder accept. */
    private static final int MAX_LINE = 10_000;

    private Words() {}

    /** {@code Dockerfile:5}. */
    static String place(Location location) {
        return plain(location.file()) + ":" + location.line();
    }

    /** {@code 1 error}, {@code 2 errors}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 2 errors}, of the findings that count; empty where there is none. */
    static Optional<String> count(List<Finding> findings, Severity severity) {
        long number = findings.stream()
                .filter(finding -> !finding.isSuppressed() && finding.severity() == severity)
                .count();
        return number == 0 ? Optional.empty() : Optional.of(count(number, severity.label()));
    }

    /** {@code 2 errors} and {@code 1 warning}; empty where there is none of these severities. */
    static List<String> counts(List<Finding> findings, Severity... severities) {
        return Stream.of(severities)
                .flatMap(severity -> count(findings, severity).stream())
                .toList();
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String and(List<String> words) {
        int last = words.size() - 1;
        return last <= 0
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /**
     * {@code  (in Web, on FARGATE)} where a finding holds only for one of several tasks, and only on some of the
     * platforms on which that is judged; else less, or nothing.
     */
    static String scope(Finding finding, Analysis tasks) {
        List<String> parts = new ArrayList<>();
        if (tasks.all().size() > 1) {
            finding.resource().ifPresent(resource -> parts.add("in " + plain(resource)));
        }
        List<Platform> judged = tasks.task(finding.resource())
                .map(task -> task.platforms().judged())
                .orElse(List.of());
        if (!finding.platforms().containsAll(judged) && !finding.platforms().isEmpty()) {
            parts.add(
                    "on " + and(finding.platforms().stream().map(Platform::name).toList()));
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    /** {@code needed by pom.xml:41 <writablePaths>}. */
    static String related(Finding.Related related) {
        return related.label() + " "
                + related.location().map(where -> place(where) + " ").orElse("") + related.text();
    }

    /**
     * Text that does nothing to a terminal: control characters, those that turn the direction of writing around, and
     * halves of characters become question marks, one each. It has as many characters as before.
     */
    static String plain(String text) {
        return plain(text, ' ');
    }

    /** The same with tabs as they are, for what is to be pasted. */
    static String pasted(String text) {
        return plain(text, '\t');
    }

    private static String plain(String text, char tab) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                plain.append(c).append(text.charAt(++i));
            } else {
                plain.append(isHarmless(c) ? c : c == '\t' ? tab : c == '\n' ? ' ' : '?');
            }
        }
        return plain.toString();
    }

    /** {@link #pasted(String)} text that is no longer than anybody reads. */
    static String line(String text) {
        return pasted(cut(text, MAX_LINE));
    }

    /** A text, or its beginning where it has more characters. */
    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Not even characters, and refused by XML.
            default -> c < '\uFFFE';
        };
    }
}
