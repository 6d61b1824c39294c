// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortNamesTest {

    @TempDir
    Path directory;

    private CheckResult check(String dockerfile) throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        Path task = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"family\": \"a\", \"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE>\"}]}");
        return ReadOnlyRootAnalysis.check(new RequestBuilder(task)
                .dockerfile(directory.resolve("Dockerfile"))
                .build());
    }

    @Test
    void aNameKeepsItsBeginningInEverySentence() throws Exception {
        CheckResult result = check("FROM core:<%= version %>\nUSER root\n");

        assertThat(new ConsoleReport(result.tasks(), result.findings())
                        .headline()
                        .orElseThrow())
                .contains("nothing is known about what its image (the template placeholder <%=***");
    }

    @Test
    void theDigestOfAnImageIsNoLogin() throws Exception {
        String digest = "@sha256:" + "c2a5eb3516da4c3b".repeat(4);
        CheckResult result = check("FROM registry.example/debian12" + digest + "\n");

        assertThat(new ConsoleReport(result.tasks(), result.findings())
                        .headline()
                        .orElseThrow())
                .contains("what image registry.example/debian12" + digest + " writes");
    }

    @Test
    void aUserAndItsGroupAreShortenedToo() throws Exception {
        CheckResult result = check("FROM debian:12\nUSER app:staff@hunter2\n");

        assertThat(ShortNames.of(result.tasks(), result.findings()).in("user app:staff@hunter2, group staff@hunter2"))
                .isEqualTo("user ***, group ***");
    }
}
