// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The condition of Logback's {@code <if>}, as far as it is one test of a property, or its opposite: {@code !isDefined("A")}, {@code
 * p("B").equals("c")}, and the equivalent classes from 1.5.20 on. Others are unknown.
 */
final class LogbackCondition {

    private static final String TEXT = "\\(\\s*\"([^\"\\\\]*+)\"\\s*\\)";

    private static final String BEGIN = "\\s*+(!?)\\s*+\\(?+";

    private static final String END = "\\s*\\)?+\\s*+";

    private static final Pattern DEFINED = Pattern.compile(BEGIN + "(isDefined|isNull)\\s*" + TEXT + END);

    private static final Pattern COMPARED =
            Pattern.compile(BEGIN + "(?:property|p)\\s*" + TEXT + "\\s*\\.\\s*(equals|contains)\\s*" + TEXT + END);

    private LogbackCondition() {}

    /** Whether a condition in Java holds. */
    static Truth holds(String text, Function<String, Value<String>> properties) {
        Matcher defined = DEFINED.matcher(text);
        if (defined.matches()) {
            Truth is = isDefined(properties.apply(defined.group(3)));
            boolean negated = !defined.group(1).isEmpty();
            return negated != defined.group(2).equals("isNull") ? is.not() : is;
        }
        Matcher compared = COMPARED.matcher(text);
        if (!compared.matches()) {
            return Truth.UNKNOWN;
        }
        Value<String> value = properties.apply(compared.group(2));
        Truth is = compared.group(3).equals("equals")
                ? equal(value, compared.group(4))
                : value.isUnknown()
                        ? Truth.UNKNOWN
                        : Truth.of(value.known().orElse("").contains(compared.group(4)));
        return compared.group(1).isEmpty() ? is : is.not();
    }

    /** Whether an element {@code condition} holds. */
    static Truth holds(XmlElement element, Function<String, Value<String>> properties) {
        String type = element.attributeText("class").orElse("");
        Optional<Value<String>> property =
                element.childText("key").map(Value.Known::value).map(properties);
        Optional<String> value = element.childText("value").map(Value.Known::value);
        return switch (type.substring(type.lastIndexOf('.') + 1)) {
            case "IsPropertyDefinedCondition" ->
                property.map(LogbackCondition::isDefined).orElse(Truth.UNKNOWN);
            case "IsPropertyNullCondition" ->
                property.map(it -> isDefined(it).not()).orElse(Truth.UNKNOWN);
            case "PropertyEqualityCondition" ->
                property.isPresent() && value.isPresent() ? equal(property.get(), value.get()) : Truth.UNKNOWN;
            case "ExpressionPropertyCondition" ->
                element.childText("expression")
                        .map(it -> holds(it.value(), properties))
                        .orElse(Truth.UNKNOWN);
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth isDefined(Value<String> value) {
        return value.isUnknown() ? Truth.UNKNOWN : Truth.of(!value.isAbsent());
    }

    /** A property that is not defined is compared as an empty text. */
    private static Truth equal(Value<String> value, String with) {
        return value.isUnknown()
                ? Truth.UNKNOWN
                : Truth.of(value.known().orElse("").equals(with));
    }
}
