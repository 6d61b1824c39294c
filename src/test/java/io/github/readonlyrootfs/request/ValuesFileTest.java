// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesFileTest {

    private static Map<String, String> parse(String text) throws ConfigurationException {
        return ValuesFile.parse(SourceFile.of("prod.env", text));
    }

    @Test
    void aLineSetsTheValueOfAName() throws Exception {
        assertThat(parse("""
                # what is deployed
                A=1
                export B=two words   # and a comment
                  C = x#y

                D=
                E= # nothing
                Values.read-only=true
                A=2
                G=#x
                F=a=b""".replace("\n", "\r\n")))
                .containsExactly(
                        entry("A", "2"),
                        entry("B", "two words"),
                        entry("C", "x#y"),
                        entry("D", ""),
                        entry("E", ""),
                        entry("Values.read-only", "true"),
                        entry("G", "#x"),
                        entry("F", "a=b"));
    }

    @Test
    void quotesKeepBlanksAndLinesAndOnlyDoubleOnesHaveEscapes() throws Exception {
        assertThat(parse("""
                A=' a # b '
                B="x\\ny \\"z\\" \\\\ \\$P \\d" # comment
                C='{
                  "a": "\\n"
                }'
                D=""
                E='it'
                """))
                .containsExactly(
                        entry("A", " a # b "),
                        entry("B", "x\ny \"z\" \\ $P \\d"),
                        entry("C", "{\n  \"a\": \"\\n\"\n}"),
                        entry("D", ""),
                        entry("E", "it"));
    }

    @Test
    void valuesAreNotExpanded() throws Exception {
        assertThat(parse("A=1\nB=$A ${A} `date`\n")).containsEntry("B", "$A ${A} `date`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A=1⏎B            | prod.env:2:1: this line is not NAME=value
            A=1⏎⏎  =x        | prod.env:3:3: this line is not NAME=value
            A=1⏎export B     | prod.env:2:1: this line is not NAME=value
            A="top-secret    | prod.env:1:3: the quote that begins here is not closed
            A='x' top-secret | prod.env:1:6: unexpected text after the closing quote
            {"A": "x"}       | prod.env:1:1: this line is not NAME=value
            """)
    void anInvalidLineIsAnErrorWithItsLocation(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace('⏎', '\n')))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message + "; write NAME=value, NAME=\"value\" or NAME='value', one on each line");
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path directory) {
        assertThatThrownBy(() -> ValuesFile.read(new NamedFile(directory, "values")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("values: this is a directory; take a file");
    }
}
