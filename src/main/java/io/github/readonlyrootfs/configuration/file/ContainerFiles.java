// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;

/** The files in the container whose content is known. A relative path starts in the working directory. */
@FunctionalInterface
public interface ContainerFiles {

    /** The files of a container of which nothing is known. */
    ContainerFiles NONE = path -> Optional.empty();

    /** The path in a text that is a path or a URL that begins with {@code file:}. */
    static String path(String place) {
        return place.replaceFirst("^file:(?://(?=/))?", "");
    }

    /** Reads a file; empty if it is missing or its content is unknown. */
    Optional<SourceFile> read(String path);

    /** Whether a file or directory exists. */
    default Truth exists(String path) {
        return Truth.UNKNOWN;
    }

    /** The names of the known files in a directory, sorted. */
    default List<String> names(String directory) {
        return List.of();
    }
}
