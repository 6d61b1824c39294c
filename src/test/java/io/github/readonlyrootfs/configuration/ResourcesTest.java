// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.configuration.Resources.Directory;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {

    @TempDir
    Path project;

    private Resources resources;

    @BeforeEach
    void resources() {
        resources = new Resources(
                new Directory(project.resolve("target/classes"), "target/classes"),
                List.of(new Directory(project.resolve("src/main/resources"), "src/main/resources")));
    }

    private void write(String name, String text) throws Exception {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aFilteredFileIsCalledByTheNameOfItsOriginal() throws Exception {
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
        assertThat(resources.read("../secret.txt")).isEmpty();
        assertThat(resources.read("/etc/passwd")).isEmpty();
        assertThat(resources.read("other.yml")).isEmpty();
        assertThat(resources.read("a\0b")).isEmpty();
        assertThat(resources.names("../")).isEmpty();
        assertThat(resources.names("")).isEmpty();
    }

    @Test
    void namesAreSortedAndWithoutDirectories() throws Exception {
        write("target/classes/b.yml", "");
        write("target/classes/a.yml", "");
        write("target/classes/config/c.yml", "");
        assertThat(resources.names("")).containsExactly("a.yml", "b.yml");
        assertThat(resources.names("config/")).containsExactly("config/c.yml");
    }

    @Test
    void whatCannotBeReadSaysWhy() throws Exception {
        write("target/classes/logback.xml/x", "");
        Files.write(project.resolve("target/classes/a.yml"), "\uFEFFa: b".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> resources.read("logback.xml"))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessage("this is a directory");
        assertThatThrownBy(() -> resources.read("a.yml")).hasMessage("the file is encoded in UTF-16");
    }
}
