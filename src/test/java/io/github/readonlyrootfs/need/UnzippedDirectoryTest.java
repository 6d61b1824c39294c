// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnzippedDirectoryTest {

    @TempDir
    Path context;

    @BeforeEach
    void anArchive() throws IOException {
        try (OutputStream out = Files.newOutputStream(context.resolve("app.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("logs/"));
            zip.closeEntry();
        }
    }

    private String ownerOfLogs(String before) {
        return Contexts.built(
                        context,
                        "FROM debian:13\nCOPY app.zip /\nRUN mkdir /srv/app" + before
                                + " && unzip -q /app.zip -d /srv/app\n",
                        "")
                .image()
                .files()
                .at(ContainerPath.of("/srv/app/logs"))
                .ownership()
                .toString();
    }

    @Test
    void aDirectoryThatIsThereKeepsItsOwnerAndMode() {
        assertThat(ownerOfLogs(" && mkdir -m 700 /srv/app/logs && chown 1000 /srv/app/logs"))
                .isEqualTo("1000:root 0700");
        assertThat(ownerOfLogs("")).startsWith("root:root");
    }
}
