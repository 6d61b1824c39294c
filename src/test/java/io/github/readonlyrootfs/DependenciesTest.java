// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/dependencies.md} lists the libraries that a build with the plugin downloads. */
class DependenciesTest {

    private static final Path DOCUMENT = Path.of("docs/dependencies.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([^`:]+:[^`]+)` \\| (\\d+) \\| ([^|]+) \\| (\\d+|-) \\| ([^|]+) \\|");

    private record Row(int kibibytes, String loadedFor, String why) {}

    private static Map<String, Row> rows() throws Exception {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(
                        row.group(1),
                        new Row(
                                Integer.parseInt(row.group(2)),
                                row.group(3).strip(),
                                row.group(5).strip()));
            }
        }
        return rows;
    }

    private static Set<String> names(XmlElement dependencies, Set<String> scopes) {
        return dependencies
                .children("dependency")
                .filter(dependency -> scopes.contains(text(dependency, "scope").orElse("compile")))
                .map(dependency -> text(dependency, "groupId").orElseThrow() + ":"
                        + text(dependency, "artifactId").orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> text(XmlElement element, String child) {
        return element.childText(child).map(Value.Known::value);
    }

    private static XmlElement dependencies(Path file) throws Exception {
        return XmlReader.read(SourceFile.of(file.toString(), Files.readString(file)))
                .children("dependencies")
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyDependencyOfThePluginHasAReason() throws Exception {
        Set<String> declared = names(dependencies(Path.of("pom.xml")), Set.of("compile", "runtime"));
        assertThat(rows().keySet()).containsAll(declared);
        assertThat(rows().values()).allSatisfy(row -> {
            assertThat(row.loadedFor()).isNotEmpty();
            assertThat(row.why()).hasSizeGreaterThan(20);
        });
        assertThat(rows().entrySet())
                .filteredOn(row -> !declared.contains(row.getKey()))
                .as("what no one declared comes with something")
                .allSatisfy(row -> assertThat(row.getValue().why()).startsWith("comes with "));
    }

    /** Maven lists there the dependencies that it resolved, including transitive ones. */
    @Test
    void nothingElseIsListedInTheDescriptor() throws Exception {
        Path descriptor = Path.of("target/classes/META-INF/maven/plugin.xml");
        assumeTrue(Files.exists(descriptor), "only Maven writes it");
        assertThat(names(dependencies(descriptor), Set.of("compile"))).isEqualTo(new TreeSet<>(rows().keySet()));
    }

    @Test
    void theSizesAreThoseOfTheJars() throws Exception {
        for (Map.Entry<String, Row> row : rows().entrySet()) {
            String artifactId = row.getKey().replaceFirst(".*:", "");
            Path jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(path ->
                            path.getFileName().toString().matches(Pattern.quote(artifactId) + "-\\d[^/]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar of " + row.getKey()));
            assertThat(row.getValue().kibibytes())
                    .as(row.getKey())
                    .isCloseTo((int) (Files.size(jar) / 1024), within(2));
        }
    }
}
