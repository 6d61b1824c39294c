// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import java.util.List;

/** The formats of {@code printf}. */
public final class PrintFormat {

    private static final int MAX_ROUNDS = 2_000;

    private final String format;
    private final List<Field> arguments;
    private int next;
    private Text text = Text.EMPTY;

    private PrintFormat(String format, List<Field> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /** What is printed: the format is repeated until all arguments are used. */
    public static Text print(Text format, List<Field> arguments) {
        if (!format.isKnown()) {
            return new Text(format.prefix()).plus(Text.UNKNOWN);
        }
        PrintFormat print = new PrintFormat(format.raw(), arguments);
        int rounds = 0;
        int before;
        do {
            before = print.next;
            print.once();
        } while (print.next > before && print.next < arguments.size() && ++rounds < MAX_ROUNDS);
        return rounds < MAX_ROUNDS ? print.text : print.text.plus(Text.UNKNOWN);
    }

    private void once() {
        int at = 0;
        StringBuilder literal = new StringBuilder();
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c == '%' && format.startsWith("%%", at)) {
                literal.append('%');
                at += 2;
            } else if (c == '%') {
                text = text.plus(Text.of(Escapes.printed(literal.toString())));
                literal.setLength(0);
                int end = at + 1;
                while (end < format.length() && "-+ #0123456789.*".indexOf(format.charAt(end)) >= 0) {
                    end++;
                }
                directive(format.substring(at + 1, end), end < format.length() ? format.charAt(end) : ' ');
                at = end + 1;
            } else {
                literal.append(c);
                at++;
            }
        }
        text = text.plus(Text.of(Escapes.printed(literal.toString())));
    }

    private void directive(String flags, char kind) {
        Text argument = next < arguments.size() ? arguments.get(next).value() : Text.EMPTY;
        next++;
        if (!argument.isKnown()) {
            text = text.plus(flags.isEmpty() ? argument : Text.UNKNOWN);
            return;
        }
        String value = argument.raw();
        String printed = switch (kind) {
            case 's' -> value;
            case 'b' -> Escapes.printed(value);
            case 'd', 'i', 'u' -> value.isEmpty() ? "0" : value.matches("-?[1-9]\\d*|0") ? value : null;
            case 'o' -> value.matches("\\d{1,9}") ? Integer.toOctalString(Integer.parseInt(value)) : null;
            default -> null;
        };
        boolean plain = flags.isEmpty() || flags.matches("-?[1-9]\\d{0,2}|0\\d{1,3}");
        text = text.plus(printed == null || !plain ? Text.UNKNOWN : Text.of(padded(printed, flags)));
    }

    private static String padded(String printed, String flags) {
        if (flags.isEmpty()) {
            return printed;
        }
        boolean left = flags.startsWith("-");
        int width = Integer.parseInt(left ? flags.substring(1) : flags);
        String fill = (flags.startsWith("0") ? "0" : " ").repeat(Math.max(0, width - printed.length()));
        return left ? printed + fill : fill + printed;
    }
}
