// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container or an engine printed. It may hold secrets: of a line only words of letters, error codes, small numbers and
 * plain paths are shown, and nothing that the container was given as the value of a variable.
 *
 * @param secrets the values that the container was given
 */
record RunLog(String text, Collection<String> secrets) {

    private static final int MAX_LENGTH = 200;

    /** Shorter values are switches and numbers. */
    private static final int MIN_SECRET = 4;

    private static final Pattern REFUSED = Pattern.compile(
            "Read-only file system|Permission denied|EROFS|EACCES|not permitted", Pattern.CASE_INSENSITIVE);

    /** Around a word. */
    private static final Pattern WORD = Pattern.compile("[^\\s'\"`()\\[\\]{}<>,;:=]++");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z]{1,20}(?:-[A-Za-z]{1,20}){0,3}[.!?]?|\\d{1,5}|[.-]"
            + "|/{0,2}(?:/[A-Za-z._+-]{1,30}\\d{0,4}(?:\\.[A-Za-z]{1,8})?){1,10}[/.]?");

    /** The last line about a refused write; without one, the last line. */
    String lastLine() {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (REFUSED.matcher(lines.get(i)).find()) {
                return shown(lines.get(i));
            }
        }
        return lines.isEmpty() ? "" : shown(lines.get(lines.size() - 1));
    }

    private String shown(String line) {
        String known = line;
        for (String secret : secrets) {
            known = secret.length() < MIN_SECRET ? known : known.replace(secret, "\u0000");
        }
        Matcher words = WORD.matcher(known.strip());
        String shown = words.replaceAll(
                word -> PLAIN.matcher(word.group()).matches() ? Matcher.quoteReplacement(word.group()) : "***");
        return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "…" : shown;
    }
}
