// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedTextTest {

    private static final String FILE = "taskdef.yaml";

    /** A string in a file, from the third column of the second line to the end, without the text after a bar. */
    private static EmbeddedText embedded(String written, String value) {
        SourceFile file = SourceFile.of(FILE, "k:\n  " + written + "\n");
        return new EmbeddedText(file, file.location(5, 5 + written.length()), value);
    }

    /** The location of a word of the value, and the text there. */
    private static String place(EmbeddedText text, String written, String word) {
        int start = text.text().indexOf(word);
        Location at = text.location(start, start + word.length());
        return at.line() + ":" + at.column() + " "
                + SourceFile.of(FILE, "k:\n  " + written + "\n").text(at);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"[{\\\"a\\\": 1}]\" ; [{\"a\": 1}] ; 1 ; 2:13 1",
                "\"[{\\\"a\\\": 1}]\" ; [{\"a\": 1}] ; \"a\" ; 2:6 \\\"a\\\"",
                "\"[\\u0022a\\u0022]\" ; [\"a\"] ; \"a\" ; 2:5 \\u0022a\\u0022",
                "\"[\\/]\" ; [/] ; / ; 2:5 \\/",
                "'[''a'']' ; ['a'] ; 'a' ; 2:5 ''a''",
                "'[\"a\"]' ; [\"a\"] ; a ; 2:6 a",
                "!Sub \"[x]\" ; [x] ; x ; 2:10 x",
                "&a !!str '[x]' ; [x] ; x ; 2:14 x",
                "plain words ; plain words ; words ; 2:9 words",
            })
    void textInAStringHasItsLocationInTheFile(String written, String value, String word, String place) {
        assertThat(place(embedded(written, value), written, word)).isEqualTo(place);
    }

    @Test
    void linesAndIndentationOfABlockDoNotShiftLocations() {
        for (String sign : new String[] {"|", ">-", "|2+"}) {
            String written = sign + "\n    [\n      {\"a\": \"b\"},\n\n      7\n    ]";
            for (String value : new String[] {"[\n  {\"a\": \"b\"},\n\n  7\n]\n", "[ {\"a\": \"b\"},\n7 ]"}) {
                EmbeddedText text = embedded(written, value);
                assertThat(place(text, written, "[")).isEqualTo("3:5 [");
                assertThat(place(text, written, "\"b\"")).isEqualTo("4:13 \"b\"");
                assertThat(place(text, written, "7")).isEqualTo("6:7 7");
                assertThat(place(text, written, "]")).isEqualTo("7:5 ]");
            }
        }
    }

    @Test
    void foldedAndContinuedLinesDoNotShiftLocations() {
        String written = "\"[1,\\\n      \\ 2,\n    3,\\r\\n 4]\"";
        EmbeddedText text = embedded(written, "[1, 2, 3,\r\n 4]");

        assertThat(place(text, written, "2")).isEqualTo("3:9 2");
        assertThat(place(text, written, "3")).isEqualTo("4:5 3");
        assertThat(place(text, written, "4")).isEqualTo("4:12 4");
    }

    @Test
    void carriageReturnsDoNotShiftLocations() {
        String written = "|\r\n    [\r\n      7\r\n    ]";

        assertThat(place(embedded(written, "[\n  7\n]\n"), written, "7")).isEqualTo("4:7 7");
    }

    @Test
    void aValueThatTheFileDoesNotContainHasTheLocationOfTheNode() {
        EmbeddedText text = embedded("{\"Fn::Sub\": \"[${a}]\"}", "[1]");

        assertThat(text.location(1, 2)).isEqualTo(text.location(0, 0)).hasToString(FILE + ":2:3");
        assertThat(embedded("\"\\u00zz\"", "abc").location(0, 1).endColumn()).isEqualTo(11);
        assertThat(embedded("\"\\u00\"", "abc").location(0, 1).column()).isEqualTo(3);
        assertThat(embedded("\"ab\\", "abc").location(0, 1).column()).isEqualTo(3);
        assertThat(embedded("\"\"", "").location(0, 0).column()).isEqualTo(3);
    }

    @Test
    void theEndOfTheValueIsAfterItsLastCharacter() {
        EmbeddedText text = embedded("\"[\\n\"", "[\n");

        assertThat(text.location(2, 2)).hasToString(FILE + ":2:7");
        assertThat(text.location(1, 2).endColumn()).isEqualTo(7);
    }

    @Test
    void everyCharacterOfAnEscapedStringHasItsLocation() {
        Random random = new Random(7);
        String alphabet = "ab \"\\\n\té\uD83D\uDE00{}";
        for (int round = 0; round < 500; round++) {
            StringBuilder value = new StringBuilder();
            StringBuilder written = new StringBuilder("\"");
            int[] starts = new int[12];
            for (int i = 0; i < starts.length; i++) {
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                starts[i] = written.length();
                value.append(c);
                written.append(escaped(c, random.nextInt(3) == 0));
            }
            EmbeddedText text = embedded(written.append('"').toString(), value.toString());
            for (int i = 0; i < starts.length; i++) {
                assertThat(text.location(i, i + 1).column())
                        .as("%s at %d", written, i)
                        .isEqualTo(starts[i] + 3);
            }
        }
    }

    private static String escaped(char c, boolean asNumber) {
        if (asNumber) {
            return String.format("\\u%04x", (int) c);
        }
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            default -> String.valueOf(c);
        };
    }
}
