// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reasons for the access to a path. */
public sealed interface AccessReason extends Reason {

    record CannotStart(StartFailure failure) implements AccessReason {}

    /** A Windows container, which has no read-only root file system. */
    record WindowsRoot() implements AccessReason {}

    record NoMount() implements AccessReason {

        // As the JDK makes it for a record, but without the milliseconds that it takes to link.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NoMount;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /**
     * The mount there is read-only.
     *
     * @param engines whether it is the container engine's own
     */
    record ReadOnlyMount(ContainerPath mount, boolean engines) implements AccessReason {}

    /** A file whose owner and mode refuse the user, on a read-only file system. */
    record ReadOnlyFile(ContainerPath file, Ownership ownership) implements AccessReason {}

    /** What the kernel shows below {@code /sys}, which a privileged container may write to. */
    record PrivilegedSys() implements AccessReason {}

    record OwnedBy(ContainerPath path, Ownership ownership) implements AccessReason {}

    record MountOwnedBy(Mount.Kind kind, Ownership ownership) implements AccessReason {}

    /** A server takes the container's user for another one. */
    record ByClient(ContainerUser client, AccessReason owner) implements AccessReason {}

    /** There would be shared memory, but for the task definition. */
    record NoSharedMemory(String ipcModeKey, AccessReason otherwise) implements AccessReason {}

    /** Owner and mode are known, but not who asks. */
    record UserNotKnownWellEnough(ContainerUser user, AccessReason owner) implements AccessReason {}

    record NotSearchable(ContainerPath directory, Ownership ownership) implements AccessReason {}

    record SearchUnknown(ContainerPath directory, Ownership ownership) implements AccessReason {}

    /** A file is where a directory is needed below another one. */
    record FileInTheWay(ContainerPath directory) implements AccessReason {}

    /** A symbolic link on the way leads to nothing. */
    record DanglingLink(ContainerPath target) implements AccessReason {}

    /** A path that Linux refuses for its length, or of more names than are followed. */
    record PathTooLong() implements AccessReason {}

    record DirectoryMissing(ContainerPath directory) implements AccessReason {}

    record ParentMissing(ContainerPath parent) implements AccessReason {}

    record GivenByStart(ContainerUser user) implements AccessReason {}

    record ChangedByStart(ContainerUser user) implements AccessReason {}

    /** The path is given to another owner, by a user who may not do that. */
    record MayNotGive() implements AccessReason {}

    record RootWritesAnywhere(ContainerPath mount) implements AccessReason {}

    record ContentUnknown() implements AccessReason {}

    /**
     * A VOLUME that is not known may be mounted there.
     *
     * @param base the image whose configuration is not known; empty where only the path of a VOLUME is not
     */
    record VolumeMayBeThere(Optional<String> base) implements AccessReason {}

    /**
     * Where a mount goes, or which mounts come, is not known.
     *
     * @param key of the value that would say so, as the file spells it
     */
    record MountNotPlaced(String key, Value.Unknown<?> value) implements AccessReason, Reason.OfValue {}

    record MayBeReadOnly(ContainerPath mount, Value.Unknown<?> value) implements AccessReason, Reason.OfValue {}

    /** Two mounts land on one directory, and which of them covers the other is not fixed. */
    record UnorderedMounts(ContainerPath one, ContainerPath other) implements AccessReason {}

    /**
     * What an option of a tmpfs is cannot be determined.
     *
     * @param mayBeSeveral whether it is known but for the question whether the engine takes it for one or for several
     */
    record TmpfsOptionUnknown(Location option, boolean mayBeSeveral) implements AccessReason {}
}
