// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.image.tree.Accounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads every file of facts completely, to find a misspelt key before a build needs it. */
class FactFilesTest {

    private static final Path FACTS = Path.of("src/main/resources/io/github/readonlyrootfs/image/facts");

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final Set<String> LISTS = Set.of(
            "users",
            "groups",
            "directories",
            "complete",
            "incomplete",
            "files",
            "volumes",
            "entrypoint",
            "cmd",
            "shell");
    private static final Set<String> MAPS = Set.of("owners", "links", "environment", "labels");
    private static final Set<String> TEXTS =
            Set.of("tags", "extends", "layout", "user", "workdir", "family", "homeMode", "java", "source");
    private static final Set<String> OF_LAYOUTS = Set.of(
            "source",
            "extends",
            "family",
            "homeMode",
            "users",
            "groups",
            "accountsComplete",
            "directories",
            "complete",
            "incomplete",
            "owners",
            "links",
            "files");

    private static final String PATH = "/|(/[^/\\s]+)+";
    private static final String NUMBER = "\\d{1,9}|\\?";

    static List<String> published() {
        return names("published");
    }

    static List<String> layouts() {
        return names("layouts");
    }

    private static List<String> names(String directory) {
        try (Stream<Path> files = Files.list(FACTS.resolve(directory))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String name) throws IOException {
        return JSON.readTree(FACTS.resolve(name + ".json").toFile());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aLayoutHasKnownKeysAndOwnersWithAccounts(String name) throws IOException {
        JsonNode layout = read("layouts/" + name);
        assertThat(layout.get("source").asText()).isNotBlank();
        assertThat(fields(layout)).isSubsetOf(OF_LAYOUTS);
        values(layout);
        if (layout.has("extends")) {
            assertThat(layouts()).contains(layout.get("extends").asText());
        }
        if (!layout.path("users").isEmpty()) {
            owners(layout, Layout.load(name).accounts());
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void aPublishedImageHasKnownKeysAndOwnersWithAccounts(String name) throws IOException {
        JsonNode file = read("published/" + name);
        assertThat(fields(file)).isSubsetOf("source", "common", "entries");
        assertThat(file.get("source").asText()).isNotBlank();
        JsonNode common = file.path("common");
        entry(common);
        assertThat(common.has("tags")).isFalse();
        assertThat(file.get("entries")).isNotEmpty();
        for (JsonNode entry : file.get("entries")) {
            entry(entry);
            Pattern.compile(entry.get("tags").asText());
            extended((entry.has("extends") ? entry : common).path("extends").asText());
        }
    }

    private static void entry(JsonNode entry) {
        for (String key : fields(entry)) {
            assertThat(LISTS.contains(key)
                            || MAPS.contains(key)
                            || TEXTS.contains(key)
                            || key.equals("partial")
                            || key.equals("script")
                            || key.equals("accountsComplete"))
                    .as(key)
                    .isTrue();
        }
        values(entry);
        if (entry.has("layout")) {
            assertThat(layouts()).contains(entry.get("layout").asText());
        }
        if (entry.has("java")) {
            assertThat(Pattern.compile(entry.get("java").asText()).matcher("").groupCount())
                    .isEqualTo(1);
        }
        if (entry.has("script")) {
            script(entry.get("script"));
        }
        if (entry.has("partial")) {
            assertThat(entry.get("partial").isBoolean()).isTrue();
        }
        entry.path("volumes").forEach(volume -> assertThat(volume.asText()).matches(PATH));
        if (entry.has("workdir")) {
            assertThat(entry.get("workdir").asText()).matches(PATH);
        }
    }

    private static void script(JsonNode script) {
        assertThat(fields(script))
                .isSubsetOf("name", "program", "options", "runs", "variables", "properties", "server", "source");
        assertThat(fields(script.path("server"))).isSubsetOf("jar", "drops");
        Pattern.compile(script.path("server").path("jar").asText());
        assertThat(script.get("name").asText()).matches("[\\w.-]+");
        assertThat(script.get("source").asText()).startsWith("https://");
        Pattern.compile(script.path("options").asText());
        assertThat(script.has("options")).as("options are of the program").isIn(false, script.has("program"));
        script.path("variables").forEach(name -> assertThat(name.asText()).matches("\\w+( \\| \\w+)*"));
        script.path("runs").forEach(directory -> assertThat(directory.asText()).startsWith("/"));
        script.path("properties")
                .properties()
                .forEach(property -> assertThat(property.getKey()).matches("[\\w.]+"));
    }

    private static void extended(String written) throws IOException {
        if (written.isEmpty()) {
            return;
        }
        String[] parts = written.split(":", 2);
        assertThat(published()).contains(parts[0]);
        if (parts.length > 1) {
            JsonNode entries = read("published/" + parts[0]).get("entries");
            List<String> tags = new ArrayList<>();
            entries.forEach(entry -> tags.add(entry.get("tags").asText()));
            assertThat(tags).as(written).anyMatch(tag -> Pattern.matches(tag, parts[1]));
        }
    }

    private static void values(JsonNode object) {
        LISTS.forEach(key -> object.path(key)
                .forEach(element -> assertThat(element.isTextual()).as(key).isTrue()));
        for (String key : LISTS) {
            assertThat(object.path(key).isMissingNode() || object.path(key).isArray())
                    .as(key)
                    .isTrue();
        }
        for (String key : MAPS) {
            assertThat(object.path(key).isMissingNode() || object.path(key).isObject())
                    .as(key)
                    .isTrue();
            boolean nullable = key.equals("environment") || key.equals("labels");
            object.path(key)
                    .forEach(value -> assertThat(value.isTextual() || (nullable && value.isNull()))
                            .as(key)
                            .isTrue());
        }
        for (String key : TEXTS) {
            assertThat(object.path(key).isMissingNode() || object.path(key).isTextual())
                    .as(key)
                    .isTrue();
        }
        if (object.has("accountsComplete")) {
            assertThat(object.get("accountsComplete").asText()).matches("true|false|people");
        }
        if (object.has("homeMode")) {
            assertThat(object.get("homeMode").asText()).matches("(0[0-7]{3})?");
        }
        if (object.has("family")) {
            assertThat(object.get("family").asText()).isIn("debian", "alpine", "redhat", "unknown");
        }
        for (String key : List.of("directories", "complete", "incomplete", "files")) {
            object.path(key).forEach(path -> assertThat(path.asText()).matches(PATH));
        }
        object.path("users")
                .forEach(user ->
                        assertThat(user.asText()).matches("[^:]+:(" + NUMBER + "):(" + NUMBER + "):(" + PATH + ")?"));
        object.path("groups").forEach(group -> assertThat(group.asText()).matches("[^:]+:(" + NUMBER + "):[^:]*"));
        object.path("owners").properties().forEach(owner -> {
            assertThat(owner.getKey()).matches(PATH);
            assertThat(owner.getValue().asText()).matches("(" + NUMBER + "):(" + NUMBER + ") ([0-7]{4}|\\?)");
        });
        object.path("links")
                .properties()
                .forEach(link -> assertThat(link.getKey()).matches(PATH));
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyFamilyOfTagsOfAPublishedImageLoads(String name) throws IOException {
        JsonNode file = read("published/" + name);
        List<String> tags = new ArrayList<>(TAGS);
        for (JsonNode entry : file.get("entries")) {
            List<BaseImage> images = new ArrayList<>();
            Pattern expression = Pattern.compile(entry.get("tags").asText());
            for (String tag : TAGS) {
                if (tags.contains(tag) && expression.matcher(tag).matches()) {
                    tags.remove(tag);
                    String reference = reference(name) + (tag.isEmpty() ? "" : ":" + tag);
                    assertThat(ImageReference.parse(reference).names()).contains(name);
                    PublishedImage.of(reference).ifPresent(image -> images.add(image.base()));
                }
            }
            // An entry without a tag is unused, or a common tag is missing here.
            assertThat(images).as(expression.pattern()).isNotEmpty();
            for (BaseImage image : images) {
                owners(file.path("common"), image.accounts());
                owners(entry, image.accounts());
            }
        }
    }

    private static void owners(JsonNode part, Accounts accounts) {
        part.path("owners").forEach(owner -> {
            String[] ids = owner.asText().split("[: ]");
            if (!ids[0].equals("?")) {
                assertThat(accounts.user(Integer.parseInt(ids[0])))
                        .as(owner.asText())
                        .isPresent();
            }
            if (!ids[1].equals("?")) {
                assertThat(accounts.group(Integer.parseInt(ids[1])))
                        .as(owner.asText())
                        .isPresent();
            }
        });
    }

    /** Common tags. */
    private static final List<String> TAGS = List.of(
            "",
            "@",
            "latest",
            "init-latest",
            "1",
            "3.2",
            "8-jre",
            "8.0",
            "10.0",
            "6.0",
            "6.0-alpine",
            "6.0-jammy-chiseled",
            "8.0-alpine",
            "8.0-bookworm-slim",
            "8.0-noble",
            "8.0-noble-chiseled",
            "8.0-azurelinux3.0",
            "21-jre",
            "21-jre-alpine",
            "21-alpine",
            "21-jre-noble",
            "21-noble",
            "21-jre-jammy",
            "21-jammy",
            "21-jre-ubi9-minimal",
            "21-ubi9-minimal",
            "21-oraclelinux9",
            "24.04",
            "22.04",
            "20.04",
            "trixie",
            "bookworm",
            "buster",
            "12-slim",
            "13-slim",
            "3.12-trixie",
            "3.12-slim-trixie",
            "3.12-bookworm",
            "3.12-slim-bookworm",
            "8.3-apache",
            "8.3-fpm",
            "8.3-fpm-alpine",
            "8.3-alpine",
            "8.3-cli",
            "16",
            "16-alpine",
            "18",
            "18-alpine",
            "nonroot",
            "debug-nonroot",
            "1-debian-1",
            "11-jdk-openj9",
            "35.0.0.Final-jdk21",
            "5.194",
            "7.1.0",
            "1-distroless",
            "latest-dev",
            "3.9.1-ubi",
            "1.27-fedora",
            "v0.23.0",
            "v0.30.0",
            "v0.43.1",
            "0.41.1-debian",
            "0.41.1-alpine",
            "0.41.1-distroless-libc",
            "0.41.1-distroless-static",
            "3.2-debug",
            "4.25",
            "openjdk-17-lein",
            "temurin-21-lein",
            "temurin-21-lein-alpine",
            "temurin-21-lein-noble",
            "6.1-amazonlinux2",
            "18.1-alpine3.23",
            "18.1",
            "19-alpine",
            "stable",
            "slim");

    private static String reference(String name) {
        if (name.endsWith("_")) {
            return name.replace("_", "/any");
        }
        int house = name.indexOf('_');
        return house < 0 ? name : name.substring(0, house) + "/" + name.substring(house + 1);
    }

    @Test
    void everyAliasNamesAnImageWithFacts() throws IOException {
        Set<String> aliases = new HashSet<>();
        read("aliases").properties().forEach(entry -> {
            assertThat(published()).contains(entry.getKey());
            entry.getValue().forEach(alias -> {
                assertThat(published()).doesNotContain(alias.asText());
                assertThat(aliases.add(alias.asText())).as(alias.asText()).isTrue();
                assertThat(ImageReference.parse(reference(alias.asText())).names())
                        .contains(entry.getKey());
            });
        });
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.properties().forEach(field -> names.add(field.getKey()));
        return names;
    }
}
