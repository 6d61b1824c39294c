// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.Optional;

/**
 * A mount that a container is to get, before its place in the file system is known.
 *
 * @param owner the container that declares it: another one for a mount from {@code volumesFrom}
 * @param location of the words that give it to this container
 */
record PlannedMount(
        ContainerPath path,
        What what,
        ContainerDefinition owner,
        Value<Boolean> readOnly,
        boolean inherited,
        Location location) {

    sealed interface What {

        record FromImage(ImageVolume volume) implements What {}

        /** @param storage empty for a volume that the task definition does not define */
        record FromTask(String volume, Optional<Storage> storage, MountPoint mountPoint) implements What {}

        record InMemory(TmpfsOptions options) implements What {}
    }

    /** The same mount as another container gets it through {@code volumesFrom}. */
    PlannedMount through(Value<Boolean> readOnlyToo, Location place) {
        return new PlannedMount(path, what, owner, either(readOnly, readOnlyToo), true, place);
    }

    /** If one of them is true, the other one does not matter. */
    private static Value<Boolean> either(Value<Boolean> one, Value<Boolean> other) {
        boolean decides =
                one.known().orElse(false) || (one.isUnknown() && !other.known().orElse(false));
        return decides ? one : other;
    }

    boolean isReadOnly() {
        return readOnly.known().orElse(false);
    }

    /** The path as the engine compares and sorts it: a relative VOLUME has no slash in front, yet lands below /. */
    String destination() {
        boolean relative = what instanceof What.FromImage image
                && !image.volume().written().startsWith("/");
        return relative ? path.toString().substring(1) : path.toString();
    }

    /** How many slashes the engine counts in it. */
    int depth() {
        return (int) destination().chars().filter(c -> c == '/').count();
    }

    boolean isTmpfs() {
        return what instanceof What.InMemory;
    }
}
