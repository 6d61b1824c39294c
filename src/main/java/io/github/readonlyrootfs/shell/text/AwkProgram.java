// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code awk} program that prints fields of each line, or of those that one condition selects: {@code $1 == "root" { print $3, "y";
 * exit }}.
 *
 * @param printed words, each of one or more fields and texts as they are written
 * @param exits whether the program stops after the first line that it prints
 */
public record AwkProgram(Function<Line, Truth> condition, List<List<String>> printed, boolean exits) {

    private static final int MAX_LENGTH = 1_000;

    private static final String CONDITION = "(?:(!?)\\s*+/((?:[^/\\\\\\n]|\\\\.)*+)/"
            + "|\\$(\\d{1,3})\\s*+==\\s*+\"([^\"\\\\]*+)\"|NR\\s*+==\\s*+(\\d{1,6}))\\s*+";

    private static final String PART = "\\$(?:\\d{1,3}|NF)|\"[^\"\\\\]*+\"|,";

    private static final Pattern PROGRAM = Pattern.compile("\\s*+(?:" + CONDITION + ")?+(?:\\{\\s*+print\\b((?:\\s|"
            + PART + ")*+)(;\\s*+exit\\s*+)?+;?+\\s*+}\\s*+)?+");

    private static final Pattern PARTS = Pattern.compile(PART);

    private record Line(String text, int number, List<String> fields) {

        /** After an unknown part, the numbers of the fields are unknown. */
        String field(int index) {
            boolean certain = index == 0 || fields.stream().limit(index - 1L).noneMatch(AwkProgram::hasHole);
            return !certain
                    ? Text.UNKNOWN.raw()
                    : index == 0 ? text : index <= fields.size() ? fields.get(index - 1) : "";
        }

        String printed(String part) {
            if (part.startsWith("\"")) {
                return part.substring(1, part.length() - 1);
            }
            if (part.equals("$NF")) {
                return hasHole(text) ? Text.UNKNOWN.raw() : field(fields.size());
            }
            return field(Integer.parseInt(part.substring(1)));
        }
    }

    /** Reads a program; empty if it does more than that. */
    public static Optional<AwkProgram> of(String program) {
        Matcher read = PROGRAM.matcher(program);
        if (program.length() > MAX_LENGTH || program.isBlank() || !read.matches()) {
            return Optional.empty();
        }
        List<List<String>> printed = new ArrayList<>(List.of(new ArrayList<>()));
        Matcher part = PARTS.matcher(Optional.ofNullable(read.group(6)).orElse(""));
        while (part.find()) {
            if (part.group().equals(",")) {
                printed.add(new ArrayList<>());
            } else {
                printed.get(printed.size() - 1).add(part.group());
            }
        }
        if (printed.size() == 1 && printed.get(0).isEmpty()) {
            printed.get(0).add("$0");
        }
        return Optional.of(new AwkProgram(condition(read), printed, read.group(7) != null));
    }

    private static Function<Line, Truth> condition(Matcher read) {
        if (read.group(2) != null) {
            String pattern = read.group(2).replace("\\/", "/");
            boolean negated = !read.group(1).isEmpty();
            return line -> {
                Truth found = known(line.text)
                        .map(text -> RegularExpression.find(pattern, text, true, false))
                        .orElse(Truth.UNKNOWN);
                return negated ? found.not() : found;
            };
        }
        if (read.group(3) != null) {
            int field = Integer.parseInt(read.group(3));
            String wanted = read.group(4);
            return line -> Truth.of(known(line.field(field)), wanted::equals);
        }
        return read.group(5) == null
                ? line -> Truth.TRUE
                : line -> Truth.of(line.number == Integer.parseInt(read.group(5)));
    }

    /** What it prints, given all lines; empty if unknown. */
    public Optional<String> run(List<String> lines, String separator) {
        Optional<Pattern> split = separator(separator);
        if (split.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            if (text.length() > LinePattern.MAX_LINE) {
                return Optional.empty();
            }
            String fields = separator.equals(" ") ? text.strip() : text;
            Line line = new Line(
                    text,
                    i + 1,
                    fields.isEmpty() ? List.of() : List.of(split.get().split(fields, -1)));
            Truth holds = condition.apply(line);
            if (holds.isUnknown()) {
                return Optional.empty();
            }
            if (holds.isTrue()) {
                out.append(String.join(
                                " ",
                                printed.stream()
                                        .map(word -> String.join(
                                                "",
                                                word.stream().map(line::printed).toList()))
                                        .toList()))
                        .append('\n');
                if (exits) {
                    break;
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

    private static boolean hasHole(String text) {
        return Text.indexOfHole(text) >= 0;
    }

    private static Optional<String> known(String value) {
        return new Text(value).known();
    }
}
