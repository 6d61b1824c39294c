package io.github.readonlyrootfs.shell.run;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A script of {@code sed} that only substitutes: {@code s/one/two/g}, one or several of them. */
final class SedScript {

    private SedScript() {}

    /** What it does to a line; empty where it is another script. */
    static Optional<UnaryOperator<String>> of(String script, boolean extended) {
        UnaryOperator<String> all = line -> line;
        String rest = script.strip();
        while (!rest.isEmpty()) {
            if (rest.length() < 4 || rest.charAt(0) != 's' || Character.isLetterOrDigit(rest.charAt(1))) {
                return Optional.empty();
            }
            char delimiter = rest.charAt(1);
            int middle = end(rest, 2, delimiter);
            int last = middle < 0 ? -1 : end(rest, middle + 1, delimiter);
            if (last < 0) {
                return Optional.empty();
            }
            String pattern = unescaped(rest.substring(2, middle), delimiter);
            String replacement = unescaped(rest.substring(middle + 1, last), delimiter);
            int flagsEnd = last + 1;
            while (flagsEnd < rest.length() && ";\n".indexOf(rest.charAt(flagsEnd)) < 0) {
                flagsEnd++;
            }
            String flags = rest.substring(last + 1, flagsEnd).strip();
            Optional<Pattern> compiled =
                    RegularExpression.compile(pattern, extended, flags.contains("i") || flags.contains("I"));
            if (compiled.isEmpty() || !flags.matches("[giI]*") || replacement.matches("(?s).*\\\\[A-Za-mo-su-z].*")) {
                return Optional.empty();
            }
            UnaryOperator<String> before = all;
            boolean everywhere = flags.contains("g");
            all = line -> RegularExpression.replace(compiled.get(), before.apply(line), replacement, everywhere);
            rest = flagsEnd < rest.length() ? rest.substring(flagsEnd + 1).strip() : "";
        }
        return Optional.of(all);
    }

    private static int end(String text, int from, char delimiter) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == delimiter) {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String text, char delimiter) {
        return delimiter == '|' || delimiter == '+' ? text : text.replace("\\" + delimiter, String.valueOf(delimiter));
    }
}
