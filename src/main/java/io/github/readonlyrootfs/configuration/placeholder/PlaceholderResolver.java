// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces placeholders such as <code>${key}</code> and <code>${key:default}</code>, recursively.
 */
public final class PlaceholderResolver {

    /** Longer than any path; this bounds texts that double with each level. */
    private static final int MAX_LENGTH = 4096;

    private static final int MAX_DEPTH = 50;

    private final Dialect dialect;
    private final Map<String, Text> resolved = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /** How one framework writes placeholders, and their values. */
    public interface Dialect {

        /** The beginning of a placeholder; its end is a brace. */
        default String opening() {
            return "${";
        }

        /** The text between a name and its default. */
        String separator();

        /** The value of a name, which may have placeholders; absent if the default applies. */
        Value<String> lookup(String name);

        /** The value of a name that was resolved before; it takes precedence. */
        default Optional<Text> resolved(String name) {
            return Optional.empty();
        }

        /** The replacement of a name without value and default. */
        Text undefined(String name);

        /** Whether braces nest; if not, the first one closes. */
        default boolean nests() {
            return true;
        }

        /** Whether a dollar sign before a placeholder escapes it. */
        default boolean escapes() {
            return false;
        }

        /** Splits the content of a placeholder into name and default. */
        default Content split(String content) {
            int separator = PlaceholderResolver.indexOf(separator(), content);
            return separator < 0
                    ? new Content(content, Optional.empty(), false)
                    : new Content(
                            content.substring(0, separator),
                            Optional.of(
                                    content.substring(separator + separator().length())),
                            false);
        }

        /** Why a text between placeholders cannot be taken literally. */
        default Optional<String> objection(String plain) {
            return Optional.empty();
        }
    }

    /**
     * The content of a placeholder.
     *
     * @param fallback the default
     * @param chained whether the default is the content of another placeholder
     */
    public record Content(String name, Optional<String> fallback, boolean chained) {}

    public PlaceholderResolver(Dialect dialect) {
        this.dialect = dialect;
    }

    public Text resolve(Value<String> value) {
        return resolve(value, 0);
    }

    public Text resolve(String text) {
        return resolve(text, 0);
    }

    private Text resolve(Value<String> value, int depth) {
        return value instanceof Value.Unknown<String> unknown
                ? Text.unknown(unknown.reason())
                : resolve(value.known().orElse(""), depth);
    }

    private Text resolve(String text, int depth) {
        if (depth > MAX_DEPTH) {
            return Text.unknown("its placeholders are nested more than " + MAX_DEPTH + " levels deep");
        }
        Text out = Text.EMPTY;
        int next = 0;
        while (true) {
            int start = text.indexOf(dialect.opening(), next);
            if (dialect.escapes() && start > next && text.charAt(start - 1) == '$') {
                out = out.plus(Text.of(text.substring(next, start - 1) + dialect.opening()));
                next = start + dialect.opening().length();
                continue;
            }
            int end = start < 0 ? -1 : closing(text, start + dialect.opening().length());
            String plain = text.substring(next, end < 0 ? text.length() : start);
            Optional<String> objection = dialect.objection(plain);
            if (objection.isPresent()) {
                return Text.unknown(objection.get());
            }
            out = out.plus(Text.of(plain));
            if (end >= 0) {
                out = out.plus(
                        placeholder(text.substring(start + dialect.opening().length(), end), depth));
                next = end + 1;
            }
            if (out.raw().length() > MAX_LENGTH) {
                return Text.unknown("it is longer than any path");
            }
            if (end < 0) {
                return out;
            }
        }
    }

    /** The position of the brace that closes a placeholder; -1 if there is none. */
    private int closing(String text, int from) {
        if (!dialect.nests()) {
            return text.indexOf('}', from);
        }
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

    private Text placeholder(String content, int depth) {
        Content parts = dialect.split(content);
        Text name = dialect.nests() ? resolve(parts.name(), depth + 1) : Text.of(parts.name());
        if (!name.isKnown()) {
            return Text.unknown(name.unknown().orElseThrow());
        }
        String key = name.raw();
        Optional<Text> known = dialect.resolved(key).or(() -> Optional.ofNullable(resolved.get(key)));
        if (known.isPresent()) {
            return known.get();
        }
        Value<String> value = dialect.lookup(key);
        if (value.isAbsent()) {
            return parts.fallback()
                    .map(fallback -> fallback(fallback, parts.chained(), depth + 1))
                    .orElseGet(() -> dialect.undefined(key));
        }
        if (!open.add(key)) {
            return Text.unknown("the value of " + key + " contains itself");
        }
        Text text = resolve(value, depth + 1);
        open.remove(key);
        resolved.put(key, text);
        return text;
    }

    private Text fallback(String fallback, boolean chained, int depth) {
        if (depth > MAX_DEPTH) {
            return Text.unknown("its placeholders are nested more than " + MAX_DEPTH + " levels deep");
        }
        if (chained) {
            return placeholder(fallback, depth);
        }
        return dialect.nests() ? resolve(fallback, depth) : Text.of(fallback);
    }

    /** The position of the first separator outside of nested placeholders; -1 if there is none. */
    private static int indexOf(String separator, String content) {
        int braces = 0;
        for (int i = 0; i < content.length(); i++) {
            if (content.charAt(i) == '{') {
                braces++;
            } else if (content.charAt(i) == '}') {
                braces--;
            } else if (braces == 0 && content.startsWith(separator, i)) {
                return i;
            }
        }
        return -1;
    }
}
