// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Builds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyInstructionTest {

    @TempDir
    Path context;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(context.resolve("dir/sub"));
        Files.writeString(context.resolve("dir/sub/x"), "x");
        Files.writeString(context.resolve("app.jar"), "");
        Files.writeString(context.resolve("secret"), "");
        Files.writeString(context.resolve(".dockerignore"), "secret\n");
    }

    private String at(String copy, String path) {
        return Builds.at(
                Builds.of("FROM debian:13\n" + copy + "\n", ImageBuilder.Builder.BUILDKIT, Optional.of(context)), path);
    }

    @Test
    void createdDirectoriesHaveTheOwnerOfChown() {
        assertThat(at("COPY --chown=1000 app.jar /a/b/", "/a")).isEqualTo("d 1000:1000 0755");
        assertThat(at("COPY --chown=1000:33 app.jar /a/b/", "/a/b/app.jar")).startsWith("f 1000:33");
        assertThat(at("COPY app.jar /a/b/", "/a/b")).isEqualTo("d root:root 0755");
    }

    @Test
    void anExistingDestinationKeepsItsOwner() {
        assertThat(at("COPY --chown=1000 dir /srv", "/srv")).isEqualTo("d root:root 0755");
        assertThat(at("COPY --chown=1000 dir /srv", "/srv/sub")).startsWith("d 1000:1000");
    }

    @Test
    void chmodChangesOnlyTheEntries() {
        assertThat(at("COPY --chmod=0777 dir /a", "/a")).isEqualTo("d root:root 0755");
        assertThat(at("COPY --chmod=0777 dir /a", "/a/sub")).isEqualTo("d root:root 0777");
    }

    @Test
    void theDestinationDoesNotGetTheOwnerOfTheSourceDirectory() {
        String dockerfile =
                "FROM debian:13 AS b\nRUN install -d -o 5 -m 2770 /app/sub /app\nFROM debian:13\nCOPY --from=b /app /app\n";
        assertThat(Builds.at(dockerfile, "/app")).isEqualTo("d root:root 0755");
        assertThat(Builds.at(dockerfile, "/app/sub")).isEqualTo("d 5:root 2770");
    }

    @Test
    void aMissingSourceMakesTheDestinationUnknown() {
        assertThat(at("COPY nosuch /a", "/a")).isEqualTo("unknown");
        assertThat(at("COPY secret /a/", "/a/secret")).isEqualTo("unknown");
        assertThat(at("COPY target/app.jar /a/app.jar", "/a")).isEqualTo("d root:root 0755");
    }

    @Test
    void anIgnoreFileIsReadInEveryEncoding() throws IOException {
        Path ignored = context.resolve(".dockerignore");
        Files.writeString(ignored, "# gr\u00f6\u00dfer\nsecret\n", StandardCharsets.ISO_8859_1);
        assertThat(at("COPY secret /a/", "/a/secret")).isEqualTo("unknown");
        assertThat(at("COPY app.jar /a/", "/a/app.jar")).startsWith("f root:root");
        Files.writeString(ignored, "\uFEFFsecret\r\n");
        assertThat(at("COPY secret /a/", "/a/secret")).isEqualTo("unknown");
    }

    @Test
    void anUnknownCopyKeepsTheStandardDirectoriesKnown() {
        String dockerfile = "FROM x AS b\nFROM debian:13\nCOPY --from=b /out /\n";
        assertThat(Builds.at(dockerfile, "/tmp")).isEqualTo("d root:root 1777");
        assertThat(Builds.at(dockerfile, "/new")).isEqualTo("unknown");
    }

    @Test
    void anArchiveLeavesUnknownEntries() throws IOException {
        Files.writeString(context.resolve("x.tar.gz"), "");
        assertThat(at("ADD x.tar.gz /a/", "/a/x")).isEqualTo("unknown");
    }

    @Test
    void theClassicBuilderCreatesParentsOfACopiedDirectoryForRoot() {
        ImageBuild build = Builds.of(
                "FROM debian:13\nCOPY --chown=1000 dir /a/b\n", ImageBuilder.Builder.CLASSIC, Optional.of(context));
        assertThat(Builds.at(build, "/a")).isEqualTo("d root:root 0755");
        assertThat(Builds.at(build, "/a/b")).isEqualTo("d 1000:1000 0755");
    }

    @Test
    void aDestinationThatEndsWithADotIsADirectory() {
        assertThat(at("COPY app.jar /a/.", "/a")).isEqualTo("d root:root 0755");
        assertThat(at("COPY app.jar /a/.", "/a/app.jar")).startsWith("f root:root");
        assertThat(at("COPY app.jar /a", "/a")).startsWith("f root:root");
        assertThat(at("WORKDIR /w\nCOPY app.jar .", "/w/app.jar")).startsWith("f root:root");
    }

    @Test
    void onlyRootCanReadADownloadedFile() {
        assertThat(at("ADD https://example.org/tool.jar /opt/tool.jar", "/opt/tool.jar"))
                .isEqualTo("f root:root 0600");
        assertThat(at("ADD --chown=1000 https://example.org/a/tool.jar?x=1 /opt/", "/opt/tool.jar"))
                .isEqualTo("f 1000:1000 0600");
        assertThat(at("ADD --chmod=0755 https://example.org/tool /opt/tool", "/opt/tool"))
                .isEqualTo("f root:root 0755");
    }

    @Test
    void withParentsTheDirectoriesOfTheSourceAreCreatedBelowTheDestination() {
        assertThat(at("COPY --parents dir/sub/x /a/", "/a/dir/sub/x")).startsWith("f root:root");
        assertThat(at("COPY --parents dir/sub/x /a", "/a/dir/sub/x")).startsWith("f root:root");
        assertThat(at("COPY --parents dir/*/x /a/", "/a/dir/sub/x")).startsWith("f root:root");
    }

    @Test
    void withParentsOnlyThePathAfterTheFirstPivotIsKept() {
        assertThat(at("COPY --parents dir/./sub/x /a/", "/a/sub/x")).startsWith("f root:root");
        assertThat(at("COPY --parents dir/./sub/x /a/", "/a/dir")).isEqualTo("missing");
        assertThat(at("COPY --parents ./dir/./sub/x /a/", "/a/sub/x")).startsWith("f root:root");
        assertThat(at("COPY --parents ./dir/./sub/./x /a/", "/a/sub/x")).startsWith("f root:root");
        assertThat(at("COPY --parents dir/./sub/* /a/", "/a/sub/x")).startsWith("f root:root");
        assertThat(at("COPY --parents di?/./*/x /a/", "/a/sub/x")).startsWith("f root:root");
        assertThat(at("COPY --parents di?/./*/x /a/", "/a/dir")).isEqualTo("missing");
    }
}
