// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;

/** What is at a path of an image or of a container that has ended. */
interface FileProbe {

    /**
     * An entry of a file system.
     *
     * @param target of a symbolic link, else empty
     */
    record Entry(EntryKind kind, String target) {

        static final Entry MISSING = new Entry(EntryKind.MISSING, "");
    }

    /** The entry at a path, of which symbolic links in its parents are followed. */
    Entry at(ContainerPath path);

    /** Whether it has been asked so much that it does not answer any more. */
    default boolean isSpent() {
        return false;
    }
}
