// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A word that begins a heredoc, such as {@code <<EOF}, {@code 3<<-"EOF"}, {@code << EOF}.
 *
 * @param delimiter without its quotes
 * @param tabs whether leading tabs are removed ({@code <<-})
 * @param expand whether variables in the body are expanded: no part of the delimiter is quoted
 */
public record HeredocOpener(String delimiter, boolean tabs, boolean expand) {

    /** The heredocs that an instruction begins. */
    public static List<HeredocOpener> allIn(String line) throws LexingException {
        if (!line.contains("<<")) {
            return List.of();
        }
        List<HeredocOpener> openers = new ArrayList<>();
        for (String word : words(line)) {
            parse(word).ifPresent(openers::add);
        }
        return openers;
    }

    /** A line that the lexer rejects begins no heredoc. */
    private static List<String> words(String line) {
        try {
            return new ShellLexer(line, '\\', ShellLexer.Mode.RAW, Variables.NONE).words();
        } catch (LexingException e) {
            return List.of();
        }
    }

    /** Reads one word; empty if it begins none. */
    public static Optional<HeredocOpener> parse(String word) throws LexingException {
        int pos = 0;
        while (pos < word.length() && word.charAt(pos) >= '0' && word.charAt(pos) <= '9') {
            pos++;
        }
        if (!word.startsWith("<<", pos)) {
            return Optional.empty();
        }
        pos += 2;
        boolean tabs = word.startsWith("-", pos);
        String rest = word.substring(tabs ? pos + 1 : pos).stripLeading();
        if (rest.isEmpty() || rest.indexOf('<') >= 0) {
            return Optional.empty();
        }
        List<String> plain = new ShellLexer(rest, '\\', ShellLexer.Mode.DELIMITER, Variables.NONE).words();
        if (plain.size() != 1) {
            return Optional.empty();
        }
        List<String> quoted = new ShellLexer(rest, '\\', ShellLexer.Mode.QUOTED_DELIMITER, Variables.NONE).words();
        String delimiter = plain.get(0);
        boolean expand = quotes(delimiter) == quotes(String.join("", quoted));
        return Optional.of(new HeredocOpener(delimiter, tabs, expand));
    }

    private static long quotes(String text) {
        return text.chars().filter(c -> c == '\'' || c == '"').count();
    }
}
