// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.need.project.CodeBase;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedCodeTest {

    @TempDir
    Path context;

    private CodeBase codeBase() {
        return codeBase("COPY . .");
    }

    private final Map<List<Object>, CodeBase> known = new HashMap<>();

    private CodeBase codeBase(String copy) {
        DockerfileBuild wanted = new DockerfileBuild(
                new NamedFile(context.resolve("Dockerfile"), "Dockerfile"),
                Optional.of(context),
                Optional.empty(),
                Map.of());
        SourceFile text = SourceFile.of("Dockerfile", "FROM golang:1.24\n" + copy + "\nRUN go build -o /app .\n");
        return CopiedCode.of(wanted, DockerfileParser.parse(text), known);
    }

    private List<String> sources() {
        return sources(codeBase());
    }

    private static List<String> sources(CodeBase codeBase) {
        return codeBase.sources().get().stream().map(SourceFile::name).toList();
    }

    @Test
    void theDockerignoreHidesSourcesAndManifests() throws Exception {
        TestFiles.write(context.resolve("main.go"), "package main");
        TestFiles.write(context.resolve("old/old.go"), "package old");
        TestFiles.write(context.resolve("old/kept.go"), "package old");
        TestFiles.write(context.resolve("package.json"), "{\"dependencies\": {\"multer\": \"1.0\"}}");
        TestFiles.write(context.resolve("go.mod"), "module shop\nrequire github.com/dgraph-io/badger v1.6.0\n");
        TestFiles.write(context.resolve(".dockerignore"), "old\n!old/kept.go\npackage.json\n");

        assertThat(sources()).containsExactlyInAnyOrder("main.go", "old/kept.go");
        assertThat(codeBase().libraries().names()).containsExactly("go:github.com/dgraph-io/badger");
    }

    @Test
    void sourcesAreReadAgainOnlyIfTheDockerfileCopiesOthers() {
        CodeBase first = codeBase("COPY . .");
        assertThat(codeBase("VOLUME /data\nCOPY . .")).isSameAs(first);
        assertThat(codeBase("COPY cmd .")).isNotSameAs(first);
    }

    @Test
    void sourcesThatAreCopiedByTheirNamesAreRead() throws Exception {
        for (String name : List.of("main.go", "main_test.go", "api/a.go", "api/b.go", "api/notes.txt", "cmd/c.go")) {
            TestFiles.write(context.resolve(name), "package main");
        }
        assertThat(sources(codeBase("COPY main.go ./"))).containsExactly("main.go");
        assertThat(sources(codeBase("COPY go.mod *.go ./"))).containsExactly("main.go");
        assertThat(sources(codeBase("COPY api/* ./"))).containsExactlyInAnyOrder("api/a.go", "api/b.go");
        assertThat(sources(codeBase("COPY cmd/ cmd/\nCOPY cmd/c.go ./")))
                .describedAs("once")
                .containsExactly("cmd/c.go");
    }

    @Test
    void ofManySourcesOnlySomeAreRead() throws Exception {
        for (int i = 0; i < 1_010; i++) {
            TestFiles.write(context.resolve("p" + i % 10 + "/f" + i + ".go"), "package p");
        }
        assertThat(sources()).hasSizeBetween(900, 1_001);
    }

    @Test
    void ofLargeSourcesFewerAreRead() throws Exception {
        for (int i = 0; i < 100; i++) {
            TestFiles.write(context.resolve("f" + i + ".go"), "package p // " + "x".repeat(200_000));
        }
        assertThat(sources()).hasSizeBetween(50, 80);
    }
}
