// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime.Overlap;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Mount.Content;
import io.github.readonlyrootfs.runtime.Mount.Kind;
import io.github.readonlyrootfs.runtime.Mount.Origin;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownStart;
import io.github.readonlyrootfs.runtime.engine.MountTable.End;
import io.github.readonlyrootfs.runtime.engine.MountTable.Walk;
import io.github.readonlyrootfs.runtime.engine.PlannedMount.What;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Mounts a container's plan on its image, one mount after the other, and keeps what goes wrong on the way. */
final class Mounts {

    static final ContainerPath DEV = ContainerPath.of("/dev");
    private static final ContainerPath PROC = ContainerPath.of("/proc");
    static final ContainerPath SYS = ContainerPath.of("/sys");

    /** Of every Linux, see the kernel's Documentation/filesystems/sysfs.rst, and what containers mount on. */
    private static final Set<String> SYS_DIRECTORIES = Set.of(
            "/sys/block",
            "/sys/bus",
            "/sys/class",
            "/sys/dev",
            "/sys/devices",
            "/sys/fs",
            "/sys/fs/bpf",
            "/sys/fs/cgroup",
            "/sys/kernel",
            "/sys/kernel/debug",
            "/sys/kernel/security",
            "/sys/kernel/tracing",
            "/sys/module",
            "/sys/power");

    /** Only some instances have it. */
    private static final ContainerPath HYPERVISOR = SYS.resolve("hypervisor");

    /** Devices that every container may write to; the last two are for its logs. */
    private static final Set<String> DEVICES =
            Set.of("/null", "/zero", "/full", "/random", "/urandom", "/tty", "/ptmx", "/stdout", "/stderr");

    private static final Provenance ENGINE = Provenance.of("mounted by the container engine");

    private static final Ownership ROOT_1777 = Ownership.of(0, 0, 01777);

    private final EmptyVolumes volumes;
    private final TaskVolumes taskVolumes;
    private final Platform platform;
    private final SharedMemory sharedMemory;
    private final MountTable table;
    private final List<StartFailure> failures = new ArrayList<>();
    private final List<Overlap> overlaps = new ArrayList<>();
    private final Map<Mount, Reason> undecided = new LinkedHashMap<>();
    private final Map<Mount, OwnerReason> unknownContents = new HashMap<>();
    private final Map<Mount, ContainerUser> clients = new HashMap<>();
    private final Set<Mount> kernel = new HashSet<>();
    private Optional<UnknownStart> undecidedStart = Optional.empty();

    Mounts(Image image, EmptyVolumes volumes, Platform platform, SharedMemory sharedMemory) {
        this.sharedMemory = sharedMemory;
        this.volumes = volumes;
        this.taskVolumes = new TaskVolumes(volumes, platform);
        this.platform = platform;
        this.table = new MountTable(image.files());
    }

    void mount(MountPlan plan) {
        placeEngineMounts();
        failures.addAll(plan.failures());
        boolean networkFilesPlaced = false;
        for (PlannedMount planned : plan.mounts()) {
            // The engine's network files are sorted in among the others: /etc first, then /etc/hosts on top of it.
            if (!networkFilesPlaced && planned.path().depth() >= 2) {
                placeNetworkFiles();
                networkFilesPlaced = true;
            }
            place(planned);
        }
        if (!networkFilesPlaced) {
            placeNetworkFiles();
        }
    }

    /** Makes the working directory on top of all mounts. @return why the container does not start */
    Optional<StartFailure> make(WorkingDirectory workdir) {
        WorkingDirectory.OnMounts made = workdir.madeOn(table);
        if (made.unknown().isPresent()) {
            undecidedStart = made.unknown();
        }
        return made.failure();
    }

    MountTable table() {
        return table;
    }

    List<StartFailure> failures() {
        return failures;
    }

    List<Overlap> overlaps() {
        return overlaps;
    }

    /** Mounts that may not be writable, or may not exist, each with the reason. */
    Map<Mount, Reason> undecided() {
        return undecided;
    }

    boolean hasClients() {
        return !clients.isEmpty();
    }

    /** As whom a server takes the container's user, where it does not take it as it comes. */
    Optional<ContainerUser> client(Mount mount) {
        return Optional.ofNullable(clients.get(mount));
    }

    /** Why the content of a mount is unknown if the image does not determine it. */
    Optional<OwnerReason> unknownContent(Mount mount) {
        return Optional.ofNullable(unknownContents.get(mount));
    }

    /** Whether it is a file system of the kernel, such as /proc, in which no file can be created. */
    boolean isKernels(Mount mount) {
        return kernel.contains(mount);
    }

    /** Whether ECS puts the user into the group of a volume. */
    boolean hasVolumeGroup() {
        for (Mount mount : table.mounts()) {
            if (TaskVolumes.EBS_GROUP.equals(mount.root().ownership().group())) {
                return true;
            }
        }
        return false;
    }

    /** Why it cannot be determined whether the container starts at all. */
    Optional<UnknownStart> undecidedStart() {
        return undecidedStart;
    }

    private void placeEngineMounts() {
        place(engine(PROC, Ownership.of(0, 0, 0555), true, true));
        placeDevices();
        place(engine(SYS, Ownership.of(0, 0, 0555), true, true));
        place(engine(DEV.resolve("mqueue"), ROOT_1777, false, true));
        if (sharedMemory.whose().isPresent()) {
            OwnerReason whose = sharedMemory.whose().get();
            place(engine(SharedMemory.PATH, ROOT_1777, false, sharedMemory.noexec(), whose));
        }
    }

    private void placeDevices() {
        Mount mount = engine(DEV, Ownership.ROOT_0755, false, true);
        TreeNode device = TreeNode.file(Ownership.of(0, 0, 0666), ENGINE);
        Function<ContainerPath, TreeNode> directory = MountRoot.empty(
                        mount.root().ownership(), mount.root().provenance())
                .files();
        table.place(mount, path -> DEVICES.contains(path.toString()) ? device : directory.apply(path));
    }

    private void placeNetworkFiles() {
        for (String name : List.of("hosts", "hostname", "resolv.conf")) {
            Mount mount = engine(ContainerPath.of("/etc/" + name), Ownership.of(0, 0, 0644), true, false);
            TreeNode file = TreeNode.file(mount.root().ownership(), ENGINE);
            table.place(mount, path -> file);
        }
    }

    private void place(Mount mount) {
        table.place(
                mount,
                MountRoot.empty(mount.root().ownership(), mount.root().provenance())
                        .files());
    }

    private static Mount engine(ContainerPath path, Ownership ownership, boolean readOnly, boolean noexec) {
        return engine(path, ownership, readOnly, noexec, new OwnerReason.OfEngine());
    }

    private static Mount engine(
            ContainerPath path, Ownership ownership, boolean readOnly, boolean noexec, OwnerReason provenance) {
        return new Mount(
                path,
                path,
                Mount.Declaration.ENGINE,
                readOnly,
                noexec,
                new Mount.Root(ownership, Content.EMPTY, provenance));
    }

    private void place(PlannedMount planned) {
        ContainerPath path = planned.path();
        if (path.isRoot()) {
            fail(planned, new StartProblem.MountAtRoot());
        } else if (path.isTooLong()) {
            fail(planned, new StartProblem.MountPathTooLong());
        } else if (path.depth() > ContainerPath.MAX_DEPTH) {
            undecidedStart = Optional.of(new UnknownStart.MountTooDeep(path.depth()));
        } else {
            Walk walk = table.walk(path);
            if (hasMountPoint(planned, walk)) {
                place(planned, walk);
            }
        }
    }

    /** Whether the runtime finds, or can make, something to mount over; the start fails where it does not. */
    private boolean hasMountPoint(PlannedMount planned, Walk walk) {
        ContainerPath path = planned.path();
        ContainerPath target = walk.real();
        if (isBelow(target, PROC)) {
            fail(planned, new StartProblem.MountInProc());
            return false;
        }
        Optional<Mount> below = table.mountOf(target);
        if (isBelow(target, SYS) && below.isPresent() && below.get().is(Kind.ENGINE)) {
            Truth there = isDirectoryOfSys(target);
            if (there.isFalse()) {
                fail(planned, new StartProblem.NoSuchDirectoryInSys(target));
                return false;
            } else if (there.isUnknown()) {
                undecidedStart = Optional.of(new UnknownStart.MountPointMayBeMissing(SYS, target));
            }
        }
        if (target.equals(PROC) || target.equals(DEV)) {
            Truth instances = isInstances(planned, target);
            if (instances.isUnknown()) {
                undecidedStart = Optional.of(new UnknownStart.MayHideKernels(target));
            } else if (instances.isFalse()) {
                fail(
                        planned,
                        target.equals(PROC) ? new StartProblem.MountOverProc() : new StartProblem.MountOverDevices());
                return false;
            }
        }
        boolean overFile = walk.end() == End.FILE && !mayBeFile(planned);
        if (overFile || walk.end() == End.FILE_IN_THE_WAY) {
            fail(planned, new StartProblem.MountOverFile(path, walk.end() != End.FILE));
            return false;
        }
        if (walk.isMissing() && below.isPresent() && refusesMountPoints(below.get())) {
            fail(planned, new StartProblem.NoMountPoint(path, below.get().path()));
            return false;
        }
        if (walk.end() == End.UNKNOWN && below.isPresent() && refusesMountPoints(below.get())) {
            undecidedStart = Optional.of(
                    new UnknownStart.MountPointMayBeMissing(below.get().path(), path));
        }
        return true;
    }

    private void place(PlannedMount planned, Walk walk) {
        ContainerPath path = planned.path();
        ContainerPath target = walk.real();
        MountSource source = source(planned, walk);
        if (source.refusal().isPresent()) {
            MountSource.Refusal refusal = source.refusal().get();
            failures.add(new StartFailure(refusal.problem(), refusal.location(), Optional.of(path)));
        }
        if (source.undecidedStart().isPresent()) {
            undecidedStart = Optional.of(source.undecidedStart().get());
        }
        MountRoot rooted = source.root().perhapsWith(volumes.mountPointsOfOthers(planned));
        Mount mount = new Mount(
                path,
                target,
                declaration(planned),
                planned.isReadOnly() || source.readOnly(),
                source.noexec(),
                new Mount.Root(rooted.ownership(), rooted.content(), rooted.provenance()));
        noteOverlap(mount);
        if (rooted.unknownContent().isPresent()) {
            unknownContents.put(mount, rooted.unknownContent().get());
        }
        rooted.client().ifPresent(client -> clients.put(mount, client));
        table.place(mount, rooted.files());
        // The runtime looks the path up once more, and by then the mount covers the link.
        boolean hidesLink = path.isAtOrBelow(target) && table.walk(path).isMissing();
        if (hidesLink && !path.equals(target)) {
            fail(planned, new StartProblem.MountHidesLink(path, target));
        }
        noteUndecided(planned, source, mount);
        if (source.kernel()) {
            kernel.add(mount);
        }
    }

    private void noteOverlap(Mount mount) {
        Mount covered = null;
        for (Mount other : table.mountsOn(mount.target())) {
            if (other.declaration().kind() != Kind.ENGINE) {
                // The last one covers the others, and that was said already.
                covered = other;
                if (other.path().depth() == mount.path().depth()
                        && !other.path().equals(mount.path())) {
                    // Seen both ways on a Docker engine.
                    undecided.put(mount, new AccessReason.UnorderedMounts(other.path(), mount.path()));
                }
            }
        }
        if (covered != null) {
            overlaps.add(new Overlap(covered, mount));
        }
    }

    /** Why it is unknown whether the mount is writable. */
    private void noteUndecided(PlannedMount planned, MountSource source, Mount mount) {
        if (planned.readOnly() instanceof Value.Unknown<Boolean> unknown) {
            undecided.put(mount, new AccessReason.MayBeReadOnly(mount.path(), unknown));
        } else if (!mount.readOnly() || source.socket()) {
            if (source.undecided().isPresent()) {
                undecided.putIfAbsent(mount, source.undecided().get());
            }
        }
        if (planned.what() instanceof What.InMemory memory
                && memory.options().unknown().isPresent()) {
            undecided.put(mount, memory.options().unknown().get());
        }
    }

    /** A directory that the kernel does not have there cannot be created: measured on a Docker engine. */
    private static Truth isDirectoryOfSys(ContainerPath path) {
        if (SYS_DIRECTORIES.contains(path.toString())) {
            return Truth.TRUE;
        }
        boolean atTop = path.depth() == 2 && !path.equals(HYPERVISOR);
        return atTop ? Truth.FALSE : Truth.UNKNOWN;
    }

    /** Whether the instance's directory of the same name is mounted there. */
    private static Truth isInstances(PlannedMount planned, ContainerPath path) {
        if (!(planned.what() instanceof What.FromTask fromTask)) {
            return Truth.FALSE;
        }
        Storage storage = fromTask.storage().orElse(null);
        if (storage instanceof Storage.HostPath host) {
            return Truth.of(host.sourcePath().known().map(ContainerPath::of), path::equals);
        }
        boolean anything = storage == null
                || storage instanceof Storage.Unknown
                || (storage instanceof Storage.Docker docker
                        && (docker.driver().isUnknown()
                                || !docker.driverOptions().isEmpty()));
        return anything ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** A directory of the instance is mounted over a directory, and a file of it over a file: which it is, it knows. */
    private static boolean mayBeFile(PlannedMount planned) {
        return planned.what() instanceof What.FromTask fromTask
                && fromTask.storage().isPresent()
                && fromTask.storage().get() instanceof Storage.HostPath;
    }

    private static boolean isBelow(ContainerPath path, ContainerPath directory) {
        return path.isAtOrBelow(directory) && !path.equals(directory);
    }

    /** Read-only tmpfs mounts become read-only last, so that mount points can still be made in them. */
    static boolean refusesMountPoints(Mount mount) {
        return mount.readOnly() && !mount.is(Kind.TMPFS) && !mount.is(Kind.ENGINE);
    }

    private void fail(PlannedMount planned, StartProblem problem) {
        failures.add(new StartFailure(problem, planned.location(), Optional.of(planned.path())));
    }

    private MountSource source(PlannedMount planned, Walk walk) {
        if (planned.what() instanceof What.InMemory memory) {
            return MountSource.of(tmpfs(memory.options(), walk))
                    .noexec(memory.options().noexec());
        }
        return planned.what() instanceof What.FromTask fromTask
                ? taskVolumes.source(planned, fromTask, walk)
                : MountSource.of(volumes.copyUp(volumes.image(planned.owner()), planned.path(), platform));
    }

    private static MountRoot tmpfs(TmpfsOptions options, Walk walk) {
        Ownership ownership = new Ownership(options.owner(), options.group(), options.mode());
        OwnerReason.TmpfsMode provenance = OwnerReason.TmpfsMode.OPTION;
        if (options.mode() == null) {
            if (walk.end() == End.DIRECTORY) {
                Ownership covered = walk.deepest().ownership();
                ownership = new Ownership(options.owner(), options.group(), covered.mode(), covered.ownerMayWrite());
                provenance = OwnerReason.TmpfsMode.COVERED_DIRECTORY;
            } else if (walk.isMissing()) {
                ownership = new Ownership(options.owner(), options.group(), 01777);
                provenance = OwnerReason.TmpfsMode.NO_DIRECTORY;
            } else {
                provenance = OwnerReason.TmpfsMode.UNKNOWN_DIRECTORY;
            }
        }
        return MountRoot.empty(ownership, provenance);
    }

    private static Mount.Declaration declaration(PlannedMount planned) {
        Optional<String> volume = planned.what() instanceof What.FromTask fromTask
                        && !fromTask.volume().isEmpty()
                ? Optional.of(fromTask.volume())
                : Optional.empty();
        return new Mount.Declaration(kind(planned), origin(planned), volume, Optional.of(planned.location()));
    }

    private static Kind kind(PlannedMount planned) {
        if (planned.inherited()) {
            return Kind.VOLUMES_FROM;
        }
        if (planned.what() instanceof What.InMemory) {
            return Kind.TMPFS;
        }
        if (!(planned.what() instanceof What.FromTask fromTask)) {
            return Kind.IMAGE_VOLUME;
        }
        Storage storage = fromTask.storage().orElse(new Storage.Empty());
        if (storage instanceof Storage.HostPath) {
            return Kind.HOST_PATH;
        }
        if (storage instanceof Storage.Docker) {
            return Kind.DOCKER_VOLUME;
        }
        if (storage instanceof Storage.Efs) {
            return Kind.EFS;
        }
        if (storage instanceof Storage.Ebs) {
            return Kind.EBS;
        }
        if (storage instanceof Storage.S3Files) {
            return Kind.S3FILES;
        }
        return storage instanceof Storage.Fsx ? Kind.FSX : Kind.TASK_VOLUME;
    }

    private static Origin origin(PlannedMount planned) {
        return planned.what() instanceof What.FromImage fromImage
                        && fromImage.volume().inherited()
                ? Origin.BASE_IMAGE
                : Origin.PROJECT;
    }
}
