// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;

/** What keeps a container from starting. */
public sealed interface StartProblem {

    /** The name that is wrong, as the files have it; empty for what a path says, or nothing but the kind. */
    default Optional<String> subject() {
        return Optional.empty();
    }

    /** A problem with a name or a path that the files have. */
    sealed interface Named extends StartProblem {

        String written();

        @Override
        default Optional<String> subject() {
            return Optional.of(written());
        }
    }

    // Users.

    record NoSuchUser(String written) implements Named {}

    record NoSuchGroup(String written) implements Named {}

    record IdOutOfRange(String written) implements Named {}

    // Places of mounts.

    /** A mount at {@code /} hides the image. */
    record MountAtRoot() implements StartProblem {}

    record VolumeAtRoot() implements StartProblem {}

    record MountInProc() implements StartProblem {}

    /** A mount at something below {@code /sys} that is not there. */
    record NoSuchDirectoryInSys(ContainerPath path) implements StartProblem {}

    /** Something else than a proc file system at {@code /proc}. */
    record MountOverProc() implements StartProblem {}

    /** A mount that hides the container's devices. */
    record MountOverDevices() implements StartProblem {}

    /**
     * A directory is mounted where the image has a file.
     *
     * @param onTheWay whether the file is above the path
     */
    record MountOverFile(ContainerPath path, boolean onTheWay) implements StartProblem {}

    /** A read-only mount lacks the directory for a mount below it. */
    record NoMountPoint(ContainerPath path, ContainerPath readOnlyMount) implements StartProblem {}

    /** A mount through a symbolic link hides that link. */
    record MountHidesLink(ContainerPath link, ContainerPath target) implements StartProblem {}

    record MountedTwice(ContainerPath path, Location earlier) implements StartProblem {}

    /** The path of a mount is longer than Linux takes, or a name in it is. */
    record MountPathTooLong() implements StartProblem {}

    /**
     * The path of a mount is not absolute.
     *
     * @param key that says where, as the file spells it
     */
    record RelativePath(String key, String written) implements Named {}

    /** Fargate takes no image with a VOLUME on Windows. */
    record VolumeOnWindows(String volume) implements StartProblem {}

    record RelativeWorkingDirectory(String written) implements Named {}

    /** The working directory, or something above it, is a file. */
    record WorkingDirectoryIsFile(ContainerPath workingDirectory) implements StartProblem {}

    /** A read-only mount lacks the working directory, so the runtime cannot make it. */
    record NoWorkingDirectory(ContainerPath workingDirectory, ContainerPath readOnlyMount) implements StartProblem {}

    /** Nobody may execute the file that the container starts. */
    record NotExecutable(ContainerPath path, int mode) implements StartProblem {}

    // What is mounted.

    record NegativeTmpfsSize(int size) implements StartProblem {}

    /** Docker, or the kernel, does not take an option of a tmpfs. */
    record TmpfsOptionRejected(String written, OptionFault fault) implements Named {}

    /** What is wrong with an option of a tmpfs. */
    enum OptionFault {
        UNKNOWN_OPTION,
        NO_VALUE,
        /** The value is not a number, or it is out of range. */
        BAD_VALUE
    }

    record DriverOptionRejected(String volume, String written) implements Named {}

    record DriverOptionMissing(String volume, String option) implements StartProblem {}

    /** Docker cannot give a tmpfs that is read-only the owner and mode of the image's directory. */
    record ReadOnlyDriverTmpfs(String volume, ContainerPath path) implements StartProblem {}

    // Volumes of other containers.

    record SourceDoesNotStart(String written) implements Named {}

    /**
     * Containers take volumes from each other in a cycle.
     *
     * @param key of what they take, as the file spells it
     * @param containers one that takes volumes from itself, or several
     */
    record VolumesFromCircle(String key, List<String> containers) implements StartProblem {

        public VolumesFromCircle {
            containers = List.copyOf(containers);
        }
    }
}
