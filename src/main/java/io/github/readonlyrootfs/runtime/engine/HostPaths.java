// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.engine.MountTable.End;
import io.github.readonlyrootfs.runtime.engine.MountTable.Walk;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.Volume.Storage.HostPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The paths of the instance that every Linux has: the Filesystem Hierarchy Standard 3.0 defines them, and the
 * distributions that the ECS agent runs on agree on these owners and modes. Everything else depends on the instance.
 */
public final class HostPaths {

    private static final ContainerPath RUN = ContainerPath.of("/run");
    private static final ContainerPath VAR_RUN = ContainerPath.of("/var/run");

    private static final Ownership ROOT_1777 = new Ownership(UnixId.ROOT, UnixId.ROOT, 01777);
    private static final Ownership ROOT_0555 = new Ownership(UnixId.ROOT, UnixId.ROOT, 0555);

    private static final Map<ContainerPath, Ownership> DIRECTORIES = Map.of(
            ContainerPath.of("/dev"),
            Ownership.ROOT_0755,
            ContainerPath.of("/etc"),
            Ownership.ROOT_0755,
            RUN,
            Ownership.ROOT_0755,
            ContainerPath.of("/tmp"),
            ROOT_1777,
            ContainerPath.of("/usr"),
            Ownership.ROOT_0755,
            ContainerPath.of("/var"),
            Ownership.ROOT_0755,
            ContainerPath.of("/var/lib"),
            Ownership.ROOT_0755,
            ContainerPath.of("/var/tmp"),
            ROOT_1777);

    private static final Set<ContainerPath> KERNEL = Set.of(ContainerPath.of("/proc"), ContainerPath.of("/sys"));

    /** A process that can connect to it can start containers as root with any directory of the instance. */
    private static final List<ContainerPath> ENGINE_SOCKETS = List.of(
            ContainerPath.of("/run/docker.sock"),
            ContainerPath.of("/run/containerd/containerd.sock"),
            ContainerPath.of("/run/podman/podman.sock"),
            ContainerPath.of("/run/crio/crio.sock"));

    /** Where what root writes is run, or is a container's own root file system. */
    private static final Set<ContainerPath> CONTROLLING = Set.of(
            ContainerPath.ROOT,
            ContainerPath.of("/boot"),
            ContainerPath.of("/etc"),
            ContainerPath.of("/proc"),
            ContainerPath.of("/sys"),
            ContainerPath.of("/usr"),
            ContainerPath.of("/var"),
            ContainerPath.of("/var/lib"),
            ContainerPath.of("/var/lib/containerd"),
            ContainerPath.of("/var/lib/docker"));

    private HostPaths() {}

    /** The path, if it is known; {@code /var/run} is a link to {@code /run} wherever there is systemd. */
    private static Optional<ContainerPath> path(Value<String> sourcePath) {
        return sourcePath
                .known()
                .filter(text -> text.startsWith("/"))
                .map(ContainerPath::of)
                .map(path -> path.isAtOrBelow(VAR_RUN)
                        ? ContainerPath.of(RUN
                                + path.toString().substring(VAR_RUN.toString().length()))
                        : path);
    }

    /** The socket of a container engine that a path of the instance is, or that is below it. */
    public static Optional<ContainerPath> engineSocket(HostPath host) {
        return path(host.sourcePath())
                .flatMap(path -> ENGINE_SOCKETS.stream()
                        .filter(socket -> socket.isAtOrBelow(path))
                        .findFirst());
    }

    /** A path of the instance by which root takes over the instance where it can write there. */
    public static Optional<ContainerPath> controlling(HostPath host) {
        return path(host.sourcePath()).filter(CONTROLLING::contains);
    }

    /** Whether it is a directory that every Linux has, and leaves to root. */
    public static boolean isSystems(HostPath host) {
        return path(host.sourcePath())
                .filter(path -> DIRECTORIES.containsKey(path) || KERNEL.contains(path))
                .isPresent();
    }

    /** Whether it is a file system of the kernel, in which no file can be created. */
    private static boolean isKernels(HostPath host) {
        return path(host.sourcePath()).filter(KERNEL::contains).isPresent();
    }

    /**
     * What is mounted.
     *
     * @param walk where it is to go
     */
    static MountSource source(HostPath host, Walk walk, Platform platform) {
        Optional<ContainerPath> path = path(host.sourcePath());
        if (path.filter(ENGINE_SOCKETS::contains).isPresent()) {
            OwnerReason reason = new OwnerReason.EngineSocket(path.get());
            return MountSource.of(MountRoot.file(reason)).ofSocket().undecided(reason);
        }
        if (isKernels(host)) {
            return MountSource.of(MountRoot.unknown(ROOT_0555, new OwnerReason.OfKernel(path.orElseThrow())))
                    .ofKernel();
        }
        // Who makes the instances of Managed Instances decides there, and mandatory access control has its say.
        Optional<Ownership> standard = path.map(DIRECTORIES::get).filter(ownership -> platform.runsDocker());
        if (standard.isPresent()) {
            return MountSource.of(MountRoot.unknown(
                    standard.get(),
                    new OwnerReason.OfEveryLinux(path.get()),
                    new OwnerReason.InstanceContent(path.get())));
        }
        OwnerReason reason = new OwnerReason.OfInstance(path);
        boolean overFile = walk.end() == End.FILE;
        return MountSource.of(
                overFile ? MountRoot.fileOrDirectory(reason) : MountRoot.unknown(Ownership.UNKNOWN, reason));
    }
}
