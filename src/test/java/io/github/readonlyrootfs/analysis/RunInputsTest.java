// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        return RunInputs.of(container.context(), container.build());
    }

    @Test
    void theDockerfileTheScriptsTheLibrariesAndTheTaskCount() throws Exception {
        Map<String, String> before = inputs(DOCKERFILE, "");

        assertThat(before).containsOnlyKeys("Dockerfile", "/srv/start.sh", "/srv/package.json", "task");
        assertThat(inputs(DOCKERFILE.replace("make", "gmake"), ""))
                .doesNotContainEntry("Dockerfile", before.get("Dockerfile"))
                .containsEntry("task", before.get("task"));
        assertThat(inputs(DOCKERFILE, ", \"environment\": [{\"name\": \"DIR\", \"value\": \"/x\"}]"))
                .doesNotContainEntry("task", before.get("task"));
        Files.writeString(directory.resolve("start.sh"), "#!/bin/sh\nexec serve --cache\n");
        assertThat(inputs(DOCKERFILE, "")).doesNotContainEntry("/srv/start.sh", before.get("/srv/start.sh"));
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
}
