// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** The permission bits of a file on this machine. */
public final class FileMode {

    private FileMode() {}

    /** Empty on Windows, where the tools that copy it invent them. */
    public static Optional<Integer> of(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            int mode = 0;
            // They are declared in the order of the bits.
            for (PosixFilePermission permission : PosixFilePermission.values()) {
                mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
            }
            return Optional.of(mode);
        } catch (UnsupportedOperationException | IOException e) {
            return Optional.empty();
        }
    }
}
