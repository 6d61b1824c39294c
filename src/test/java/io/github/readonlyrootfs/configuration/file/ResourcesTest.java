// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.configuration.Project;
import io.github.readonlyrootfs.configuration.SpringConfiguration;
import io.github.readonlyrootfs.configuration.file.Resources.Directory;
import io.github.readonlyrootfs.configuration.file.Resources.Source;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesTest {

    @TempDir
    Path project;

    private Resources resources;

    @BeforeEach
    void resources() throws Exception {
        Files.createDirectories(project.resolve("target/classes"));
        resources = new Resources(
                new Directory(project.resolve("target/classes"), "target/classes"),
                List.of(new Source(
                        new ResourceDirectory(project.resolve("src/main/resources"), false, "", List.of(), List.of()),
                        "src/main/resources")));
    }

    private void write(String name, String text) throws Exception {
        TestFiles.write(project.resolve(name), text);
    }

    @Test
    void aFilteredFileHasTheNameOfItsOriginal() throws Exception {
        write("target/classes/application.yml", "a: shop\nb: 1\n");
        write("src/main/resources/application.yml", "a: @project.name@\nb: 1\n");
        SourceFile file = resources.read("application.yml").orElseThrow();
        assertThat(file.name()).isEqualTo("src/main/resources/application.yml");
        assertThat(file.line(1)).isEqualTo("a: shop");
    }

    @Test
    void aFileWithOtherLinesThanItsOriginalKeepsItsName() throws Exception {
        write("target/classes/application.yml", "a: shop\n# more\nb: 1\n");
        write("src/main/resources/application.yml", "a: @project.name@\nb: 1\n");
        assertThat(resources.read("application.yml").orElseThrow().name()).isEqualTo("target/classes/application.yml");
    }

    @Test
    void onlyFilesOfTheOutputDirectoryAreResources() throws Exception {
        write("target/secret.txt", "x");
        write("src/main/resources/other.yml", "x");
        write("target/classes/some.yml", "x");
        assertThat(resources.read("../secret.txt")).isEmpty();
        assertThat(resources.read("/etc/passwd")).isEmpty();
        assertThat(resources.read("other.yml")).isEmpty();
        assertThat(resources.read("a\0b")).isEmpty();
        assertThat(resources.names("../")).isEmpty();
        assertThat(resources.names("")).containsExactly("some.yml");
    }

    @Test
    void namesAreSortedAndWithoutDirectories() throws Exception {
        write("target/classes/b.yml", "");
        write("target/classes/a.yml", "");
        write("target/classes/config/c.yml", "");
        assertThat(resources.names("")).containsExactly("a.yml", "b.yml");
        assertThat(resources.names("config/")).containsExactly("config/c.yml");
    }

    /**
     * Resources of a project that is not built, copied as in the parent pom of Spring Boot and from another directory.
     */
    private Resources uncopied() {
        Path directory = project.resolve("src/main/resources");
        List<Pattern> filtered = Stream.of("**/application*.yml", "**/application*.properties")
                .map(ResourceDirectory::pattern)
                .toList();
        return new Resources(
                new Directory(project.resolve("target/classes"), "target/classes"),
                List.of(
                        new Source(new ResourceDirectory(directory, true, "", filtered, List.of()), "main"),
                        new Source(new ResourceDirectory(directory, false, "", List.of(), filtered), "main"),
                        new Source(
                                new ResourceDirectory(
                                        project.resolve("more"),
                                        false,
                                        "META-INF/",
                                        List.of(),
                                        List.of(ResourceDirectory.pattern("no?/"))),
                                "more")));
    }

    @Test
    void unfilteredResourcesAreKnownBeforeTheBuild() throws Exception {
        write("src/main/resources/application.yml", "a: ${spring}\n");
        write("src/main/resources/config/application-prod.properties", "a=@project.name@\n");
        write("src/main/resources/application-eu.properties", "a=1\n");
        write("src/main/resources/logback.xml", "${LOG_FILE} @x@\n");
        write("more/microprofile-config.properties", "b=1\n");
        write("more/not/x.properties", "");
        Files.delete(project.resolve("target/classes"));
        Resources all = uncopied();
        for (String filtered : List.of("application.yml", "config/application-prod.properties")) {
            assertThatThrownBy(() -> all.read(filtered))
                    .isInstanceOf(UnreadableSourceException.class)
                    .hasMessage(
                            "Maven replaces placeholders in this file when it copies it; its content is unknown before that");
        }
        assertThat(all.read("application-eu.properties").orElseThrow().name())
                .isEqualTo("main/application-eu.properties");
        assertThat(all.read("logback.xml").orElseThrow().name()).isEqualTo("main/logback.xml");
        assertThat(all.read("META-INF/microprofile-config.properties")
                        .orElseThrow()
                        .name())
                .isEqualTo("more/microprofile-config.properties");
        assertThat(all.read("microprofile-config.properties")).isEmpty();
        assertThat(all.read("META-INF/not/x.properties")).isEmpty();
        assertThat(all.read("../../../secret")).isEmpty();
        assertThat(all.names("")).containsExactly("application-eu.properties", "application.yml", "logback.xml");
        assertThat(all.names("META-INF/")).containsExactly("META-INF/microprofile-config.properties");
        write("target/classes/some.yml", "");
        Resources built = uncopied();
        assertThat(built.names("")).containsExactly("some.yml");
        assertThat(built.read("logback.xml")).isEmpty();
    }

    @Test
    void filteredSettingsAreUnknownBeforeTheBuild() throws Exception {
        write("src/main/resources/application.yml", """
                spring:
                  profiles:
                    active: @profile@
                a: ${a.dir}/x
                b: /data
                mail: one@example.com
                c: ${DIR:/tmp}
                """);
        Files.delete(project.resolve("target/classes"));
        ApplicationConfiguration settings = SpringConfiguration.read(
                new ConfigurationFiles(uncopied(), true),
                new Launch(Map.of(), Map.of(), List.of(), Optional.empty()),
                new SpringConfiguration.Rules(false, true),
                ContainerFiles.NONE,
                List.of());
        String unknown = "? it has a placeholder that Maven did not replace";
        assertThat(Project.show(settings.value("spring.profiles.active"))).isEqualTo(unknown);
        assertThat(Project.show(settings.value("a"))).isEqualTo(unknown);
        assertThat(Project.show(settings.value("b"))).isEqualTo("/data @ main/application.yml:5:4");
        assertThat(Project.show(settings.value("mail"))).startsWith("one@example.com @");
        assertThat(Project.show(settings.value("c"))).startsWith("/tmp @");
        assertThat(settings.profiles().unknown()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            **/application*.yml, application.yml,            true
            **/application*.yml, a/b/application-prod.yml,   true
            **/application*.yml, a/b/application-prod.yml.x, false
            application*.yml,    a/application.yml,          false
            a?.yml,              ab.yml,                     true
            a?.yml,              a/.yml,                     false
            a/**,                a/b/c,                      true
            a/,                  a/b/c,                      true
            a\\**,               a/b,                        true
            **,                  a/b,                        true
            *,                   a/b,                        false
            a.b,                 axb,                        false
            """)
    void patternsOfNames(String pattern, String name, boolean matches) {
        assertThat(ResourceDirectory.pattern(pattern).matcher(name).matches()).isEqualTo(matches);
    }

    @Test
    void anUnreadableFileHasAReason() throws Exception {
        write("target/classes/logback.xml/x", "");
        Files.write(project.resolve("target/classes/a.yml"), "\uFEFFa: b".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> resources.read("logback.xml"))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessage("this is a directory");
        assertThatThrownBy(() -> resources.read("a.yml")).hasMessage("the file is encoded in UTF-16");
    }
}
