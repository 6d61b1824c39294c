// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.mojo.PomFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JarManifestTest {

    private static final String MANIFEST = "org.apache.maven.plugins.shade.resource.ManifestResourceTransformer";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            org.apache.maven.plugins:maven-shade-plugin       | E<transformers><transformer/><transformer implementation="MANIFEST"><mainClass>a.Main</mainClass></transformer></transformers> | [a.Main]
            org.apache.maven.plugins:maven-shade-plugin       | E<transformers><transformer implementation="MANIFEST"><manifestEntries><Main-Class>a.Main</Main-Class></manifestEntries></transformer></transformers> | [a.Main]
            org.apache.maven.plugins:maven-shade-plugin       | E<transformers><transformer implementation="a.Other"><mainClass>a.Main</mainClass></transformer></transformers> | []
            org.apache.maven.plugins:maven-shade-plugin       | <transformers><transformer implementation="MANIFEST"><mainClass>a.Main</mainClass></transformer></transformers> | [a.Main]
            org.apache.maven.plugins:maven-jar-plugin         | <archive><manifest><mainClass>a.Main</mainClass></manifest></archive> | [a.Main]
            org.apache.maven.plugins:maven-jar-plugin         | <archive><manifest><mainClass>${start-class}</mainClass></manifest></archive> | []
            org.apache.maven.plugins:maven-jar-plugin         | <archive><manifestEntries><Main-Class>a.Main</Main-Class></manifestEntries></archive> | [a.Main]
            org.apache.maven.plugins:maven-assembly-plugin    | E<archive><manifest><mainClass>a.Main</mainClass></manifest></archive> | [a.Main]
            org.springframework.boot:spring-boot-maven-plugin | <mainClass>a.Main</mainClass> | [a.Main]
            org.codehaus.mojo:exec-maven-plugin               | <mainClass>a.Main</mainClass> | []
            """)
    void pluginsThatMakeAJarSayItsMainClass(String plugin, String configuration, String expected) {
        String written = configuration.replace("MANIFEST", MANIFEST);
        PomFixture project = written.startsWith("E")
                ? project(
                        plugin,
                        "<executions><execution>" + configuration(written.substring(1)) + "</execution></executions>")
                : project(plugin, configuration(written));

        assertThat(JarManifest.mainClasses(PomFile.build(project.written(), Map.of())))
                .hasToString(expected);
    }

    private PomFixture project(String plugin, String rest) {
        return new PomFixture(directory).plugin(plugin.split(":")[0], plugin.split(":")[1], rest);
    }

    private static String configuration(String text) {
        return "<configuration>" + text + "</configuration>";
    }
}
