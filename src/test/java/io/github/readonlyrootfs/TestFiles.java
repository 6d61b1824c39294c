// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of projects that tests write. */
public final class TestFiles {

    private TestFiles() {}

    /** Writes a file, and creates the directories above it. */
    public static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
