// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitIndexTest {

    private static final int FILE = 0100644;
    private static final int LINK = 0120000;
    private static final String DEEP = "a/b/c/d/e/f/g/h/i/j/k/l/m";

    @TempDir
    private Path top;

    @Test
    void trackedFilesAreNamedInTheIndexOfAWorkTree() throws Exception {
        Path index = index(2, FILE, "Dockerfile", "services/shop/ecs.json", "x".repeat(5000));
        assertThat(GitIndex.files(top))
                .hasValueSatisfying(files ->
                        assertThat(files).containsExactly("Dockerfile", "services/shop/ecs.json", "x".repeat(5000)));

        Path git = Files.createDirectories(top.resolve("main/.git/worktrees/other"));
        Files.move(index, git.resolve("index"));
        Files.delete(top.resolve(".git"));
        Files.writeString(top.resolve(".git"), "gitdir: main/.git/worktrees/other\n");
        assertThat(GitIndex.files(top))
                .hasValueSatisfying(files -> assertThat(files).hasSize(3));
    }

    @Test
    void linksAreNoFiles() throws Exception {
        index(2, LINK, "Dockerfile");
        assertThat(GitIndex.files(top))
                .hasValueSatisfying(files -> assertThat(files).isEmpty());
    }

    @Test
    void anIndexOfAnotherKindTellsNothing() throws Exception {
        assertThat(GitIndex.files(top)).isEmpty();
        assertThat(withBytes(index(4, FILE, "Dockerfile"), "")).isFalse();
        assertThat(withBytes(index(2, FILE, "Dockerfile"), "link\0\0\0\0")).isFalse();
        assertThat(withBytes(index(2, FILE, "Dockerfile"), "TREE\0\0\0\0")).isTrue();
        // A size below zero would lead back.
        assertThat(withBytes(index(2, FILE, "Dockerfile"), "TREE\u00ff\u00ff\u00ff\u00f8"))
                .isFalse();
        Files.write(top.resolve(".git/index"), new byte[] {'D', 'I', 'R', 'C', 0, 0, 0, 2, 0, 0, 0, 9});
        assertThat(GitIndex.files(top)).isEmpty();
    }

    /** Whether an index with these bytes, and a checksum, after its entries is read. */
    private boolean withBytes(Path index, String extension) throws IOException {
        String text = Files.readString(index, StandardCharsets.ISO_8859_1);
        Files.writeString(index, text + extension + "c".repeat(20), StandardCharsets.ISO_8859_1);
        return GitIndex.files(top).isPresent();
    }

    @Test
    void whatGitTracksIsFoundAtAnyDepthAndTheRestNearTheTop() throws Exception {
        index(2, FILE, DEEP + "/Dockerfile", "gone/Dockerfile", "node_modules/x/Dockerfile", "seen/taskdef.yml");
        for (String file : new String[] {
            DEEP + "/Dockerfile", DEEP + "/Dockerfile.new", "node_modules/x/Dockerfile", "a/b/c/Dockerfile"
        }) {
            TestFiles.write(top.resolve(file), "FROM debian:13\n");
        }
        for (String file : new String[] {"seen/taskdef.yml", "infra/cdk/cdk.out/ecs.template.json"}) {
            TestFiles.write(top.resolve(file), "\"containerDefinitions\": []\n");
        }
        RepositoryFiles files = new RepositoryFiles(top);

        assertThat(files.dockerfiles())
                .containsExactly(top.resolve("a/b/c/Dockerfile"), top.resolve(DEEP + "/Dockerfile"));
        assertThat(files.taskDefinitions())
                .containsExactly(top.resolve("infra/cdk/cdk.out/ecs.template.json"), top.resolve("seen/taskdef.yml"));
    }

    @Test
    void aTrackedNameThatNoFileCanHaveIsPassedOver() throws Exception {
        index(2, FILE, "copilot/a\0b/manifest.yml", "dep\0oy/Dockerfile", "dep\0oy/ecs.json", "taskdef.yml");
        TestFiles.write(top.resolve("taskdef.yml"), "\"containerDefinitions\": []\n");
        RepositoryFiles files = new RepositoryFiles(top);

        assertThat(files.taskDefinitions()).containsExactly(top.resolve("taskdef.yml"));
        assertThat(files.dockerfiles()).isEmpty();
    }

    /** Writes an index without a checksum. */
    private Path index(int version, int mode, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("DIRC");
        out.writeInt(version);
        out.writeInt(names.length);
        for (String name : names) {
            out.write(new byte[24]);
            out.writeInt(mode);
            out.write(new byte[32]);
            out.writeShort(Math.min(name.length(), 0xfff));
            out.writeBytes(name);
            out.write(new byte[8 - (62 + name.length()) % 8]);
        }
        Path index = Files.createDirectories(top.resolve(".git")).resolve("index");
        return Files.write(index, bytes.toByteArray());
    }
}
