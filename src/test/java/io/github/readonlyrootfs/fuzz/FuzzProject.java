// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import io.github.readonlyrootfs.Fixture;
import io.github.readonlyrootfs.request.CheckRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A project on disk with one file that changes in each run.
 *
 * @param name the source of the file, for display
 * @param file its name in the project
 * @param seed the original content
 */
record FuzzProject(String name, Fixture fixture, String file, byte[] seed) {

    Path directory() {
        return fixture.directory();
    }

    /** Changes the file. */
    void write(byte[] content) {
        try {
            Path path = directory().resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CheckRequest request() {
        return fixture.request();
    }
}
