// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An {@code awk} program that only selects lines and prints their fields: {@code $3 > 999 && /x/ { print $1, "y" }}. */
public final class AwkProgram {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*+(\"(?:[^\"\\\\]|\\\\.)*+\"|\\$(?:\\d{1,4}|NF|\\(NF-1\\))|[A-Za-z_]\\w*|\\d+(?:\\.\\d+)?|&&|==|!=|!~|<=|>=|[~<>!,{};])",
            Pattern.DOTALL);
    private static final Pattern REGEX = Pattern.compile("\\s*+/((?:[^/\\\\\\n]|\\\\.)*+)/");
    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?\\d{1,15}(\\.\\d{1,10})?\\s*");

    /** A line with its fields. */
    private record Line(String text, int number, List<String> fields) {

        /** After an unknown part, the numbers of the fields are unknown. */
        String field(int index) {
            boolean certain = index == 0 || fields.stream().limit(index - 1L).noneMatch(AwkProgram::hasHole);
            return !certain
                    ? Text.UNKNOWN.raw()
                    : index == 0 ? text : index <= fields.size() ? fields.get(index - 1) : "";
        }

        String count() {
            return hasHole(text) ? Text.UNKNOWN.raw() : String.valueOf(fields.size());
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
     * @param exits whether the program stops reading lines then
     * @param atEnd whether it happens once, after the last line
     */
    private record Rule(List<Condition> conditions, List<List<List<Operand>>> printed, boolean exits, boolean atEnd) {}

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
        Line last = new Line("", 0, List.of());
        boolean exits = false;
        for (int i = 0; i < lines.size() && !exits; i++) {
            String text = lines.get(i);
            if (text.length() > LinePattern.MAX_LINE) {
                return Optional.empty();
            }
            String fields = separator.equals(" ") ? text.strip() : text;
            last = new Line(
                    text,
                    i + 1,
                    fields.isEmpty() ? List.of() : List.of(split.get().split(fields, -1)));
            for (Rule rule : rules) {
                if (!rule.atEnd && !exits) {
                    Truth holds = holds(rule, last);
                    if (holds.isUnknown()) {
                        return Optional.empty();
                    }
                    if (holds.isTrue()) {
                        print(rule, last, out);
                        exits = rule.exits;
                    }
                }
            }
        }
        for (Rule rule : rules) {
            if (rule.atEnd) {
                print(rule, last, out);
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
        boolean atEnd = take("END");
        if (!atEnd && !peek().equals("{")) {
            do {
                conditions.add(condition());
            } while (understood && take("&&"));
        }
        List<List<List<Operand>>> printed = new ArrayList<>();
        boolean exits = false;
        if (take("{")) {
            while (understood && !take("}")) {
                if (take("print")) {
                    printed.add(printed());
                } else if (take("exit")) {
                    exits = true;
                } else {
                    understood &= take(";");
                }
            }
        } else {
            understood &= !atEnd;
            printed.add(List.of(List.of(line -> line.text)));
        }
        rules.add(new Rule(conditions, printed, exits, atEnd));
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
        if (regex.lookingAt()) {
            at = regex.end();
            return matching(line -> line.text, regex.group(1), negated);
        }
        Operand left = operand();
        if (at == program.length() || peek().matches("[{;]|&&|")) {
            return line -> Truth.of(known(left.of(line)), value -> isTrue(value) != negated);
        }
        String operator = next();
        if (operator.equals("~") || operator.equals("!~")) {
            Matcher right = REGEX.matcher(program).region(at, program.length());
            understood &= right.lookingAt();
            at = understood ? right.end() : at;
            return understood
                    ? matching(left, right.group(1), negated != operator.equals("!~"))
                    : line -> Truth.UNKNOWN;
        }
        understood &= operator.matches("==|!=|<|>|<=|>=");
        Operand right = operand();
        return line -> known(left.of(line))
                .map(one -> Truth.of(known(right.of(line)), two -> compared(one, operator, two) != negated))
                .orElse(Truth.UNKNOWN);
    }

    private static Condition matching(Operand text, String pattern, boolean negated) {
        return line -> {
            Truth found = known(text.of(line))
                    .map(known -> RegularExpression.find(pattern.replace("\\/", "/"), known, true, false))
                    .orElse(Truth.UNKNOWN);
            return negated ? found.not() : found;
        };
    }

    private static boolean hasHole(String text) {
        return Text.indexOfHole(text) >= 0;
    }

    private static Optional<String> known(String value) {
        return new Text(value).known();
    }

    /** The empty text and the number 0 are false. */
    private static boolean isTrue(String value) {
        return !value.isEmpty() && !(NUMBER.matcher(value).matches() && Double.parseDouble(value.strip()) == 0);
    }

    private static boolean compared(String left, String operator, String right) {
        boolean numbers =
                NUMBER.matcher(left).matches() && NUMBER.matcher(right).matches();
        int order = numbers
                ? Double.compare(Double.parseDouble(left.strip()), Double.parseDouble(right.strip()))
                : left.compareTo(right);
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            default -> order >= 0;
        };
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
            case "NR", "FNR" -> line -> String.valueOf(line.number);
            case "NF" -> Line::count;
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
