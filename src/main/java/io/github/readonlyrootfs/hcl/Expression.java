// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.hcl;

import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** An expression of HCL, with its place. Nothing is evaluated here. */
public sealed interface Expression {

    Location location();

    record NullValue(Location location) implements Expression {}

    record BooleanValue(Location location, boolean value) implements Expression {}

    record NumberValue(Location location, BigDecimal value) implements Expression {}

    /** A string, or a text with other expressions in it. */
    record Template(Location location, List<Part> parts) implements Expression {

        /** The text of a string without expressions in it. */
        public Optional<String> literal() {
            StringBuilder text = new StringBuilder();
            for (Part part : parts) {
                if (!(part instanceof Part.Literal literal)) {
                    return Optional.empty();
                }
                text.append(literal.text());
            }
            return Optional.of(text.toString());
        }

        /** The expression that is all there is in it: its value is the template's, whatever its type. */
        public Optional<Expression> only() {
            return parts.size() == 1 && parts.get(0) instanceof Part.Interpolation only
                    ? Optional.of(only.value())
                    : Optional.empty();
        }
    }

    record Tuple(Location location, List<Expression> elements) implements Expression {}

    record ObjectValue(Location location, List<Item> items) implements Expression {}

    record Item(Expression key, Expression value) {

        /** The name that is written as the key, with quotes or without; a variable needs parentheses there. */
        public Optional<String> name() {
            return key instanceof Variable variable
                    ? Optional.of(variable.name())
                    : key instanceof Template text ? text.literal() : Optional.empty();
        }
    }

    record Variable(Location location, String name) implements Expression {}

    record Attribute(Location location, Expression of, String name) implements Expression {}

    record Index(Location location, Expression of, Expression key) implements Expression {}

    /** @param each what is taken of every element, which {@link Element} stands for */
    record Splat(Location location, Expression of, Expression each) implements Expression {}

    record Element(Location location) implements Expression {}

    /** @param expanded whether the last argument has the rest of the arguments in it */
    record Call(Location location, String function, List<Expression> arguments, boolean expanded)
            implements Expression {}

    record Conditional(Location location, Expression condition, Expression then, Expression otherwise)
            implements Expression {}

    record Unary(Location location, char operator, Expression operand) implements Expression {}

    record Binary(Location location, String operator, Expression left, Expression right) implements Expression {}

    record Parentheses(Location location, Expression content) implements Expression {}

    /**
     * @param key of an object; a tuple has none
     * @param group whether the values of one key are gathered
     */
    record For(
            Location location,
            Names names,
            Expression collection,
            Optional<Expression> key,
            Expression value,
            boolean group,
            Optional<Expression> condition)
            implements Expression {}

    /** What a {@code for} calls the keys and the values of its collection. */
    record Names(Optional<String> key, String value) {}

    sealed interface Part {

        /**
         * @param source of which it is a part, from one offset to another
         * @param text the same without escapes
         */
        record Literal(LocatedText source, int start, int end, String text) implements Part {}

        record Interpolation(Location location, Expression value) implements Part {}

        record If(Expression condition, List<Part> then, List<Part> otherwise) implements Part {}

        record Repeat(Names names, Expression collection, List<Part> content) implements Part {}
    }
}
