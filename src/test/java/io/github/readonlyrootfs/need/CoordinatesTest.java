// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets Maven resolve the pom of each library in the catalogue: {@code mvn test -Pcoordinates}. {@code
 * -Dcoordinates.only=snappy} selects the coordinates that contain a text.
 */
@Tag("repository")
class CoordinatesTest {

    private static final Path COORDINATES = Path.of("src/test/resources/libraries/coordinates.txt");
    private static final String ONLY = System.getProperty("coordinates.only", "");

    @TempDir
    private Path directory;

    @Test
    void everyLibraryInTheCatalogueCanBeResolved() throws IOException, InterruptedException {
        List<String> asked = Files.readAllLines(COORDINATES).stream()
                .filter(line -> !line.startsWith("#") && line.contains(ONLY))
                .toList();
        assertThat(asked).isNotEmpty();
        Path pom = Files.writeString(directory.resolve("pom.xml"), pom(asked));

        Process maven = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-q",
                        "-f",
                        pom.toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:resolve")
                .redirectErrorStream(true)
                .start();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(maven.waitFor()).as(output).isZero();
    }

    private static String pom(List<String> libraries) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>catalogue</groupId>
                  <artifactId>coordinates</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                %s
                  </dependencies>
                </project>
                """.formatted(libraries.stream()
                .map(Situation::coordinates)
                .map(CoordinatesTest::dependency)
                .collect(Collectors.joining("\n")));
    }

    /** The pom only: transitive dependencies are irrelevant here. */
    private static String dependency(Coordinates library) {
        return """
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                      <type>pom</type>
                      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
                    </dependency>""".formatted(library.groupId(), library.artifactId(), library.version());
    }
}
