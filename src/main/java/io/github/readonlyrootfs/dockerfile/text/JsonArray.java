// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What BuildKit makes of arguments that begin with a bracket. An array of strings is read here, as strictly as Go reads it,
 * since the place of each string in the file is needed. If text follows the array, all of it is plain text: so it is from
 * dockerfile 1.9 on; earlier versions ignored what follows.
 */
public sealed interface JsonArray {

    record Strings(List<JoinedText> elements) implements JsonArray {}

    /** A JSON array with other values, which is an error. */
    record Mixed() implements JsonArray {}

    /** No JSON array: the arguments are plain text. */
    record None() implements JsonArray {}

    static JsonArray read(JoinedText text) {
        return new Reader(text).read();
    }

    /** Thrown at the point where the text is no longer JSON. */
    final class NotJson extends Exception {
        NotJson() {
            super(null, null, false, false);
        }
    }

    final class Reader {

        /** Go's limit. */
        private static final int MAX_DEPTH = 10_000;

        private final JoinedText text;
        private int pos;

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
                if (peekBehindBlanks() == ']') {
                    pos++;
                    return isAtEnd() ? new Strings(List.of()) : new None();
                }
                while (true) {
                    if (peekBehindBlanks() != '"') {
                        return other();
                    }
                    elements.add(string());
                    char separator = peekBehindBlanks();
                    pos++;
                    if (separator == ']') {
                        break;
                    }
                    if (separator != ',') {
                        throw new NotJson();
                    }
                }
                return isAtEnd() ? new Strings(List.copyOf(elements)) : new None();
            } catch (NotJson e) {
                return new None();
            }
        }

        /** Reads an array that has other values than strings. */
        private JsonArray other() {
            StreamReadConstraints limits = StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build();
            JsonFactory factory =
                    JsonFactory.builder().streamReadConstraints(limits).build();
            try (JsonParser parser = factory.createParser(text.text())) {
                boolean ended = false;
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    // Go rejects a number that is too large for a float64; for BuildKit the array is then plain text.
                    boolean overflows = token.isNumeric() && Double.isInfinite(Double.parseDouble(parser.getText()));
                    if (ended || overflows) {
                        return new None();
                    }
                    ended = parser.getParsingContext().inRoot();
                }
                return new Mixed();
            } catch (IOException e) {
                return new None();
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
                    // An escape at either end is completely within the string's location.
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
