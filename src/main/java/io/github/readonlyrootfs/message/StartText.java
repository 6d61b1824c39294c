// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.StartProblem.DriverOptionMissing;
import io.github.readonlyrootfs.runtime.StartProblem.DriverOptionRejected;
import io.github.readonlyrootfs.runtime.StartProblem.IdOutOfRange;
import io.github.readonlyrootfs.runtime.StartProblem.MountAtRoot;
import io.github.readonlyrootfs.runtime.StartProblem.MountHidesLink;
import io.github.readonlyrootfs.runtime.StartProblem.MountInProc;
import io.github.readonlyrootfs.runtime.StartProblem.MountOverDevices;
import io.github.readonlyrootfs.runtime.StartProblem.MountOverFile;
import io.github.readonlyrootfs.runtime.StartProblem.MountOverProc;
import io.github.readonlyrootfs.runtime.StartProblem.MountPathTooLong;
import io.github.readonlyrootfs.runtime.StartProblem.MountedTwice;
import io.github.readonlyrootfs.runtime.StartProblem.NegativeTmpfsSize;
import io.github.readonlyrootfs.runtime.StartProblem.NoMountPoint;
import io.github.readonlyrootfs.runtime.StartProblem.NoSuchDirectoryInSys;
import io.github.readonlyrootfs.runtime.StartProblem.NoSuchGroup;
import io.github.readonlyrootfs.runtime.StartProblem.NoSuchUser;
import io.github.readonlyrootfs.runtime.StartProblem.NoWorkingDirectory;
import io.github.readonlyrootfs.runtime.StartProblem.NotExecutable;
import io.github.readonlyrootfs.runtime.StartProblem.OptionFault;
import io.github.readonlyrootfs.runtime.StartProblem.ReadOnlyDriverTmpfs;
import io.github.readonlyrootfs.runtime.StartProblem.RelativePath;
import io.github.readonlyrootfs.runtime.StartProblem.RelativeWorkingDirectory;
import io.github.readonlyrootfs.runtime.StartProblem.SourceDoesNotStart;
import io.github.readonlyrootfs.runtime.StartProblem.TmpfsOptionRejected;
import io.github.readonlyrootfs.runtime.StartProblem.VolumeAtRoot;
import io.github.readonlyrootfs.runtime.StartProblem.VolumeOnWindows;
import io.github.readonlyrootfs.runtime.StartProblem.VolumesFromCircle;
import io.github.readonlyrootfs.runtime.StartProblem.WorkingDirectoryIsFile;
import java.util.List;
import java.util.regex.Pattern;

/** Messages and helps for problems that prevent a container's start. */
public final class StartText {

    private static final String SO = ", so the container does not start";

    /** The most containers that a message names. */
    private static final int NAMED = 5;

    /** A name that useradd and adduser accept. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private static final Phrases<StartProblem> PROBLEMS = new Phrases<StartProblem>()
            .say(NoSuchUser.class, it -> "the image has no user " + visible(it.written()) + SO)
            .say(NoSuchGroup.class, it -> "the image has no group " + it.written() + SO)
            .say(IdOutOfRange.class, it -> "id " + it.written() + " is out of range" + SO)
            .say(MountAtRoot.class, "a mount at / hides the image itself" + SO)
            .say(VolumeAtRoot.class, "VOLUME / makes the root file system itself a volume" + SO)
            .say(MountInProc.class, "nothing can be mounted below /proc" + SO)
            .say(
                    NoSuchDirectoryInSys.class,
                    it -> "the kernel has no directory " + it.path() + ", and none can be made there" + SO)
            .say(MountOverProc.class, "only a proc file system can be mounted at /proc" + SO)
            .say(MountOverDevices.class, "a mount hides the container's devices at /dev" + SO)
            .say(
                    MountOverFile.class,
                    it -> (it.onTheWay()
                                    ? "a file of the image blocks " + it.path()
                                    : it.path() + " is a file in the image")
                            + ", and a directory cannot be mounted there: the container does not start")
            .say(
                    NoMountPoint.class,
                    it -> it.path() + " is mounted below the read-only mount " + it.readOnlyMount()
                            + ", which has no such directory" + SO)
            .say(
                    MountHidesLink.class,
                    it -> it.link() + " is a symbolic link to " + it.target()
                            + ", and a mount there hides the link itself" + SO)
            .say(MountPathTooLong.class, "the path of a mount is too long for Linux, or a name in it is" + SO)
            .say(MountedTwice.class, it -> it.path() + " is mounted twice" + SO)
            .say(RelativePath.class, it -> it.key() + " " + it.written() + " is not absolute" + SO)
            .say(
                    VolumeOnWindows.class,
                    it -> "the image declares VOLUME " + it.volume()
                            + ", and Fargate does not start Windows containers with a VOLUME")
            .say(
                    NotExecutable.class,
                    it -> "nobody may execute " + it.path() + ", whose mode is " + Ownership.octal(it.mode()) + SO)
            .say(NegativeTmpfsSize.class, it -> "a tmpfs cannot have the size " + it.size() + SO)
            .say(
                    RelativeWorkingDirectory.class,
                    it -> "working directory " + it.written() + " is not an absolute path" + SO)
            .say(
                    WorkingDirectoryIsFile.class,
                    it -> "working directory " + it.workingDirectory() + " is a file, or below a file" + SO)
            .say(
                    NoWorkingDirectory.class,
                    it -> "working directory " + it.workingDirectory() + " is missing from the read-only mount "
                            + it.readOnlyMount() + SO)
            .say(
                    TmpfsOptionRejected.class,
                    it -> (it.fault() == OptionFault.BAD_VALUE
                                    ? "the kernel rejects the value of the tmpfs option "
                                    : "Docker rejects the tmpfs option ")
                            + it.written()
                            + SO)
            .say(
                    DriverOptionRejected.class,
                    it -> "Docker's volume driver local has no option " + it.written() + " (volume " + it.volume() + ")"
                            + SO)
            .say(
                    DriverOptionMissing.class,
                    it -> "volume " + it.volume() + " has driver options without " + it.option()
                            + ", which Docker's volume driver local requires" + SO)
            .say(
                    ReadOnlyDriverTmpfs.class,
                    it -> "volume " + it.volume()
                            + " is a read-only tmpfs, and Docker cannot give it the owner and mode of the image's "
                            + it.path() + SO)
            .say(
                    SourceDoesNotStart.class,
                    it -> "container " + it.written() + ", whose volumes this one takes, does not start")
            .say(VolumesFromCircle.class, StartText::circle);

    private static final Phrases<StartProblem> HELPS = new Phrases<StartProblem>()
            .say(
                    NoSuchUser.class,
                    it -> PLAIN_NAME.matcher(it.written()).matches()
                            ? "create it in the Dockerfile (`RUN useradd --system " + it.written()
                                    + "`, on Alpine `RUN adduser -S " + it.written() + "`), or use a numeric uid"
                            : "name a user that the image has, or use a numeric uid")
            .say(
                    NoSuchGroup.class,
                    it -> PLAIN_NAME.matcher(it.written()).matches()
                            ? "create it in the Dockerfile (`RUN groupadd --system " + it.written()
                                    + "`), or use a numeric gid"
                            : "name a group that the image has, or use a numeric gid")
            .say(IdOutOfRange.class, "use a number from 0 to 2147483647")
            .say(MountAtRoot.class, "mount the directories that are written instead")
            .say(VolumeAtRoot.class, "declare the directories that are written instead of /")
            .say(MountInProc.class, "remove this mount")
            .say(NoSuchDirectoryInSys.class, "remove this mount")
            .say(MountOverProc.class, "remove this mount")
            .say(MountOverDevices.class, "remove this mount")
            .say(MountOverFile.class, "mount it at a path that is no file in the image")
            .say(
                    NoMountPoint.class,
                    it -> "create the directory in what is mounted at " + it.readOnlyMount()
                            + ", or mount this one somewhere else")
            .say(MountHidesLink.class, it -> "mount " + it.target() + " by its own name")
            .say(MountPathTooLong.class, "a path has at most 4095 bytes, and each name in it at most 255")
            .say(MountedTwice.class, it -> "remove this mount or the one at " + it.earlier())
            .say(RelativePath.class, it -> "write `/" + it.written() + "`")
            .say(RelativeWorkingDirectory.class, it -> "write `/" + it.written() + "`")
            .say(WorkingDirectoryIsFile.class, "use a directory")
            .say(
                    NoWorkingDirectory.class,
                    it -> "create the directory in what is mounted at " + it.readOnlyMount()
                            + ", or use another working directory")
            .say(VolumeOnWindows.class, "remove the VOLUME line, or use a base image without it")
            .say(NotExecutable.class, it -> "put `RUN chmod 0755 " + it.path() + "` below the line that makes it")
            .say(NegativeTmpfsSize.class, "write how many MiB it may hold")
            .say(
                    TmpfsOptionRejected.class,
                    it -> it.fault() == OptionFault.UNKNOWN_OPTION
                            ? "remove it"
                            : it.written().equals("mode")
                                    ? "write an octal number, such as `mode=1777`"
                                    : "write a number, such as `" + it.written() + "=1000`")
            .say(DriverOptionRejected.class, "remove it from the driver options")
            .say(DriverOptionMissing.class, it -> "add `" + it.option() + "`: for a tmpfs it is `tmpfs`")
            .say(ReadOnlyDriverTmpfs.class, "remove ro from the driver option o")
            .say(SourceDoesNotStart.class, it -> "fix container " + it.written() + " first")
            .say(
                    VolumesFromCircle.class,
                    it -> "remove this entry of `" + it.key() + "`"
                            + (it.containers().size() == 1 ? "" : ", or another of the cycle"));

    private StartText() {}

    /** The problem, as half a sentence. */
    public static String of(StartProblem problem) {
        return PROBLEMS.of(problem);
    }

    /** What to do about it. */
    public static String help(StartProblem problem) {
        return HELPS.of(problem);
    }

    private static String circle(VolumesFromCircle circle) {
        List<String> names = circle.containers();
        if (names.size() == 1) {
            return "container " + names.get(0) + " takes volumes from itself, so it cannot start";
        }
        int more = names.size() - NAMED;
        String listed = more > 0
                ? String.join(", ", names.subList(0, NAMED)) + " and " + more + " more"
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
        return "containers " + listed + " take volumes from each other in a cycle, so none of them can start";
    }

    /** In quotes if it begins or ends with a blank. */
    private static String visible(String name) {
        return name.equals(name.strip()) ? name : '"' + name + '"';
    }
}
