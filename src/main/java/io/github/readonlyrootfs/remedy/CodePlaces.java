// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The places of a container's code and configuration: a writable mount there would defeat the read-only root. */
final class CodePlaces {

    /** They contain the system's files in every image, or directories of other programs. */
    private static final Set<ContainerPath> SYSTEM = Stream.of(
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
                    "/var/lib")
            .map(ContainerPath::of)
            .collect(Collectors.toUnmodifiableSet());

    private final ContainerAnalysis container;

    CodePlaces(ContainerAnalysis container) {
        this.container = container;
    }

    /** The code that the container's user could change if a directory were mounted. */
    Optional<ContainerPath> exposedBy(ContainerPath directory) {
        return SYSTEM.contains(directory)
                ? Optional.of(directory)
                : Stream.of(
                                container.started().searchPath().directories(),
                                container.started().files())
                        .flatMap(List::stream)
                        .filter(code -> code.isAtOrBelow(directory))
                        .findFirst();
    }

    /** A file at or below a directory that the project puts into the image. */
    Optional<ContainerPath> copiedTo(ContainerPath directory) {
        return container.copied().stream()
                .map(ImageBuild.Copied::path)
                .filter(file -> file.isAtOrBelow(directory))
                .findFirst();
    }
}
