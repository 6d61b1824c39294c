// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the Git repository that a project is part of. */
public final class GitRepository {

    private GitRepository() {}

    /**
     * The top directory of the repository that a directory is in.
     *
     * @param directory absolute
     * @see <a href="https://git-scm.com/docs/gitrepository-layout">.git is a file in submodules and work trees</a>
     */
    public static Optional<Path> around(Path directory) {
        for (Path above = directory; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"))) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }
}
