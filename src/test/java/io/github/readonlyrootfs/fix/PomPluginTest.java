// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomPluginTest {

    @TempDir
    Path directory;

    private String with(String pom) throws IOException {
        Path file = Files.writeString(directory.resolve("pom.xml"), pom);
        new PomPlugin(List.of("<plugin>", "  <artifactId>a</artifactId>", "</plugin>"))
                .addTo(file, "pom.xml", directory);
        return Files.readString(file);
    }

    @Test
    void thePluginIsTheFirstOfTheBuild() throws IOException {
        assertThat(with("""
                <project>
                    <build>
                        <plugins>
                            <plugin><artifactId>b</artifactId></plugin>
                        </plugins>
                    </build>
                </project>
                """)).isEqualTo("""
                <project>
                    <build>
                        <plugins>
                            <plugin>
                                <artifactId>a</artifactId>
                            </plugin>
                            <plugin><artifactId>b</artifactId></plugin>
                        </plugins>
                    </build>
                </project>
                """);
    }

    @Test
    void whatIsMissingOnTheWayIsAdded() throws IOException {
        assertThat(with("<project>\n  <build>\n    <finalName>x</finalName>\n  </build>\n</project>\n"))
                .isEqualTo("""
                <project>
                  <build>
                    <plugins>
                      <plugin>
                        <artifactId>a</artifactId>
                      </plugin>
                    </plugins>
                    <finalName>x</finalName>
                  </build>
                </project>
                """);
        assertThat(with("<project>\r\n\t<name>x</name>\r\n</project>\r\n"))
                .contains("</name>\r\n\t<build>\r\n\t\t<plugins>\r\n\t\t\t<plugin>\r\n")
                .endsWith("\t\t</plugins>\r\n\t</build>\r\n</project>\r\n");
    }

    @Test
    void thePluginIsIndentedAsItsNeighbours() throws IOException {
        assertThat(with("""
                <project>
                  <build>
                        <plugins>
                            <plugin>
                                <artifactId>b</artifactId>
                            </plugin>
                        </plugins>
                  </build>
                </project>
                """)).contains("""
                        <plugins>
                            <plugin>
                                <artifactId>a</artifactId>
                            </plugin>
                            <plugin>
                """);
    }

    @Test
    void aPomInTabsKeepsThem() throws IOException {
        assertThat(with("<project>\n\t<build>\n\t\t<plugins>\n\t\t</plugins>\n\t</build>\n</project>\n"))
                .contains(
                        "\t\t<plugins>\n\t\t\t<plugin>\n\t\t\t\t<artifactId>a</artifactId>\n\t\t\t</plugin>\n\t\t</plugins>");
    }

    @Test
    void aPomThatCannotBeEditedIsLeftAsItIs() throws IOException {
        String pom = "<project><build><plugins/></build></project>";
        assertThatThrownBy(() -> with(pom))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not stand alone");
        assertThat(directory.resolve("pom.xml")).hasContent(pom);
        assertThatThrownBy(() -> with("<project>")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> with("<project>\n<build>\n<plugins/>\n</build>\n</project>\n"))
                .hasMessage("<plugins/> in pom.xml:3 has no lines; write <plugins> and </plugins> in its place");
    }
}
