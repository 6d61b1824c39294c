// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Integer arithmetic as {@code $((…))} has it, with the variables of a shell. */
public final class Arithmetic {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_LENGTH = 4_096;
    private static final Pattern CHANGED = Pattern.compile(
            "(?<!\\w)([A-Za-z_]\\w*+)\\s*+(?:\\+\\+|--|(?:[-+*/%&|^]|<<|>>)?=(?!=))|(?:\\+\\+|--)\\s*+([A-Za-z_]\\w*+)");

    /** From the weakest to the strongest. */
    private static final String[][] BINARY = {
        {"||"},
        {"&&"},
        {"|"},
        {"^"},
        {"&"},
        {"==", "!="},
        {"<=", ">=", "<", ">"},
        {"<<", ">>"},
        {"+", "-"},
        {"*", "/", "%"}
    };

    private final Shell shell;
    private String text = "";
    private int at;
    private int depth;

    public Arithmetic(Shell shell) {
        this.shell = shell;
    }

    /** A value is unknown, or the text is not an expression. */
    private static final class UnknownValueException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownValueException() {
            super("unknown value", null, false, false);
        }
    }

    /** The value of an expression as text. */
    Text text(Text expression) {
        return value(expression).map(Text::of).orElse(Text.UNKNOWN);
    }

    /** The status of {@code (( … ))}: the value 0 is a failure. */
    public Status status(Text expression) {
        return status(value(expression));
    }

    /** The status of a command whose result is a number. */
    public static Status status(Optional<Long> value) {
        return value.map(number -> number == 0 ? Status.FAILURE : Status.SUCCESS)
                .orElse(Status.UNKNOWN);
    }

    /** The value of an expression; empty if unknown. Variables that it sets are set. */
    public Optional<Long> value(Text expression) {
        if (!expression.isKnown() || expression.raw().length() > MAX_LENGTH) {
            forget(expression.raw());
            return Optional.empty();
        }
        text = expression.raw();
        at = 0;
        try {
            skip();
            long value = at >= text.length() ? 0 : comma();
            if (at < text.length()) {
                throw new UnknownValueException();
            }
            return Optional.of(value);
        } catch (UnknownValueException e) {
            forget(text);
            return Optional.empty();
        }
    }

    /** Makes unknown the variables that an expression may set. */
    private void forget(String expression) {
        Matcher matcher = CHANGED.matcher(expression);
        while (matcher.find()) {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            shell.assign(name, Text.UNKNOWN, null);
        }
    }

    private long comma() throws UnknownValueException {
        long value = assignment();
        while (take(",")) {
            value = assignment();
        }
        return value;
    }

    private long assignment() throws UnknownValueException {
        if (++depth > MAX_DEPTH) {
            throw new UnknownValueException();
        }
        int start = at;
        String name = name();
        if (!name.isEmpty()) {
            for (String operator : new String[] {"=", "+=", "-=", "*=", "/=", "%="}) {
                if (text.startsWith(operator, at) && !text.startsWith("==", at)) {
                    at += operator.length();
                    skip();
                    long right = assignment();
                    long value = operator.equals("=") ? right : binary(operator.substring(0, 1), read(name), right);
                    shell.assign(name, Text.of(value), null);
                    depth--;
                    return value;
                }
            }
        }
        at = start;
        long value = conditional();
        depth--;
        return value;
    }

    private long conditional() throws UnknownValueException {
        long condition = binary(0);
        if (!take("?")) {
            return condition;
        }
        long one = assignment();
        if (!take(":")) {
            throw new UnknownValueException();
        }
        long two = assignment();
        return condition != 0 ? one : two;
    }

    private long binary(int level) throws UnknownValueException {
        if (level == BINARY.length) {
            return unary();
        }
        long left = binary(level + 1);
        while (true) {
            String operator = operator(BINARY[level]);
            if (operator.isEmpty()) {
                return left;
            }
            at += operator.length();
            skip();
            left = binary(operator, left, binary(level + 1));
        }
    }

    private String operator(String[] operators) {
        for (String operator : operators) {
            boolean longer = operator.length() == 1
                    && at + 1 < text.length()
                    && "|&<>=".indexOf(text.charAt(at + 1)) >= 0
                    && "|&<>".indexOf(operator.charAt(0)) >= 0
                    && (text.charAt(at + 1) == operator.charAt(0));
            if (text.startsWith(operator, at) && !longer) {
                return operator;
            }
        }
        return "";
    }

    private static long binary(String operator, long left, long right) throws UnknownValueException {
        if ((operator.equals("/") || operator.equals("%")) && right == 0) {
            throw new UnknownValueException();
        }
        return switch (operator) {
            case "||" -> left != 0 || right != 0 ? 1 : 0;
            case "&&" -> left != 0 && right != 0 ? 1 : 0;
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "==" -> left == right ? 1 : 0;
            case "!=" -> left != right ? 1 : 0;
            case "<=" -> left <= right ? 1 : 0;
            case ">=" -> left >= right ? 1 : 0;
            case "<" -> left < right ? 1 : 0;
            case ">" -> left > right ? 1 : 0;
            case "<<" -> left << right;
            case ">>" -> left >> right;
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            default -> left % right;
        };
    }

    private long unary() throws UnknownValueException {
        if (++depth > MAX_DEPTH) {
            throw new UnknownValueException();
        }
        long value;
        if (take("++") || take("--")) {
            boolean up = text.lastIndexOf("++", at) > text.lastIndexOf("--", at);
            String name = name();
            value = read(name) + (up ? 1 : -1);
            shell.assign(name, Text.of(value), null);
        } else if (take("!")) {
            value = unary() == 0 ? 1 : 0;
        } else if (take("~")) {
            value = ~unary();
        } else if (take("-")) {
            value = -unary();
        } else if (take("+")) {
            value = unary();
        } else if (take("(")) {
            value = comma();
            if (!take(")")) {
                throw new UnknownValueException();
            }
        } else {
            value = operand();
        }
        depth--;
        return value;
    }

    private long operand() throws UnknownValueException {
        int start = at;
        while (at < text.length()
                && Character.isLetterOrDigit(text.charAt(at))
                && Character.isDigit(text.charAt(start))) {
            at++;
        }
        if (at > start) {
            String digits = text.substring(start, at);
            skip();
            return number(digits);
        }
        // A subscript is not expanded before.
        boolean braced = take("$") && take("{");
        String name = name();
        if (name.isEmpty() || (braced && !take("}"))) {
            throw new UnknownValueException();
        }
        long value = read(name);
        if (take("++")) {
            shell.assign(name, Text.of(value + 1), null);
        } else if (take("--")) {
            shell.assign(name, Text.of(value - 1), null);
        }
        return value;
    }

    private static long number(String digits) throws UnknownValueException {
        try {
            return digits.length() > 1 && digits.startsWith("0") ? Long.decode(digits) : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new UnknownValueException();
        }
    }

    private long read(String name) throws UnknownValueException {
        Text value = shell.lookup(name).value().orElse(Text.EMPTY);
        String known = value.known().orElseThrow(UnknownValueException::new).strip();
        return known.isEmpty() ? 0 : known.startsWith("-") ? -number(known.substring(1)) : number(known);
    }

    private String name() {
        int start = at;
        while (at < text.length()
                && (Character.isLetter(text.charAt(at))
                        || text.charAt(at) == '_'
                        || (at > start && Character.isDigit(text.charAt(at))))) {
            at++;
        }
        String name = text.substring(start, at);
        skip();
        return name;
    }

    private boolean take(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
            skip();
            return true;
        }
        return false;
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
