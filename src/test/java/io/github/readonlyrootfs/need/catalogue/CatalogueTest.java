// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.Catalogue.Entry;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Framework;
import io.github.readonlyrootfs.start.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The files of the catalogue. {@link LibraryCatalogueTest}, {@code BaseImageFinderTest}, {@code StartCommandFinderTest} and
 * this test check that each entry applies; all of them take the entries from {@link CatalogueFiles}.
 */
class CatalogueTest {

    private static final String UPDATE = "mvn test -Dtest=CatalogueTest -Dfixtures.update";

    private static final Path INDEX = CatalogueFiles.DIRECTORY.resolve("index.txt");

    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(
                            Files.readString(CatalogueFiles.DIRECTORY.resolve("catalogue.schema.json")),
                            InputFormat.JSON);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static List<String> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    private static String text(String file) throws IOException {
        return Files.readString(CatalogueFiles.DIRECTORY.resolve(file + ".json"));
    }

    /** Only known keys, a source, and text where text belongs. */
    @TestFactory
    Stream<DynamicTest> everyFileIsValidAgainstTheSchema() {
        return CatalogueFiles.names().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file, () -> assertThat(errors(text(file))).isEmpty()));
    }

    @Test
    void theSchemaRejectsInvalidEntries() throws IOException {
        String nginx = text("programs/nginx");
        for (String[] change : new String[][] {
            {"\"certainty\"", "\"confidence\""},
            {"\"why\": \"nginx puts", "\"says\": \"nginx puts"},
            {"\"sources\"", "\"source\""},
            {"\"fatal\"", "\"deadly\""},
            {"\"in\": \"all\"", "\"in\": \"everywhere\""},
            {"exists /etc", "there is /etc"},
            {"\"programs\": [\"nginx\"],", "\"programs\": [],"},
            {"\"moved\": [{ \"directive\": [\"{each}_temp_path\"], \"in\": \"all\" }]", "\"moved\": [\"$TEMP\"]"}
        }) {
            String wrong = nginx.replace(change[0], change[1]);
            assertThat(wrong).as(change[0]).isNotEqualTo(nginx);
            assertThat(errors(wrong)).as(change[1]).isNotEmpty();
        }
        assertThat(errors(text("libraries/snappy-java").replace("\"uses org", "\"arguments org")))
                .isNotEmpty();
        assertThat(errors(text("libraries/atomikos").replace("[\"unknown\"]", "[]")))
                .as("nothing to use it by")
                .isNotEmpty();
    }

    @Test
    void namesOfEntriesAreUnique() {
        Set<String> names = new HashSet<>();
        Stream.concat(CatalogueFiles.libraries().stream(), CatalogueFiles.programs().stream())
                .forEach(entry -> assertThat(names.add(entry.name()))
                        .as("%s in %s.json", entry.name(), entry.file())
                        .isTrue());
        assertThat(names).hasSizeGreaterThan(200);
    }

    @Test
    void theIndexListsEveryEntry() throws IOException {
        String index = CatalogueFiles.names().stream()
                .map(file -> file + " " + String.join(" ", CatalogueFiles.subjects(file)) + "\n")
                .collect(Collectors.joining());
        if (System.getProperty("fixtures.update") != null) {
            Files.writeString(INDEX, index);
        }

        List<String> expected = index.lines().toList();
        List<String> written = Files.readAllLines(INDEX);
        assertThat(expected.stream().filter(line -> !written.contains(line)))
                .as("lines that %s lacks; update it: %s", INDEX, UPDATE)
                .isEmpty();
        assertThat(written.stream().filter(line -> !expected.contains(line)))
                .as("lines of %s that are wrong; update it: %s", INDEX, UPDATE)
                .isEmpty();
        assertThat(written.equals(expected))
                .as("the order of lines in %s; update it: %s", INDEX, UPDATE)
                .isTrue();
        assertThat(CatalogueFiles.names())
                .allSatisfy(file ->
                        assertThat(CatalogueFiles.subjects(file)).as(file).isNotEmpty());
        assertThat(Catalogue.about(List.of("nginx")))
                .extracting(Entry::name)
                .contains("nginx", "nginx-of-alpine", "openresty");
        assertThat(Catalogue.about(List.of("-javaagent:pyroscope-1.jar", ":snappy-java", "php-fpm8.3")))
                .extracting(Entry::name)
                .contains("pyroscope-agent", "snappy", "php-fpm");
        assertThat(Catalogue.about(List.of("no-such-program", "a:b", ":nothing")))
                .isEmpty();
    }

    /** A write of the Alpine nginx extends one of the Debian nginx, which extends one of the image. */
    @Test
    void anEntryInheritsTheKeysOfTheEntryThatItExtends() {
        Entry alpine = CatalogueFiles.programs().stream()
                .filter(entry -> entry.name().equals("nginx-of-alpine"))
                .findFirst()
                .orElseThrow();

        assertThat(alpine.json().strings("programs")).containsExactly("nginx");
        assertThat(alpine.json().strings("images")).containsExactly("alpine");
        WriteFact temporary = CatalogueFiles.writes(alpine).get(0);
        assertThat(temporary.paths()).containsExactly("/var/lib/nginx/tmp");
        assertThat(temporary.certainty()).isEqualTo(Certainty.READ);
        assertThat(temporary.createsParents()).isTrue();
        assertThat(temporary.conditions().unless()).hasSize(1);
        assertThat(temporary.moved()).hasSize(1);
    }

    @Test
    void anErrorNamesTheFileAndTheEntry() {
        Entry nginx = CatalogueFiles.programs().stream()
                .filter(entry -> entry.name().equals("nginx"))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> nginx.as(LibraryEntry::all))
                .hasMessageStartingWith("programs/nginx.json, entry nginx: not a path: ");
        assertThatThrownBy(() -> Catalogue.in("programs/none")).hasMessage("programs/none.json is missing");
    }

    @Test
    void everySettingBelongsToAFrameworkThatReadsIt() {
        List<WrittenSetting> read = Stream.of(Framework.values())
                .flatMap(framework -> WrittenSetting.of(framework).stream())
                .toList();

        assertThat(read).hasSameSizeAs(CatalogueFiles.settings()).hasSizeGreaterThan(25);
        assertThat(CatalogueFiles.settings())
                .allSatisfy(entry -> assertThat(Stream.of(Framework.values())
                                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                        .contains(entry.file().replace("settings/", "")));
    }

    @TestFactory
    Stream<DynamicTest> aLauncherStartsAJvm() {
        return CatalogueFiles.programs().stream()
                .filter(entry -> entry.json().has("launch"))
                .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> {
                    String program = entry.json().strings("programs").get(0);
                    String paths =
                            entry.json().get("launch").get("paths").text().orElse(program);
                    List<String> verbs = entry.json().get("launch").strings("verbs");
                    List<String> images = entry.json().strings("images");
                    ContainerContext container = Contexts.built("FROM "
                            + (images.isEmpty() ? "debian:13" : images.get(0) + ":9") + "\nENTRYPOINT [\""
                            + paths.split("\\|", -1)[0].replace("\\", "") + "\", \""
                            + (verbs.isEmpty() ? "x" : verbs.get(0)) + "\"]\nCMD []\nENV "
                            + entry.json()
                                    .get("launch")
                                    .strings("variables")
                                    .get(0)
                                    .split(" ", -1)[0]
                            + "=-Dfired=yes\n");
                    assertThat(container.java().jvms())
                            .extracting(Jvm::options)
                            .anySatisfy(options -> assertThat(
                                            options.property("fired").known())
                                    .contains("yes"));
                }));
    }
}
