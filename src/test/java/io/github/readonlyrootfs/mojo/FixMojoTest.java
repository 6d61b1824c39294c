// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.Fixture;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.request.CheckRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixMojoTest {

    /** The encoding of a container without a locale. */
    @Test
    void aDiffIsPrintedAsUtf8OnAnyStream() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        FixMojo.print(
                List.of(" # f\u00FCr \u65E5\u672C", "+VOLUME /tmp\r"),
                new PrintStream(bytes, true, StandardCharsets.US_ASCII));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(" # f\u00FCr \u65E5\u672C\n+VOLUME /tmp\r\n");
    }

    @Test
    void afterAChangeOfThePomTheSummarySaysThatTheCheckDidNotReadIt(@TempDir Path directory) throws Exception {
        Fixture project = Fixture.in(Path.of("src/test/resources/fixtures/a-jib-image-with-a-user-of-its-own"));
        CheckRequest request = project.with(project.files(), directory).request();
        Fix fix = Fix.of(request, directory, Set.of());
        String left =
                "checked taskdef.json and pom.xml (jib-maven-plugin): 1 container on FARGATE: fails; 1 warning; 2 needs"
                        + " declared";

        assertThat(fix.unreadFiles()).containsExactly("pom.xml");
        assertThat(FixMojo.summary(fix, false))
                .isEqualTo(left + "; run the check again: this one has not seen the new pom.xml");
        assertThat(FixMojo.summary(fix, true)).isEqualTo(left + "; this check has not seen the new pom.xml");
    }

    @Test
    void atMostThreeContainersAreShownToBeTried() {
        assertThat(FixMojo.tries(List.of("a"))).containsExactly("try it: a");
        assertThat(FixMojo.tries(List.of("a", "b", "c", "d")))
                .containsExactly("try it: a", "try it: b", "try it: c", "and the other 1 container in the same way");
    }

    @Test
    void ifTheCheckReadsAllChangedFilesTheSummaryIsThatOfACheck(@TempDir Path directory) throws Exception {
        Path task = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"debian:13\"}]}");
        Fix fix = Fix.of(new RequestBuilder(task).build(), directory, Set.of());

        assertThat(FixMojo.summary(fix, false))
                .startsWith("checked taskdef.json: 1 container")
                .doesNotContain("seen");
    }
}
