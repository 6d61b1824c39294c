// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a line that a container or an engine printed may be shown: words of letters, error codes, small numbers, names of
 * Java's exceptions and plain paths. Anything else may be a secret. The time before it says nothing.
 */
public final class LogWords {

    private static final int MAX_LENGTH = 200;

    private static final Pattern TIME = Pattern.compile(
            "^\\W?(?:\\d{4}[-/]\\d\\d[-/]\\d\\d|\\d\\d[-/]\\w{2,3}[-/]\\d{4})?[T ]?\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?"
                    + "(?:Z| ?[+-]\\d\\d:?\\d\\d| UTC)?[])]?(?: -)?\\s+");

    /** Around a word. */
    private static final Pattern WORD = Pattern.compile("[^\\s'\"`()\\[\\]{}<>,;:=]++");

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z]{1,20}(?:-[A-Za-z]{1,20}){0,3}[.!?]?|\\d{1,5}|[.|-]|\\*{3}|-[A-Za-z]"
                    + "|(?:[a-z][a-z0-9]{0,20}\\.){1,8}[A-Z][A-Za-z]{1,60}(?:Exception|Error)"
                    + "|/{0,2}(?:/[A-Za-z._+-]{1,30}\\d{0,4}(?:\\.[A-Za-z]{1,8})?){1,10}[/.]?");

    private LogWords() {}

    /** A line, masked and not too long. */
    public static String of(String line) {
        Matcher words = WORD.matcher(TIME.matcher(line.strip()).replaceFirst(""));
        String shown = words.replaceAll(
                word -> PLAIN.matcher(word.group()).matches() ? Matcher.quoteReplacement(word.group()) : "***");
        return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "…" : shown;
    }
}
