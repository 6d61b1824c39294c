// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {

    @Test
    void aFileIsReadOnceInACheckAndAnewInTheNext(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("app.py"), "one");
        FileHashes hashes = new FileHashes();
        String one = hashes.of(file);

        Files.writeString(file, "two");

        assertThat(hashes.of(file)).isEqualTo(one);
        assertThat(new FileHashes().of(file)).isNotEqualTo(one);
    }
}
