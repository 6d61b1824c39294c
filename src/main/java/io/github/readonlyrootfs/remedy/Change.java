package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.DockerfileAddition;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;

/** A change that may have to be made together with others of its kind: they share a line, a list or a block. */
sealed interface Change {

    /** The name of the container whose files change. */
    String container();

    /** Lines of the Dockerfile that builds the container's image. */
    record Dockerfile(String container, DockerfileAddition addition) implements Change {}

    /**
     * One more tmpfs.
     *
     * @param options its mount options
     */
    record Tmpfs(String container, ContainerPath path, List<String> options) implements Change {}

    /**
     * One more mount point.
     *
     * @param volume the name of the task volume
     * @param define whether the task does not have it yet
     */
    record MountPoint(String container, String volume, boolean define, ContainerPath path) implements Change {}

    /** One more VOLUME of an image that a pom describes. */
    record PomVolume(String container, ContainerPath path) implements Change {}
}
