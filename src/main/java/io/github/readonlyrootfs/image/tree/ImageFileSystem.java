// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;

/** The directories of an image, as far as the Dockerfile and the facts of its base image tell. */
@FunctionalInterface
public interface ImageFileSystem {

    /**
     * What stands at exactly this path. Symbolic links are not followed: below a link there is nothing, and whoever
     * walks a path resolves the links on the way.
     */
    FileNode at(ContainerPath path);

    /** A path with the symbolic links on it followed, and the one at its end. */
    default ContainerPath real(ContainerPath path) {
        return RealPath.follow(this, path);
    }

    /** Whether something certainly lies in a directory; if not, it may be empty, or it cannot be told. */
    default boolean hasEntries(ContainerPath directory) {
        return false;
    }

    /**
     * What is known of the content of the file at exactly this path; empty where it is the base image's own, as far as it
     * is known, or there is none.
     */
    default Optional<FileContent> content(ContainerPath path) {
        FileNode node = at(path);
        if (node instanceof FileNode.RegularFile file) {
            return file.content();
        }
        return node instanceof FileNode.Unknown unknown ? unknown.content() : Optional.empty();
    }
}
