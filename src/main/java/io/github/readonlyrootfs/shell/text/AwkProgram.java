// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An {@code awk} program that only selects lines and prints their fields: {@code $3 == "x" && /y/ { print $1, "z" }}. */
public final class AwkProgram {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*+(\"(?:[^\"\\\\]|\\\\.)*+\"|\\$(?:\\d{1,4}|NF|\\(NF-1\\))|[A-Za-z_]\\w*|\\d+(?:\\.\\d+)?|&&|==|!=|[!,{};])",
            Pattern.DOTALL);
    private static final Pattern REGEX = Pattern.compile("\\s*+/((?:[^/\\\\\\n]|\\\\.)*+)/");
    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?\\.?\\d");

    /** A line with its fields. */
    private record Line(String text, List<String> fields) {

        /** After an unknown part, the numbers of the fields are unknown. */
        String field(int index) {
            boolean certain = index == 0 || fields.stream().limit(index - 1L).noneMatch(AwkProgram::hasHole);
            return !certain
                    ? Text.UNKNOWN.raw()
                    : index == 0 ? text : index <= fields.size() ? fields.get(index - 1) : "";
        }
    }

    /** A condition on a line. */
    @FunctionalInterface
    private interface Condition {
        Truth holds(Line line);
    }

    @FunctionalInterface
    private interface Operand {
        String of(Line line);
    }

    /**
     * What is done with the lines that meet all conditions.
     *
     * @param printed the print statements: words separated by blanks, each of one or more joined operands
     */
    private record Rule(List<Condition> conditions, List<List<List<Operand>>> printed) {}

    private final String program;
    private final Map<String, String> variables;
    private final List<Rule> rules = new ArrayList<>();
    private int at;
    private boolean understood = true;

    private AwkProgram(String program, Map<String, String> variables) {
        this.program = program;
        this.variables = variables;
    }

    /**
     * Reads a program; empty if it does more than that.
     *
     * @param variables those of {@code -v}
     */
    public static Optional<AwkProgram> of(String program, Map<String, String> variables) {
        AwkProgram read = new AwkProgram(program, variables);
        while (read.understood && !read.program.substring(read.at).isBlank()) {
            read.rule();
        }
        return read.understood && !read.rules.isEmpty() ? Optional.of(read) : Optional.empty();
    }

    /** What it prints, given all lines; empty if unknown. */
    public Optional<String> run(List<String> lines, String separator) {
        Optional<Pattern> split = separator(separator);
        if (split.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        for (String text : lines) {
            if (text.length() > LinePattern.MAX_LINE) {
                return Optional.empty();
            }
            String fields = separator.equals(" ") ? text.strip() : text;
            Line line = new Line(
                    text, fields.isEmpty() ? List.of() : List.of(split.get().split(fields, -1)));
            for (Rule rule : rules) {
                Truth holds = holds(rule, line);
                if (holds.isUnknown()) {
                    return Optional.empty();
                }
                if (holds.isTrue()) {
                    print(rule, line, out);
                }
            }
        }
        return Optional.of(out.toString());
    }

    private static Optional<Pattern> separator(String written) {
        String text = Escapes.printed(written);
        if (text.equals(" ")) {
            return Optional.of(Pattern.compile("[ \\t\\n]+"));
        }
        return text.length() == 1
                ? Optional.of(Pattern.compile(Pattern.quote(text)))
                : RegularExpression.compile(text, true, false);
    }

    private static Truth holds(Rule rule, Line line) {
        return rule.conditions.stream().map(condition -> condition.holds(line)).reduce(Truth.TRUE, Truth::and);
    }

    private static void print(Rule rule, Line line, StringBuilder out) {
        for (List<List<Operand>> statement : rule.printed) {
            List<String> words = statement.stream()
                    .map(parts -> String.join(
                            "", parts.stream().map(part -> part.of(line)).toList()))
                    .toList();
            out.append(String.join(" ", words)).append('\n');
        }
    }

    private void rule() {
        while (take(";")) {
            // Semicolons may separate rules.
        }
        List<Condition> conditions = new ArrayList<>();
        if (!peek().equals("{")) {
            do {
                conditions.add(condition());
            } while (understood && take("&&"));
        }
        List<List<List<Operand>>> printed = new ArrayList<>();
        if (take("{")) {
            while (understood && !take("}")) {
                if (take("print")) {
                    printed.add(printed());
                } else {
                    understood &= take(";");
                }
            }
        } else {
            printed.add(List.of(List.of(line -> line.text)));
        }
        rules.add(new Rule(conditions, printed));
    }

    private List<List<Operand>> printed() {
        List<List<Operand>> words = new ArrayList<>();
        do {
            List<Operand> parts = new ArrayList<>();
            while (understood && peek().matches("(?s)[\"$\\w].*")) {
                parts.add(operand());
            }
            words.add(parts.isEmpty() ? List.of(line -> line.text) : parts);
        } while (take(","));
        understood &= peek().matches("[;}]");
        return words;
    }

    private Condition condition() {
        boolean negated = take("!");
        Matcher regex = REGEX.matcher(program).region(at, program.length());
        if (!regex.lookingAt()) {
            return equality(negated);
        }
        at = regex.end();
        String pattern = regex.group(1).replace("\\/", "/");
        return line -> {
            Truth found = new Text(line.text)
                    .known()
                    .map(known -> RegularExpression.find(pattern, known, true, false))
                    .orElse(Truth.UNKNOWN);
            return negated ? found.not() : found;
        };
    }

    /** Whether two operands are the same text. Texts that differ and are both numbers may be equal. */
    private Condition equality(boolean negated) {
        Operand left = operand();
        String operator = next();
        understood &= operator.equals("==") || operator.equals("!=");
        Operand right = operand();
        return line -> {
            String one = left.of(line);
            String two = right.of(line);
            boolean numbers =
                    NUMBER.matcher(one).lookingAt() && NUMBER.matcher(two).lookingAt();
            boolean same = one.equals(two);
            return hasHole(one + two) || (!same && numbers)
                    ? Truth.UNKNOWN
                    : Truth.of(same != (negated != operator.equals("!=")));
        };
    }

    private static boolean hasHole(String text) {
        return Text.indexOfHole(text) >= 0;
    }

    private Operand operand() {
        String token = next();
        if (token.startsWith("\"")) {
            String text = Escapes.printed(token.substring(1, token.length() - 1).replace("\\\"", "\""));
            return line -> text;
        }
        if (token.matches("\\$\\d+")) {
            int index = Integer.parseInt(token.substring(1));
            return line -> line.field(index);
        }
        if (token.matches("\\d.*")) {
            return line -> token;
        }
        String value = variables.get(token);
        return switch (token) {
            case "$NF" -> line -> hasHole(line.text) ? Text.UNKNOWN.raw() : line.field(line.fields.size());
            case "$(NF-1)" ->
                line -> hasHole(line.text) ? Text.UNKNOWN.raw() : line.field(Math.max(0, line.fields.size() - 1));
            default -> {
                understood &= value != null;
                yield line -> value == null ? "" : value;
            }
        };
    }

    private String peek() {
        int before = at;
        boolean sound = understood;
        String token = next();
        at = before;
        understood = sound;
        return token;
    }

    private boolean take(String token) {
        if (peek().equals(token)) {
            next();
            return true;
        }
        return false;
    }

    private String next() {
        Matcher token = TOKEN.matcher(program).region(at, program.length());
        if (!token.lookingAt()) {
            understood = false;
            return "";
        }
        at = token.end();
        return token.group(1);
    }
}
