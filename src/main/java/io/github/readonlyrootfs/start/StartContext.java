// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides what a container's command does.
 *
 * @param effort what may be spent on following it
 */
public record StartContext(
        ContainerDefinition container,
        Image image,
        Environment environment,
        BaseDirectories directories,
        Effort effort) {

    public static StartContext of(ContainerDefinition container, Image image, Effort effort) {
        Environment environment = Environment.of(container, image);
        return new StartContext(
                container, image, environment, BaseDirectories.of(container, image, environment), effort);
    }

    /** The user that the container runs as; empty where that is not known. */
    public Optional<String> user() {
        Value<String> chosen = container.process().user().or(image.config().user());
        return chosen.isAbsent() && image.config().complete() ? Optional.of("root") : chosen.known();
    }

    /** The paths at which mounts hide the image's files. */
    public List<ContainerPath> mounts() {
        List<ContainerPath> mounts = new ArrayList<>();
        for (ContainerDefinition.MountPoint mount : container.fileSystem().mountPoints()) {
            add(mounts, mount.containerPath());
        }
        for (ContainerDefinition.Tmpfs tmpfs : container.linuxParameters().tmpfs()) {
            add(mounts, tmpfs.containerPath());
        }
        return mounts;
    }

    private static void add(List<ContainerPath> mounts, Value<String> path) {
        if (path instanceof Value.Known<String> known) {
            mounts.add(ContainerPath.of(known.value()));
        }
    }
}
