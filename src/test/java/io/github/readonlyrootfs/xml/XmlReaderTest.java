// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlReaderTest {

    private static XmlElement read(String text) throws UnreadableSourceException {
        return XmlReader.read(SourceFile.of("a.xml", text));
    }

    private static String problem(String text) {
        try {
            read(text);
            return "none";
        } catch (UnreadableSourceException e) {
            return e.problem().location() + " " + e.problem().message();
        }
    }

    @Test
    void attributesAndTextsHaveTheirLocations() throws Exception {
        SourceFile source = SourceFile.of("a.xml", """
                <?xml version="1.0"?>\r
                <!DOCTYPE log4j:configuration SYSTEM "log4j.dtd">\r
                <log4j:configuration a = 'x > y' ab="z">\r
                  <!-- <file>no</file> -->
                  <File>
                    /var/log/a.log </File><e b="&lt;&#47;tmp"/><![CDATA[text]]>
                </log4j:configuration>
                """);
        XmlElement root = XmlReader.read(source);
        assertThat(root.name()).isEqualTo("log4j:configuration");
        assertThat(root.text()).isEqualTo("text");
        assertThat(source.text(root.location())).isEqualTo("<log4j:configuration a = 'x > y' ab=\"z\">");
        assertThat(source.text(root.attribute("a").orElseThrow().location())).isEqualTo("x > y");
        assertThat(source.text(root.attribute("ab").orElseThrow().location())).isEqualTo("z");
        assertThat(root.childText("file").orElseThrow().value()).isEqualTo("/var/log/a.log");
        assertThat(source.text(root.childText("file").orElseThrow().location())).isEqualTo("/var/log/a.log");
        XmlElement last = root.children().get(1);
        assertThat(last.attribute("b").orElseThrow().value()).isEqualTo("</tmp");
        assertThat(source.text(last.attribute("b").orElseThrow().location())).isEqualTo("&lt;&#47;tmp");
        assertThat(root.children("FILE")).hasSize(1);
    }

    @Test
    void whatStandsBehindALongAttributeHasItsLocation() throws Exception {
        SourceFile source = SourceFile.of("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <build>
                    <plugins>
                      <plugin>
                        <artifactId>a</artifactId>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """);
        XmlElement root = XmlReader.read(source);
        XmlElement build = root.children().get(1);

        assertThat(source.text(root.children().get(0).location())).isEqualTo("4.0.0");
        assertThat(source.text(build.location())).isEqualTo("<build>");
        assertThat(source.text(build.children().get(0).location())).isEqualTo("<plugins>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <a><b></a>               | a.xml:1:9 this is not well-formed XML
            <a>&foo;</a>             | a.xml:1:9 this is not well-formed XML
            <a b='&foo;'/>           | a.xml:1:12 this is not well-formed XML
            <a b='c' b='d'/>         | a.xml:1:15 this is not well-formed XML
            <a                       | a.xml:1:3 this is not well-formed XML
            ''                       | a.xml:1:1 this is not well-formed XML
            text                     | a.xml:1:5 this is not well-formed XML
            <!DOCTYPE a SYSTEM "file:///etc/passwd"><a>x</a>                         | none
            <!DOCTYPE configuration><configuration/>                                 | none
            <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>         | a.xml:1:1 the file declares entities, which are not read
            <!DOCTYPE a [<!ENTITY l "l"><!ENTITY m "&l;&l;&l;&l;">]><a>&m;</a>       | a.xml:1:1 the file declares entities, which are not read
            <!DOCTYPE a SYSTEM "http://localhost:1/x.dtd" [ ]><a/>                   | a.xml:1:1 the file declares entities, which are not read
            """)
    void anUnreadableFileIsReportedAtItsLocation(String text, String expected) {
        assertThat(problem(text)).isEqualTo(expected);
    }

    @Test
    @Timeout(60)
    void tooLargeFilesAreRejected() {
        assertThat(problem("<a>".repeat(200))).isEqualTo("a.xml:1:301 elements are nested more than 100 levels deep");
        assertThat(problem("<a>" + "<b/>".repeat(60_000) + "</a>")).contains("more than 50000 elements");
        StringBuilder tag = new StringBuilder("<a");
        for (int i = 0; i < 5_000; i++) {
            tag.append(" a").append(i).append("=''");
        }
        assertThat(problem(tag + "/>")).contains("more than 100 attributes");
        assertThat(problem("<a>" + "x&lt;".repeat(500_000) + "</a>")).isEqualTo("none");
        assertThat(problem("<a>" + "<".repeat(100_000))).contains("not well-formed");
    }

    @Test
    @Timeout(60)
    void everyTextIsATreeOrAProblem() {
        String[] pieces = {
            "<",
            ">",
            "<a>",
            "</a>",
            "<a",
            "b",
            "='",
            "'",
            "\"",
            "=",
            "&lt;",
            "&",
            ";",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "<!DOCTYPE",
            "[",
            "]",
            "\r\n",
            " ",
            "\uD83D\uDE00",
            "\uFFFD",
            "/>",
            "<a b='c'/>"
        };
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "<a>" : "");
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(problem(text + (random.nextBoolean() ? "</a>" : ""))).isNotEmpty();
        }
    }
}
