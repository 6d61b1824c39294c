// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts in what placeholders such as <code>${key}</code> and <code>${key:default}</code> stand for, recursively.
 */
public final class Placeholders {

    /** Longer than any path; texts that double with each level end here. */
    private static final int MAX_LENGTH = 4096;

    private static final int MAX_DEPTH = 50;

    private final Dialect dialect;
    private final Map<String, ResolvedText> resolved = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /** How one framework writes placeholders, and what they stand for. */
    public interface Dialect {

        /** What a placeholder begins with; it ends with a brace. */
        default String opening() {
            return "${";
        }

        /** What is between a name and its default. */
        String separator();

        /** What a name stands for, with placeholders of its own; absent where the default counts. */
        Value<String> lookup(String name);

        /** What a name stands for that was resolved before; it is asked for first. */
        default Optional<ResolvedText> resolved(String name) {
            return Optional.empty();
        }

        /** What is in the place of a name that stands for nothing and has no default. */
        ResolvedText undefined(String name);

        /** Why a text between placeholders does not mean what it says. */
        default Optional<String> objection(String plain) {
            return Optional.empty();
        }
    }

    public Placeholders(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A text with its placeholders put in. */
    public ResolvedText resolve(Value<String> value) {
        return resolve(value, 0);
    }

    /** A text with its placeholders put in. */
    public ResolvedText resolve(String text) {
        return resolve(text, 0);
    }

    private ResolvedText resolve(Value<String> value, int depth) {
        return value instanceof Value.Unknown<String> unknown
                ? ResolvedText.unknown(unknown.reason())
                : resolve(value.known().orElse(""), depth);
    }

    private ResolvedText resolve(String text, int depth) {
        if (depth > MAX_DEPTH) {
            return ResolvedText.unknown("its placeholders are nested more than " + MAX_DEPTH + " levels deep");
        }
        StringBuilder out = new StringBuilder();
        Optional<String> unknown = Optional.empty();
        int next = 0;
        while (true) {
            int start = text.indexOf(dialect.opening(), next);
            int end = start < 0 ? -1 : closing(text, start + dialect.opening().length());
            String plain = text.substring(next, end < 0 ? text.length() : start);
            Optional<String> objection = dialect.objection(plain);
            if (objection.isPresent()) {
                return ResolvedText.unknown(objection.get());
            }
            out.append(plain);
            if (end >= 0) {
                ResolvedText piece =
                        placeholder(text.substring(start + dialect.opening().length(), end), depth);
                out.append(piece.text());
                unknown = unknown.or(piece::unknown);
                next = end + 1;
            }
            if (out.length() > MAX_LENGTH) {
                return ResolvedText.unknown("it is longer than any path");
            }
            if (end < 0) {
                return new ResolvedText(out.toString(), unknown);
            }
        }
    }

    /** Where the brace is that closes a placeholder; -1 when there is none. */
    private static int closing(String text, int from) {
        int braces = 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                braces++;
            } else if (text.charAt(i) == '}' && braces-- == 0) {
                return i;
            }
        }
        return -1;
    }

    private ResolvedText placeholder(String content, int depth) {
        int separator = separator(content);
        ResolvedText name = resolve(separator < 0 ? content : content.substring(0, separator), depth + 1);
        if (!name.isKnown()) {
            return ResolvedText.unknown(name.unknown().orElseThrow());
        }
        Optional<ResolvedText> known =
                dialect.resolved(name.text()).or(() -> Optional.ofNullable(resolved.get(name.text())));
        if (known.isPresent()) {
            return known.get();
        }
        Value<String> value = dialect.lookup(name.text());
        if (value.isAbsent()) {
            return separator < 0
                    ? dialect.undefined(name.text())
                    : resolve(content.substring(separator + dialect.separator().length()), depth + 1);
        }
        if (!open.add(name.text())) {
            return ResolvedText.unknown("the value of " + name.text() + " contains itself");
        }
        ResolvedText text = resolve(value, depth + 1);
        open.remove(name.text());
        resolved.put(name.text(), text);
        return text;
    }

    /** Where the first separator is that is in no placeholder of the name; -1 when there is none. */
    private int separator(String content) {
        int braces = 0;
        for (int i = 0; i < content.length(); i++) {
            if (content.charAt(i) == '{') {
                braces++;
            } else if (content.charAt(i) == '}') {
                braces--;
            } else if (braces == 0 && content.startsWith(dialect.separator(), i)) {
                return i;
            }
        }
        return -1;
    }
}
