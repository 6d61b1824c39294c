// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.hcl;

import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;

/** A text that is read from its beginning to its end, and how far it has been read. */
final class HclText {

    /** What opens a nested part; Terraform's files have a dozen levels. */
    private static final int MAX_DEPTH = 200;

    /** This bounds our memory: the largest file has far fewer. */
    private static final int MAX_VALUES = 500_000;

    private final LocatedText source;
    private final String text;
    private int at;
    private int depth;
    private int values;

    /** Whether the end of a line ends what is being read: it does not in brackets. */
    private boolean lines = true;

    HclText(LocatedText source) {
        this.source = source;
        this.text = source.text();
    }

    /** Something that is read with or without regard to the ends of lines. */
    interface Part<T> {
        T read() throws UnreadableSourceException;
    }

    <T> T nested(boolean withLines, Part<T> part) throws UnreadableSourceException {
        if (++depth > MAX_DEPTH) {
            throw error(at, "this is nested more than " + MAX_DEPTH + " levels deep", "take the right file");
        }
        boolean before = lines;
        lines = withLines;
        T read = part.read();
        lines = before;
        depth--;
        return read;
    }

    /** Whether the end of a line ends what is being read. */
    boolean countsLines() {
        return lines;
    }

    void count() throws UnreadableSourceException {
        if (++values > MAX_VALUES) {
            throw error(at, "this file has more than " + MAX_VALUES + " values", "take the right file");
        }
    }

    LocatedText source() {
        return source;
    }

    String text() {
        return text;
    }

    int at() {
        return at;
    }

    void moveTo(int offset) {
        at = offset;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    /** The character at an offset from here; a null character behind the end. */
    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    char peek() {
        return peek(0);
    }

    /** Moves over blanks and comments, and over ends of lines where they do not count. */
    void skip() throws UnreadableSourceException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || (!lines && isLineEnd())) {
                at++;
            } else if (c == '#' || (c == '/' && peek(1) == '/')) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
            } else if (c == '/' && peek(1) == '*') {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw error(at, "this comment has no end", "write `*/` at its end");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    boolean isLineEnd() {
        return peek() == '\n' || (peek() == '\r' && peek(1) == '\n');
    }

    /** Whether a text is next, behind blanks. */
    boolean isNext(String expected) throws UnreadableSourceException {
        skip();
        return text.startsWith(expected, at);
    }

    /** Moves over a text if it is next. */
    boolean take(String expected) throws UnreadableSourceException {
        if (isNext(expected)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    void expect(String expected, String what) throws UnreadableSourceException {
        if (!take(expected)) {
            throw error(at, "`" + expected + "` was expected here", "look at " + what);
        }
    }

    /** Whether a word is next. */
    boolean isName() throws UnreadableSourceException {
        skip();
        return peek() == '_' || (at < text.length() && Character.isUnicodeIdentifierStart(text.codePointAt(at)));
    }

    /** Whether a certain word is next. */
    boolean isName(String word) throws UnreadableSourceException {
        return isName() && text.startsWith(word, at) && endOfName() == at + word.length();
    }

    private int endOfName() {
        int end = at;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (c != '-' && (!Character.isUnicodeIdentifierPart(c) || Character.isIdentifierIgnorable(c))) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /** Moves over a word. */
    String name(String what) throws UnreadableSourceException {
        if (!isName()) {
            throw error(at, what + " was expected here", "look at this line and the one before");
        }
        int start = at;
        at = endOfName();
        return text.substring(start, at);
    }

    Location from(int start) {
        return source.location(start, at);
    }

    Location between(Location from, int end) {
        return from.upTo(source.location(end, end));
    }

    UnreadableSourceException error(int offset, String message, String help) {
        int start = Math.min(offset, text.length());
        int end = Math.min(start + 1, text.length());
        return new UnreadableSourceException(new Problem(source.location(start, end), message, help));
    }
}
