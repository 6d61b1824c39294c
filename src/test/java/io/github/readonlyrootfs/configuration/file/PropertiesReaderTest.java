// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesReaderTest {

    private static List<List<Property>> read(String text) {
        return PropertiesReader.read(SourceFile.of("a.properties", text), property -> true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a=b                 | a | b     | 1:3-1:4
            a = b               | a | b     | 1:5-1:6
            a:b                 | a | b     | 1:3-1:4
            a b                 | a | b     | 1:3-1:4
            ⏎ ⏎  a.b-c =d=e  | a.b-c | d=e | 3:10-3:13
            # c⏎! d⏎a=#b        | a | #b    | 3:3-3:5
            a=b\\⏎   c          | a | bc    | 1:3-2:5
            a=\\⏎   c           | a | c     | 2:4-2:5
            a\\=b\\ c=d         | a=b c | d | 1:9-1:10
            a\\u0062=\\u002Ftmp | ab | /tmp | 1:9-1:18
            a                   | a | ``    | 1:1-1:2
            a=                  | a | ``    | 1:1-1:2
            """)
    void aValueHasItsLocation(String text, String key, String value, String place) {
        List<Property> properties =
                read(text.replace('⏎', '\n').replace("\\\\", "\\")).get(0);

        assertThat(properties).singleElement().satisfies(it -> {
            assertThat(it.key()).isEqualTo(key);
            assertThat(it.value()).isEqualTo(value);
            assertThat(it.location().line() + ":" + it.location().column() + "-"
                            + it.location().endLine() + ":" + it.location().endColumn())
                    .isEqualTo(place);
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            'a=1⏎#---⏎b=2', 2
            'a=1⏎!---⏎b=2', 2
            'a=1⏎ #---⏎b=2', 1
            'a=1⏎#----⏎b=2', 1
            'a=1⏎#x⏎#---⏎b=2', 1
            'a=1⏎#---⏎#x⏎b=2', 1
            'a=1⏎!x⏎#---⏎b=2', 2
            '#---⏎a=1', 1
            'a=1⏎#---⏎#---⏎b=2', 2
            'a=1⏎#---⏎⏎#x⏎b=2', 1
            'a=1\\⏎#---⏎b=2', 1
            """)
    void aCommentOfThreeHyphensEndsADocument(String text, int documents) {
        assertThat(read(text.replace('⏎', '\n'))).hasSize(documents);
        assertThat(read(text.replace("⏎", "\r\n"))).hasSize(documents);
    }

    @Test
    void readingStopsWhenThePredicateRejectsAProperty() {
        assertThat(PropertiesReader.read(
                                SourceFile.of("a", "a=1\nb=2\nc=3"),
                                it -> !it.key().equals("b"))
                        .get(0))
                .hasSize(2);
    }

    /** The JDK's reader is the reference. */
    @Test
    void anyTextIsReadAsTheJdkReadsIt() throws IOException {
        Random random = new Random(20251);
        String alphabet = "ab=: \t\\\n\r#!u0041.";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Properties expected = new Properties();
            try {
                expected.load(new StringReader(text.toString()));
            } catch (IllegalArgumentException malformedEscape) {
                continue;
            }
            // The JDK reads a backslash at the end of the file as a property without a name.
            expected.remove("");
            Map<String, String> actual = new HashMap<>();
            read(text.toString()).forEach(document -> document.forEach(it -> actual.put(it.key(), it.value())));
            actual.remove("");
            assertThat(actual).as("%s", text.toString().replace("\n", "\\n")).isEqualTo(expected);
        }
    }
}
