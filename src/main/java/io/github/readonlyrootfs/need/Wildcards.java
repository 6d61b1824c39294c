package io.github.readonlyrootfs.need;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns in which an asterisk stands for anything, and everything else for itself. */
final class Wildcards {

    private Wildcards() {}

    static Pattern pattern(String text) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    }
}
