// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.need.observed.ObservedContainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunInputsTest {

    private static final String DOCKERFILE = """
            FROM debian:13
            COPY start.sh package.json /srv/
            RUN make install
            CMD ["/srv/start.sh"]
            """;

    @TempDir
    Path directory;

    private Map<String, String> buildArgs = Map.of();

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("start.sh"), "#!/bin/sh\nexec serve\n");
        Files.writeString(directory.resolve("package.json"), "{}\n");
    }

    private Map<String, String> inputs(String dockerfile, String members) throws Exception {
        Path task = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\"" + members + "}]}");
        Path file = Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        ContainerAnalysis container = ReadOnlyRootAnalysis.check(
                        new RequestBuilder(task).dockerfile(file).build())
                .tasks()
                .containers()
                .get(0);
        return RunInputs.of(container.context(), container.build(), buildArgs);
    }

    @Test
    void theDockerfileTheApplicationAndTheTaskCount() throws Exception {
        Map<String, String> before = inputs(DOCKERFILE, "");

        assertThat(before).containsOnlyKeys("Dockerfile", "task", "application");
        assertThat(inputs(DOCKERFILE.replace("make", "gmake"), ""))
                .doesNotContainEntry("Dockerfile", before.get("Dockerfile"))
                .containsEntry("task", before.get("task"));
        assertThat(inputs(DOCKERFILE, ", \"environment\": [{\"name\": \"DIR\", \"value\": \"/x\"}]"))
                .doesNotContainEntry("task", before.get("task"));
        Files.writeString(directory.resolve("start.sh"), "#!/bin/sh\nexec serve --cache\n");
        assertThat(inputs(DOCKERFILE, "")).doesNotContainEntry("application", before.get("application"));
    }

    @Test
    void whatOnlyDecidesWhetherAPathCanBeWrittenDoesNotCount() throws Exception {
        String fixed = DOCKERFILE.replace("COPY", "COPY --chown=web").replace("CMD", """
                        # It must write there.
                        RUN mkdir -p /var/lib/app && \\
                            chown web:web /var/lib/app
                        VOLUME /tmp /var/lib/app

                        CMD""");

        assertThat(inputs(
                        fixed,
                        ", \"readonlyRootFilesystem\": true, \"linuxParameters\": {\"tmpfs\": [{\"containerPath\":"
                                + " \"/run\", \"size\": 64}]}"))
                .isEqualTo(inputs(DOCKERFILE, ""));
    }

    @Test
    void aUserAndACommandThatDoesMoreCount() throws Exception {
        Map<String, String> before = inputs(DOCKERFILE, "");

        assertThat(inputs(DOCKERFILE.replace("CMD", "USER 1000\nCMD"), "")).isNotEqualTo(before);
        assertThat(inputs(DOCKERFILE.replace("CMD", "RUN mkdir /x && make cache\nCMD"), ""))
                .isNotEqualTo(before);
        assertThat(inputs(DOCKERFILE.replace("CMD", "RUN chown web `make names`\nCMD"), ""))
                .isNotEqualTo(before);
    }

    private String application(String dockerfile) throws Exception {
        return inputs(dockerfile, "").getOrDefault("application", "none");
    }

    @Test
    void theCodeThatAnyStageOfTheBuildReadsCounts() throws Exception {
        Files.createDirectories(directory.resolve("src/main"));
        Path code = Files.writeString(directory.resolve("src/main/app.go"), "package main\n");
        String built = """
                FROM golang:1.23 AS build
                ARG SOURCES
                COPY src /src
                RUN go build -o /app /src
                FROM debian:13
                COPY --from=build /app /app
                CMD ["/app"]
                """;
        for (String dockerfile : List.of(
                built,
                built.replace("COPY src /src", "COPY . /src"),
                built.replace("COPY src /src", "COPY ${SOURCES} /src"),
                built.replace("COPY src /src", "COPY s*/main/*.go /src/"),
                built.replace("COPY src /src\nRUN", "RUN --mount=type=bind,source=src,target=/src"),
                built.replace("COPY src /src\nRUN", "RUN --mount=target=/src"))) {
            Files.writeString(code, "package main\n");
            String before = application(dockerfile);
            assertThat(application(dockerfile)).as(dockerfile).isEqualTo(before);
            Files.writeString(code, "package main\r\n");
            assertThat(application(dockerfile)).as(dockerfile).isEqualTo(before);
            Files.writeString(code, "package main // to /var/data\n");
            assertThat(application(dockerfile)).as(dockerfile).isNotEqualTo(before);
        }
    }

    @Test
    void whatTheBuildDoesNotReadOrToolsMakeDoesNotCount() throws Exception {
        String dockerfile = "FROM debian:13\nCOPY . /srv\nCMD [\"/srv/start.sh\"]\n";
        Files.writeString(directory.resolve(".dockerignore"), "notes\n*.log\n");
        String before = application(dockerfile);
        for (String other : List.of(
                "notes/a.txt",
                "server.log",
                "README.md",
                "node_modules/x/index.js",
                "target/readonly-rootfs/readonly-rootfs.json",
                ".git/HEAD",
                "src/test/a.py",
                "readonly-rootfs-needs.json")) {
            Path file = directory.resolve(other);
            Files.createDirectories(file.getParent());
            Files.writeString(file, NeedsRecord.EMPTY.text());
            assertThat(application(dockerfile)).as(other).isEqualTo(before);
        }
        assertThat(application(dockerfile.replace("CMD", "VOLUME /tmp\nCMD"))).isEqualTo(before);
        Files.writeString(directory.resolve("app.py"), "x");
        assertThat(application(dockerfile)).isNotEqualTo(before);
    }

    @Test
    void anArchiveIsTheSameIfItsClassesAre() throws Exception {
        String dockerfile = "FROM debian:13\nCOPY target/app.jar /srv/\nCMD [\"java\", \"-jar\", \"/srv/app.jar\"]\n";
        Files.createDirectories(directory.resolve("target"));
        String without = application(dockerfile);
        jar("App.class", "one", "META-INF/MANIFEST.MF", "Monday");
        String before = application(dockerfile);
        jar("META-INF/MANIFEST.MF", "Tuesday", "App.class", "one");
        assertThat(application(dockerfile)).isEqualTo(before).isNotEqualTo(without);
        jar("App.class", "two", "META-INF/MANIFEST.MF", "Monday");
        assertThat(application(dockerfile)).isNotEqualTo(before);
    }

    private void jar(String... entries) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(directory.resolve("target/app.jar")))) {
            for (int i = 0; i < entries.length; i += 2) {
                jar.putNextEntry(new ZipEntry(entries[i]));
                jar.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void ofATooLargeApplicationNothingIsSaid() throws Exception {
        for (int i = 0; i < 200; i++) {
            Path part = Files.createDirectories(directory.resolve("data/" + i));
            for (int j = 0; j < 105; j++) {
                Files.createFile(part.resolve("f" + j));
            }
        }

        assertThat(application("FROM debian:13\nCOPY data /srv\nCMD [\"sleep\", \"9\"]\n"))
                .isEqualTo(ObservedContainer.UNKNOWN);
    }

    @Test
    void buildArgumentsCountAndTheValuesOfSecretsAreNotKeptEvenAsHashes() throws Exception {
        Map<String, String> before = inputs(DOCKERFILE, "");
        buildArgs = Map.of("MODE", "fast");
        assertThat(inputs(DOCKERFILE, "").get("Dockerfile")).isNotEqualTo(before.get("Dockerfile"));

        buildArgs = Map.of("NPM_TOKEN", "one");
        Map<String, String> one = inputs(DOCKERFILE, "");
        buildArgs = Map.of("NPM_TOKEN", "two");
        assertThat(inputs(DOCKERFILE, "")).isEqualTo(one);
    }

    @Test
    void aHealthCheckCounts() throws Exception {
        assertThat(inputs(DOCKERFILE, ", \"healthCheck\": {\"command\": [\"CMD\", \"touch\", \"/srv/x\"]}"))
                .isNotEqualTo(inputs(DOCKERFILE, ""));
    }
}
