// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.readonlyrootfs.source.Blanks;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Explains why a text is not JSON, and where. */
final class JsonFault {

    private static final Pattern SCALAR = Pattern.compile("\"|-?\\d|(?:true|false|null)\\b");

    /** Words that other languages have; any other word may be a secret and is not repeated. */
    private static final Set<String> FOREIGN_WORDS =
            Set.of("True", "TRUE", "False", "FALSE", "None", "NULL", "Null", "nil", "undefined", "NaN", "Infinity");

    private static final String EXPECTED = "an ECS task definition in JSON begins with `{`";

    private final LocatedText source;
    private final String text;
    private final int lastEnd;
    private final int opened;
    private final boolean inObject;

    /**
     * A fault in a text that was good so far.
     *
     * @param text the text that was parsed
     * @param lastEnd the offset behind the last token
     * @param opened the offset at which the innermost object or array begins, or -1
     */
    JsonFault(LocatedText source, String text, int lastEnd, int opened, boolean inObject) {
        this.source = source;
        this.text = text;
        this.lastEnd = lastEnd;
        this.opened = opened;
        this.inObject = inObject;
    }

    /** Refuses a text that does not even begin like a JSON object or array. */
    static void rejectOtherFormats(LocatedText source) throws UnreadableSourceException {
        String text = source.text();
        int start = Blanks.after(text, 0);
        if (start == text.length()) {
            throw nothing(source);
        }
        char c = text.charAt(start);
        int nul = text.indexOf('\0');
        String rest = text.substring(start, Math.min(text.length(), start + 200));
        if ((c == '{' || c == '[' || rest.startsWith("<%")) && nul < 0) {
            return;
        }
        String message;
        String help = EXPECTED;
        if (c == '\uFEFF') {
            message = "the text begins with a byte order mark";
            help = "save the file as UTF-8 without a byte order mark";
        } else if (nul >= 0) {
            start = nul;
            message = "this is not text: it contains NUL characters";
            help = "save the file as UTF-8";
        } else if (rest.startsWith("//") || rest.startsWith("/*") || c == '#') {
            message = "a comment where the task definition was expected";
            help = "remove it: JSON has no comments";
        } else if (c == '<') {
            message = "this is HTML or XML, not JSON";
        } else if (SCALAR.matcher(rest).lookingAt()) {
            String noun = c == '"' ? "a string" : Character.isLetter(c) ? "a single word" : "a number";
            message = noun + " where the task definition was expected";
        } else {
            message = "this is not JSON";
        }
        throw new UnreadableSourceException(new Problem(source.location(start, start + 1), message, help));
    }

    /** The fault of a text with nothing in it, or nothing that is not masked. */
    static UnreadableSourceException nothing(LocatedText source) {
        if (!source.text().isBlank()) {
            return new UnreadableSourceException(new Problem(
                    source.location(0, 0),
                    "the file contains only placeholders",
                    "set taskDefinition to the file that the deployment generates from it"));
        }
        String message = source.text().isEmpty() ? "the file is empty" : "the file contains only white space";
        return new UnreadableSourceException(new Problem(source.location(0, 0), message, EXPECTED));
    }

    /** The fault of a text that goes on where it should end. */
    static UnreadableSourceException trailingText(LocatedText source, String text, int end) {
        int start = Blanks.after(text, end);
        return new UnreadableSourceException(new Problem(
                source.location(start, Math.min(start + 1, text.length())),
                "there is text after the end of the task definition",
                "remove it, or look for a bracket too many before it"));
    }

    UnreadableSourceException explain(JsonProcessingException e) {
        if (opened < 0) {
            return trailingText(source, text, lastEnd);
        }
        long offset = e.getLocation() == null ? text.length() : e.getLocation().getCharOffset();
        int at = offset < lastEnd || offset > text.length() ? text.length() : (int) offset;
        return new UnreadableSourceException(badString(at).orElseGet(() -> unexpected(at, e.getOriginalMessage())));
    }

    /** Jackson reports where it gave up; this finds the string that is the cause. */
    private Optional<Problem> badString(int at) {
        int i = lastEnd;
        while (i <= at && i < text.length()) {
            if (text.charAt(i) != '"') {
                i++;
                continue;
            }
            int start = i++;
            while (i < text.length() && text.charAt(i) != '"') {
                char c = text.charAt(i);
                if (c == '\n' || c == '\r') {
                    return Optional.of(new Problem(
                            source.location(start, i),
                            "this string is not closed on its line",
                            "close it with `\"`; a line break within a string is written `\\n`"));
                }
                if (c < ' ') {
                    return Optional.of(new Problem(
                            source.location(i, i + 1),
                            (c == '\t' ? "a tab" : "a control character") + " inside a string",
                            c == '\t' ? "write it as `\\t`" : "write it as " + String.format("`\\u%04x`", (int) c)));
                }
                if (c == '\\') {
                    int length = escapeLength(i);
                    if (length == 0) {
                        return Optional.of(new Problem(
                                source.location(i, Math.min(i + 2, text.length())),
                                "JSON has no such escape",
                                "write a backslash as `\\\\`"));
                    }
                    i += length;
                } else {
                    i++;
                }
            }
            if (i == text.length()) {
                return Optional.of(new Problem(
                        source.location(start, i),
                        "the file ends within the string that begins here",
                        "the file was cut off, or a closing `\"` is missing"));
            }
            i++;
        }
        return Optional.empty();
    }

    private int escapeLength(int at) {
        if (at + 1 >= text.length() || "\"\\/bfnrt".indexOf(text.charAt(at + 1)) >= 0) {
            return 2;
        }
        return Pattern.compile("\\\\u\\p{XDigit}{4}")
                        .matcher(text)
                        .region(at, text.length())
                        .lookingAt()
                ? 6
                : 0;
    }

    private Problem unexpected(int at, String hint) {
        int start = wordStart(at);
        int before = Blanks.before(text, start);
        char last = text.charAt(before - 1);
        String expected = expected(last, hint.contains("colon"));
        int openedLine = source.location(opened, opened).line();
        String container = inObject ? "object" : "array";
        if (start >= text.length()) {
            int end = source.text().stripTrailing().length();
            return new Problem(
                    source.location(end, end),
                    "the file ends within the " + container + " that begins on line " + openedLine,
                    "the file was cut off, or a closing `" + (inObject ? '}' : ']') + "` is missing");
        }
        char found = text.charAt(start);
        if (last == ',' && (found == '}' || found == ']')) {
            return new Problem(
                    source.location(before - 1, before),
                    "trailing comma before the closing `" + found + "`",
                    "remove the comma");
        }
        int end = Math.max(start + 1, wordEnd(start));
        String message = "expected " + expected + ", found " + noun(start, end, last);
        return new Problem(source.location(start, end), message, help(start, end, expected, container, openedLine));
    }

    private String expected(char last, boolean colon) {
        if (colon) {
            return "`:`";
        }
        return switch (last) {
            case ':' -> "a value";
            case ',' -> inObject ? "a key in double quotes" : "a value";
            case '{' -> "a key in double quotes or `}`";
            case '[' -> "a value or `]`";
            default -> inObject ? "`,` or `}`" : "`,` or `]`";
        };
    }

    private String noun(int start, int end, char last) {
        char c = text.charAt(start);
        String word = text.substring(start, end);
        if (FOREIGN_WORDS.contains(word)) {
            return "`" + word + "`";
        }
        if (c == '/' || c == '#') {
            return "a comment";
        }
        if (Character.isLetter(c) || c == '_') {
            return "a word without quotes";
        }
        if (isWord(c)) {
            return ":,[".indexOf(last) >= 0 ? "an invalid JSON number" : "a number";
        }
        return switch (c) {
            case '"' -> "a string";
            case '\'' -> "a single quote";
            case '{', '}', '[', ']', ':', ',', '=', ';', '(', ')', '<', '>' -> "`" + c + "`";
            default -> "an unexpected character";
        };
    }

    private String help(int start, int end, String expected, String container, int openedLine) {
        char c = text.charAt(start);
        String word = text.substring(start, end);
        if (c == '/' || c == '#') {
            return "remove it: JSON has no comments";
        }
        if (c == '\'') {
            return "put strings in double quotes";
        }
        if (FOREIGN_WORDS.contains(word)) {
            return "JSON's own words are true, false and null, in lower case";
        }
        if (c == '}' || c == ']') {
            return "the innermost " + container + " that is still open begins on line " + openedLine;
        }
        if (expected.startsWith("`,`")) {
            return "put a comma before it";
        }
        if (expected.equals("`:`")) {
            return "put a colon between a key and its value";
        }
        if (c == ',') {
            return "remove it";
        }
        return expected.equals("a value") && (Character.isLetter(c) || c == '_')
                ? "put strings in double quotes"
                : "write " + expected + " here";
    }

    private int wordStart(int at) {
        int start = at;
        while (isWord(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether a character can be part of a number or of a word without quotes. */
    static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '+' || c == '-';
    }
}
