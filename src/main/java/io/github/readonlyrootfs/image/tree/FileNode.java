// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.util.Optional;

/** What is at one path of an image, symbolic links not followed. */
public sealed interface FileNode {

    /** What decided that it is there, and as what. */
    Provenance provenance();

    /** A directory; its ownership may be unknown in part, and the provenance then says why. */
    record Directory(Ownership ownership, Provenance provenance) implements FileNode {}

    /**
     * A regular file.
     *
     * @param content empty where it is the base image's own, as far as it is known
     */
    record RegularFile(Ownership ownership, Provenance provenance, Optional<FileContent> content) implements FileNode {

        /** A file whose content is not known. */
        public RegularFile(Ownership ownership, Provenance provenance) {
            this(ownership, provenance, Optional.empty());
        }
    }

    /**
     * A symbolic link.
     *
     * @param target as written: absolute, or relative to the link's directory
     */
    record Symlink(String target, Provenance provenance) implements FileNode {}

    /** Nothing: the parent exists and does not have it, or the parent is missing too. */
    record Missing(Provenance provenance) implements FileNode {}

    /**
     * It cannot be determined whether, or as what, it exists; the provenance says why.
     *
     * @param ownership what it has if it exists, after a recursive {@code chown} or {@code chmod} for instance
     * @param content where it is a file whose content is known to have changed
     */
    record Unknown(Ownership ownership, Provenance provenance, Optional<FileContent> content) implements FileNode {

        /** Something of which nothing is known. */
        public Unknown(Provenance provenance) {
            this(Ownership.UNKNOWN, provenance, Optional.empty());
        }
    }
}
