// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathEntryTest {

    @TempDir
    Path directory;

    @Test
    void ofAJarOfSixtyThousandClassesTheFirstAreReadAndItIsSaidThatThereAreMore() throws Exception {
        TestZip zip = new TestZip();
        for (int i = 0; i < 60_000; i++) {
            zip.add("a/C" + i + ".class");
        }
        ClassPathEntry.Classes classes = ClassPathEntry.of(zip.in(directory)).classes();
        assertThat(classes.names()).hasSize(ClassPathEntry.MAX_CLASSES);
        assertThat(classes.more()).isTrue();
    }
}
