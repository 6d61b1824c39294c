// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * One mount of a container.
 *
 * @param path as declared, after cleaning
 * @param target where it lands once the image's symbolic links are followed
 * @param root the mounted directory
 */
public record Mount(
        ContainerPath path,
        ContainerPath target,
        Declaration declaration,
        boolean readOnly,
        boolean noexec,
        Root root) {

    /**
     * What declares a mount.
     *
     * @param volume the task volume's name, for what mounts one
     * @param location of the words; empty for the engine's own
     */
    public record Declaration(Kind kind, Origin origin, Optional<String> volume, Optional<Location> location) {

        /** Of the engine's own mounts. */
        public static final Declaration ENGINE =
                new Declaration(Kind.ENGINE, Origin.ENGINE, Optional.empty(), Optional.empty());
    }

    /**
     * The mounted directory when the container starts.
     *
     * @param provenance what decided the ownership, or why it is unknown
     */
    public record Root(Ownership ownership, Content content, OwnerReason provenance) {}

    public boolean is(Kind kind) {
        return declaration.kind == kind;
    }

    /** Whether the project's Dockerfile or task definition asks for it. */
    public boolean isOfProject() {
        return declaration.origin == Origin.PROJECT;
    }

    public enum Kind {
        IMAGE_VOLUME("image-volume"),
        TASK_VOLUME("task-volume"),
        HOST_PATH("host-path"),
        DOCKER_VOLUME("docker-volume"),
        EFS("efs"),
        EBS("ebs"),
        S3FILES("s3files"),
        FSX("fsx"),
        TMPFS("tmpfs"),
        VOLUMES_FROM("volumes-from"),
        ENGINE("engine");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As reports spell it. */
        public String label() {
            return label;
        }
    }

    /** Who asked for the mount. */
    public enum Origin {
        /** The project's Dockerfile or task definition. */
        PROJECT,
        /** A base image outside the Dockerfile. */
        BASE_IMAGE,
        /** The container engine. */
        ENGINE
    }

    /** The content of the mounted directory when the container starts. */
    public enum Content {
        /** Nothing; the image's files there are hidden. */
        EMPTY,
        /** The image's files there, with owners and modes. */
        IMAGE,
        /** It cannot be determined. */
        UNKNOWN
    }
}
