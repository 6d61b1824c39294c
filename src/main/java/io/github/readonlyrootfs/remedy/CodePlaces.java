// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The places of a container's code and configuration: a writable mount there would defeat the read-only root. */
final class CodePlaces {

    /** They contain the system's files in every image, or directories of other programs. */
    private static final Set<String> SYSTEM = Set.of(
            "/bin",
            "/boot",
            "/etc",
            "/home",
            "/lib",
            "/lib64",
            "/sbin",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/usr/sbin",
            "/var",
            "/var/lib");

    private final ContainerAnalysis container;

    CodePlaces(ContainerAnalysis container) {
        this.container = container;
    }

    /** The code that the container's user could change if a directory were mounted. */
    Optional<ContainerPath> exposedBy(ContainerPath directory) {
        if (SYSTEM.contains(directory.toString())) {
            return Optional.of(directory);
        }
        Optional<ContainerPath> searched =
                within(directory, container.started().searchPath().directories());
        return searched.isPresent()
                ? searched
                : within(directory, container.started().files());
    }

    private static Optional<ContainerPath> within(ContainerPath directory, Collection<ContainerPath> paths) {
        for (ContainerPath path : paths) {
            if (path.isAtOrBelow(directory)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /** A file at or below a directory that the project puts into the image. */
    Optional<ContainerPath> copiedTo(ContainerPath directory) {
        for (ImageBuild.Copied file : container.copied()) {
            if (file.path().isAtOrBelow(directory)) {
                return Optional.of(file.path());
            }
        }
        return Optional.empty();
    }
}
