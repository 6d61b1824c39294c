// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code awk} program that prints one field of each line, or of some: {@code $1 == "x" { print $3 }}, {@code /x/ { print $2 }}.
 *
 * @param first the first field of these lines
 * @param regex what they contain
 * @param field its number; 0 is the line
 */
public record AwkProgram(Optional<String> first, Optional<String> regex, int field) {

    private static final Pattern PROGRAM = Pattern.compile("\\s*+(?:\\$1\\s*+==\\s*+\"([^\"\\\\]*)\"|/([^/\\\\\\n]*)/)?"
            + "\\s*+\\{\\s*+print\\s*+\\$(\\d{1,3})\\s*+;?\\s*+\\}\\s*+");

    /** Reads a program; empty if it does more than that. */
    public static Optional<AwkProgram> of(String program) {
        Matcher read = PROGRAM.matcher(program);
        return read.matches()
                ? Optional.of(new AwkProgram(
                        Optional.ofNullable(read.group(1)),
                        Optional.ofNullable(read.group(2)),
                        Integer.parseInt(read.group(3))))
                : Optional.empty();
    }

    /** What it prints, given all lines; empty if unknown. */
    public Optional<String> run(List<Text> lines, String separator) {
        StringBuilder out = new StringBuilder();
        for (Text line : lines) {
            String text = line.prefix();
            if (separator.length() != 1 || text.length() > LinePattern.MAX_LINE) {
                return Optional.empty();
            }
            String[] fields = separator.equals(" ")
                    ? text.strip().split("[ \\t\\n]+", -1)
                    : text.split(Pattern.quote(separator), -1);
            // The last field of what is known of a line may go on.
            int certain = line.isKnown() ? Integer.MAX_VALUE : fields.length - 1;
            Truth prints = prints(fields, certain, line);
            if (prints.isUnknown() || (prints.isTrue() && (field > certain || (field == 0 && !line.isKnown())))) {
                return Optional.empty();
            }
            if (prints.isTrue()) {
                out.append(field == 0 ? text : field <= fields.length ? fields[field - 1] : "")
                        .append('\n');
            }
        }
        return Optional.of(out.toString());
    }

    private Truth prints(String[] fields, int certain, Text line) {
        if (first.isPresent()) {
            return certain < 1 ? Truth.UNKNOWN : Truth.of(first.get().equals(fields[0]));
        }
        return regex.map(pattern ->
                        line.isKnown() ? RegularExpression.find(pattern, line.raw(), true, false) : Truth.UNKNOWN)
                .orElse(Truth.TRUE);
    }
}
