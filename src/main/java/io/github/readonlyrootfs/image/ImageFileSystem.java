package io.github.readonlyrootfs.image;

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

    /** Whether something certainly lies in a directory; if not, it may be empty, or it cannot be told. */
    default boolean hasEntries(ContainerPath directory) {
        return false;
    }

    /** What the file at exactly this path holds, where it is one of the project's own. */
    default Optional<FileContent> content(ContainerPath path) {
        return at(path) instanceof FileNode.RegularFile file ? file.content() : Optional.empty();
    }
}
