// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.DockerfileAddition;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change that may have to be made together with others of its kind: they share a line, a list or a block. */
sealed interface Change {

    /** The name of the container whose files change. */
    String container();

    /** The paths at which it mounts something. */
    List<ContainerPath> mounts();

    /** Lines of the Dockerfile that builds the container's image. */
    record Dockerfile(String container, DockerfileAddition addition) implements Change {

        // As the JDK makes it for a record, but without the milliseconds that it takes to link.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Dockerfile lines
                    && container.equals(lines.container)
                    && addition.equals(lines.addition);
        }

        @Override
        public int hashCode() {
            return addition.hashCode();
        }

        @Override
        public List<ContainerPath> mounts() {
            return addition.volumes();
        }
    }

    /** One more mount, or one more directory that becomes one. */
    sealed interface Mount extends Change {

        ContainerPath path();

        @Override
        default List<ContainerPath> mounts() {
            return List.of(path());
        }
    }

    /**
     * One more tmpfs.
     *
     * @param options its mount options
     */
    record Tmpfs(String container, ContainerPath path, List<String> options) implements Mount {}

    /**
     * One more mount point.
     *
     * @param volume the name of the task volume
     * @param define whether the task does not have it yet
     */
    record MountPoint(String container, String volume, boolean define, ContainerPath path) implements Mount {}

    /** One more VOLUME of an image that a pom describes. */
    record PomVolume(String container, ContainerPath path) implements Mount {}
}
