// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatedFactsTest {

    private static final String INSPECTED = """
            [{"RepoTags": ["registry.example/base:1"], "Config": {"User": "1500", "Volumes": {"/srv/data": {}}, "Env": []}}]
            """;

    @TempDir
    Path directory;

    private NamedFile file(String name, String text) throws IOException {
        return new NamedFile(Files.writeString(directory.resolve(name), text), name);
    }

    private List<String> rules(Optional<NamedFile> facts) throws IOException, ConfigurationException {
        return new RequestBuilder(Files.writeString(directory.resolve("taskdef.json"), """
                        {"family": "t", "requiresCompatibilities": ["EC2"], "containerDefinitions":
                          [{"name": "app", "image": "<IMAGE>", "readonlyRootFilesystem": true}]}
                        """))
                        .dockerfile(
                                Files.writeString(directory.resolve("Dockerfile"), "FROM registry.example/base:1\n"))
                        .containers(new ContainerSettings(
                                "app", Optional.empty(), List.of(), facts, Map.of(), Optional.empty()))
                        .writablePaths("/data")
                        .noInference()
                        .check()
                        .findings()
                        .stream()
                        .map(Finding::rule)
                        .toList();
    }

    @Test
    void aPathOfAnUnknownBaseImageIsUnknownUntilItsFactsAreStated() throws Exception {
        assertThat(rules(Optional.empty())).containsExactly("path-access-unknown");
        assertThat(rules(Optional.of(file("base.json", INSPECTED)))).containsExactly("path-not-writable");
    }

    @Test
    void aFileThatIsNotTheOutputOfInspectIsNamed() throws Exception {
        NamedFile broken = file("base.json", "{}");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> rules(Optional.of(broken)))
                .withMessage(
                        "<imageFacts> base.json: there is no Config: the output of docker image inspect was expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null]",
                "[{\"Config\": {\"Env\": [null]}, \"RepoTags\": [\"registry.example/base:1\"]}]",
                "[{\"Config\": {\"Entrypoint\": [null]}, \"RepoTags\": [\"registry.example/base:1\"]}]",
                "[{\"Config\": {\"Cmd\": [null]}, \"RepoTags\": [\"registry.example/base:1\"]}]",
                "[{\"Config\": {\"Labels\": {\"a\": null}}, \"RepoTags\": [\"registry.example/base:1\"]}]",
                "[{\"Config\": {\"OnBuild\": [null]}, \"RepoTags\": [\"registry.example/base:1\"]}]",
                "[{\"Config\": {}, \"RepoTags\": [null]}]"
            })
    void invalidInspectOutputIsNotAnErrorInThePlugin(String json) throws Exception {
        NamedFile odd = file("base.json", json);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> rules(Optional.of(odd)))
                .withMessageStartingWith("<imageFacts> base.json: ");
    }
}
