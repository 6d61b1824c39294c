// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The condition of Logback's {@code <if>}, as far as it tests properties: {@code isDefined("A") && !p("B").equals("c")}, and the
 * equivalent classes from 1.5.20 on. Other scripts are unknown.
 */
final class LogbackCondition {

    /** No real condition nests its parentheses deeper. */
    private static final int MAX_DEPTH = 50;

    private static final String TEXT = "\"([^\"\\\\]*)\"";
    private static final Pattern ASKED = Pattern.compile("(isDefined|isNull)\\s*\\(\\s*" + TEXT + "\\s*\\)");
    private static final Pattern COMPARED = Pattern.compile("(?:property|p)\\s*\\(\\s*" + TEXT
            + "\\s*\\)\\s*\\.\\s*(equals|equalsIgnoreCase|contains|startsWith|endsWith)\\s*\\(\\s*" + TEXT + "\\s*\\)");
    private static final Pattern REVERSED = Pattern.compile(TEXT
            + "\\s*\\.\\s*(equals|equalsIgnoreCase)\\s*\\(\\s*(?:property|p)\\s*\\(\\s*" + TEXT + "\\s*\\)\\s*\\)");
    private static final Pattern FUNCTION =
            Pattern.compile("property(Equals|Contains)\\s*\\(\\s*" + TEXT + "\\s*,\\s*" + TEXT + "\\s*\\)");
    private static final Pattern LITERAL = Pattern.compile("(true|false)\\b");

    private final String text;
    private final Function<String, Value<String>> properties;
    private int next;
    private boolean strange;

    private LogbackCondition(String text, Function<String, Value<String>> properties) {
        this.text = text;
        this.properties = properties;
    }

    /** Whether a condition in Java holds. */
    static Truth holds(String text, Function<String, Value<String>> properties) {
        LogbackCondition condition = new LogbackCondition(text.strip(), properties);
        Truth truth = condition.either(0);
        condition.skip();
        return condition.strange || condition.next < condition.text.length() ? Truth.UNKNOWN : truth;
    }

    /** Whether an element {@code condition} holds. */
    static Truth holds(XmlElement element, Function<String, Value<String>> properties) {
        String type = element.attributeText("class").orElse("");
        Optional<String> key = element.childText("key").map(Value.Known::value);
        Optional<String> value = element.childText("value").map(Value.Known::value);
        return switch (type.substring(type.lastIndexOf('.') + 1)) {
            case "IsPropertyDefinedCondition" ->
                key.map(it -> isDefined(properties.apply(it))).orElse(Truth.UNKNOWN);
            case "IsPropertyNullCondition" ->
                key.map(it -> isDefined(properties.apply(it)).not()).orElse(Truth.UNKNOWN);
            case "PropertyEqualityCondition" ->
                key.isPresent() && value.isPresent()
                        ? compare(properties.apply(key.get()), "equals", value.get())
                        : Truth.UNKNOWN;
            case "ExpressionPropertyCondition" ->
                element.childText("expression")
                        .map(it -> holds(it.value(), properties))
                        .orElse(Truth.UNKNOWN);
            default -> Truth.UNKNOWN;
        };
    }

    private Truth either(int depth) {
        Truth truth = both(depth);
        while (take("||")) {
            truth = truth.or(both(depth));
        }
        return truth;
    }

    private Truth both(int depth) {
        Truth truth = one(depth);
        while (take("&&")) {
            truth = truth.and(one(depth));
        }
        return truth;
    }

    private Truth one(int depth) {
        if (depth > MAX_DEPTH) {
            strange = true;
            return Truth.UNKNOWN;
        }
        if (take("!")) {
            return one(depth + 1).not();
        }
        if (take("(")) {
            Truth inner = either(depth + 1);
            strange |= !take(")");
            return inner;
        }
        return atom();
    }

    private Truth atom() {
        Optional<Matcher> found = match(ASKED);
        if (found.isPresent()) {
            Truth defined = isDefined(properties.apply(found.get().group(2)));
            return found.get().group(1).equals("isNull") ? defined.not() : defined;
        }
        found = match(COMPARED);
        if (found.isPresent()) {
            return compare(found.get(), 1, 2, 3);
        }
        found = match(REVERSED);
        if (found.isPresent()) {
            return compare(found.get(), 3, 2, 1);
        }
        found = match(FUNCTION);
        if (found.isPresent()) {
            return compare(found.get(), 2, 1, 3);
        }
        found = match(LITERAL);
        strange |= found.isEmpty();
        return found.map(it -> Truth.of(it.group(1).equals("true"))).orElse(Truth.UNKNOWN);
    }

    private static Truth isDefined(Value<String> value) {
        return value.isUnknown() ? Truth.UNKNOWN : Truth.of(!value.isAbsent());
    }

    /** Compares a property; the numbers are those of groups in a match. */
    private Truth compare(Matcher match, int property, int how, int with) {
        return compare(properties.apply(match.group(property)), match.group(how), match.group(with));
    }

    /** A property that is not defined is compared as an empty text. */
    private static Truth compare(Value<String> value, String how, String with) {
        if (value.isUnknown()) {
            return Truth.UNKNOWN;
        }
        String text = value.known().orElse("");
        return Truth.of(
                switch (how.toLowerCase(Locale.ROOT)) {
                    case "equals" -> text.equals(with);
                    case "equalsignorecase" -> text.equalsIgnoreCase(with);
                    case "contains" -> text.contains(with);
                    case "startswith" -> text.startsWith(with);
                    default -> text.endsWith(with);
                });
    }

    private Optional<Matcher> match(Pattern pattern) {
        skip();
        Matcher matcher = pattern.matcher(text).region(next, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        next = matcher.end();
        return Optional.of(matcher);
    }

    private boolean take(String wanted) {
        skip();
        if (text.startsWith(wanted, next)) {
            next += wanted.length();
            return true;
        }
        return false;
    }

    private void skip() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
    }
}
