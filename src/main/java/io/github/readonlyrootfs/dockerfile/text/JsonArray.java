// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What BuildKit makes of arguments that begin with a bracket. A strict JSON reader like Go's, of our own because each
 * string's place in the file is wanted. With something behind the array the whole is plain text, as from dockerfile 1.9
 * on; earlier versions ignored what follows.
 */
public sealed interface JsonArray {

    /** An array of strings. */
    record Strings(List<JoinedText> elements) implements JsonArray {}

    /** A JSON array with something else in it, which is an error. */
    record Mixed() implements JsonArray {}

    /** No JSON array: the arguments are plain text. */
    record None() implements JsonArray {}

    static JsonArray read(JoinedText text) {
        return new Reader(text).read();
    }

    /** Thrown where the text stops being JSON. */
    final class NotJson extends Exception {
        NotJson() {
            super(null, null, false, false);
        }
    }

    /** A reader of one text. */
    final class Reader {

        /** Go's limit. */
        private static final int MAX_DEPTH = 10_000;

        private final JoinedText text;
        private int pos;
        private boolean overflow;

        private Reader(JoinedText text) {
            this.text = text;
        }

        private JsonArray read() {
            if (text.isEmpty() || text.charAt(0) != '[') {
                return new None();
            }
            try {
                pos = 1;
                List<JoinedText> elements = new ArrayList<>();
                boolean mixed = false;
                if (peekBehindBlanks() == ']') {
                    pos++;
                    return isAtEnd() ? new Strings(List.of()) : new None();
                }
                while (true) {
                    if (peekBehindBlanks() == '"') {
                        elements.add(string());
                    } else {
                        mixed = true;
                        skipValue();
                    }
                    char separator = peekBehindBlanks();
                    pos++;
                    if (separator == ']') {
                        break;
                    }
                    if (separator != ',') {
                        throw new NotJson();
                    }
                }
                if (overflow || !isAtEnd()) {
                    return new None();
                }
                return mixed ? new Mixed() : new Strings(List.copyOf(elements));
            } catch (NotJson e) {
                return new None();
            }
        }

        /** Passes a value of any kind, however deep, without recursion. */
        private void skipValue() throws NotJson {
            BitSet objects = new BitSet();
            int depth = 0;
            while (true) {
                char c = peekBehindBlanks();
                if (c == '[' || c == '{') {
                    if (depth + 2 > MAX_DEPTH) {
                        throw new NotJson();
                    }
                    pos++;
                    char close = c == '{' ? '}' : ']';
                    if (peekBehindBlanks() == close) {
                        pos++;
                    } else {
                        objects.set(depth++, c == '{');
                        if (c == '{') {
                            key();
                        }
                        continue;
                    }
                } else {
                    scalar(c);
                }
                // A value is complete: close what ends with it.
                while (depth > 0) {
                    boolean object = objects.get(depth - 1);
                    char separator = peekBehindBlanks();
                    pos++;
                    if (separator == ',') {
                        if (object) {
                            key();
                        }
                        break;
                    }
                    if (separator != (object ? '}' : ']')) {
                        throw new NotJson();
                    }
                    depth--;
                }
                if (depth == 0) {
                    return;
                }
            }
        }

        private void key() throws NotJson {
            if (peekBehindBlanks() != '"') {
                throw new NotJson();
            }
            string();
            if (peekBehindBlanks() != ':') {
                throw new NotJson();
            }
            pos++;
        }

        private void scalar(char first) throws NotJson {
            switch (first) {
                case '"' -> string();
                case 't' -> literal("true");
                case 'f' -> literal("false");
                case 'n' -> literal("null");
                default -> number();
            }
        }

        private void literal(String word) throws NotJson {
            if (!text.text().startsWith(word, pos)) {
                throw new NotJson();
            }
            pos += word.length();
        }

        private void number() throws NotJson {
            int start = pos;
            if (peek() == '-') {
                pos++;
            }
            if (peek() == '0') {
                pos++;
            } else {
                digits();
            }
            if (pos < text.length() && peek() == '.') {
                pos++;
                digits();
            }
            if (pos < text.length() && (peek() == 'e' || peek() == 'E')) {
                pos++;
                if (peek() == '+' || peek() == '-') {
                    pos++;
                }
                digits();
            }
            // Go refuses a number that no float64 holds, and BuildKit then takes the whole for plain text.
            overflow |= Double.isInfinite(Double.parseDouble(text.text().substring(start, pos)));
        }

        private void digits() throws NotJson {
            int start = pos;
            while (pos < text.length() && peek() >= '0' && peek() <= '9') {
                pos++;
            }
            if (pos == start) {
                throw new NotJson();
            }
        }

        private JoinedText string() throws NotJson {
            pos++;
            int origin = text.offset(pos);
            TextBuilder string = new TextBuilder(text.source());
            while (true) {
                char c = peek();
                int offset = text.offset(pos);
                pos++;
                if (c == '"') {
                    return string.build(origin);
                }
                if (c < ' ') {
                    throw new NotJson();
                }
                if (c == '\\') {
                    char escaped = escaped();
                    // An escape at either end still leaves the whole of it inside the string's location.
                    string.append(escaped, string.length() == 0 ? offset : text.offset(pos - 1));
                } else {
                    string.append(c, offset);
                }
            }
        }

        private char escaped() throws NotJson {
            char c = peek();
            pos++;
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> hex();
                default -> throw new NotJson();
            };
        }

        private char hex() throws NotJson {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                char c = peek();
                int digit = c < 0x80 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    throw new NotJson();
                }
                value = value * 16 + digit;
                pos++;
            }
            return (char) value;
        }

        private char peekBehindBlanks() throws NotJson {
            skipBlanks();
            return peek();
        }

        private boolean isAtEnd() {
            skipBlanks();
            return pos == text.length();
        }

        private void skipBlanks() {
            while (pos < text.length() && " \t\r\n".indexOf(text.charAt(pos)) >= 0) {
                pos++;
            }
        }

        private char peek() throws NotJson {
            if (pos >= text.length()) {
                throw new NotJson();
            }
            return text.charAt(pos);
        }
    }
}
