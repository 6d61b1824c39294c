// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/** The directories of an image, as far as the Dockerfile and the facts of its base image tell. */
public interface ImageFileSystem {

    /** As many symbolic links as Linux follows in one path, see path_resolution(7). */
    int MAX_LINKS = 40;

    /**
     * What is at exactly this path. Symbolic links are not followed: below a link there is nothing, and whoever
     * walks a path resolves the links on the way.
     */
    FileNode at(ContainerPath path);

    /** A path with the symbolic links on it followed, and the one at its end; the path itself where there are too many. */
    ContainerPath real(ContainerPath path);

    /** What is at a path, wherever links on it lead. */
    default FileNode resolved(ContainerPath path) {
        return at(real(path));
    }

    /** The same with a directory, and those above it that are missing, made by root with mode 0755. */
    ImageFileSystem withDirectory(ContainerPath path, Provenance by);

    /** The names of what certainly is in a directory, in their order; there may be more. */
    List<String> names(ContainerPath directory);

    /** Whether something certainly is in a directory; if not, it may be empty, or it cannot be determined. */
    default boolean hasEntries(ContainerPath directory) {
        return false;
    }

    /**
     * What is known of the content of the file at exactly this path; empty where it is a published image's own, as far as
     * it is known, or there is none.
     */
    default Optional<FileContent> content(ContainerPath path) {
        return anyContent(path).filter(content -> !(content instanceof FileContent.StartScript));
    }

    /** The published image whose start script is at exactly this path, as it is or copied from there. */
    default Optional<String> startScriptOf(ContainerPath path) {
        return anyContent(path)
                .filter(FileContent.StartScript.class::isInstance)
                .map(script -> ((FileContent.StartScript) script).image());
    }

    private Optional<FileContent> anyContent(ContainerPath path) {
        FileNode node = at(path);
        if (node instanceof FileNode.RegularFile file) {
            return file.content();
        }
        return node instanceof FileNode.Unknown unknown ? unknown.content() : Optional.empty();
    }
}
