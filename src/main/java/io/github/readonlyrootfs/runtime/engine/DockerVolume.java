// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownStart;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.Volume.Storage.Docker;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A volume of {@code dockerVolumeConfiguration}. What the driver {@code local} makes of its options was measured on a
 * Docker engine 26.1: it mounts {@code device} as {@code type} with the options {@code o}, as mount(8) does, and starts no
 * container whose volume has {@code device} without {@code type}, the other way round, or an option it does not know.
 */
final class DockerVolume {

    private static final String LOCAL = "local";
    private static final Set<String> OPTIONS = Set.of("type", "device", "o", "size");

    /** Options that a mount with {@code o} rejects, although the tmpfs of a container accepts them. */
    private static final Set<String> DOUBTFUL = Set.of(
            "mand",
            "nomand",
            "unbindable",
            "runbindable",
            "private",
            "rprivate",
            "shared",
            "rshared",
            "slave",
            "rslave");

    private final Docker docker;
    private final EmptyVolumes volumes;
    private final Map<String, Value<String>> options = new HashMap<>();

    DockerVolume(Docker docker, EmptyVolumes volumes) {
        this.docker = docker;
        this.volumes = volumes;
        docker.driverOptions().forEach(option -> options.put(option.key(), option.value()));
    }

    /**
     * What is mounted.
     *
     * @param volume its name in the task definition
     */
    MountSource source(String volume, PlannedMount planned) {
        if (docker.driver() instanceof Value.Unknown<String> unknown) {
            return MountSource.foreign(new OwnerReason.DriverUnknown(unknown));
        }
        String driver = docker.driver().known().orElse(LOCAL);
        if (!driver.equals(LOCAL)) {
            return MountSource.foreign(new OwnerReason.OfDriver(driver));
        }
        Optional<MountSource.Refusal> refusal = refusal(volume);
        if (refusal.isPresent()) {
            return MountSource.of(MountRoot.unknown(Ownership.UNKNOWN, new OwnerReason.NotMade()))
                    .refused(refusal.get());
        }
        if (options.values().stream().anyMatch(Value::isUnknown)) {
            return MountSource.foreign(new OwnerReason.DriverOptionsUnknown(volume));
        }
        return options.containsKey("type")
                ? mounted(volume, planned)
                : directory(volume, planned).undecidedStart(quota(volume));
    }

    private Optional<MountSource.Refusal> refusal(String volume) {
        for (KeyValue option : docker.driverOptions()) {
            boolean placeholder =
                    option.value().where().filter(option.location()::equals).isPresent();
            if (!OPTIONS.contains(option.key()) && !placeholder) {
                return Optional.of(new MountSource.Refusal(
                        new StartProblem.DriverOptionRejected(volume, option.key()), option.location()));
            }
        }
        boolean type = options.containsKey("type");
        boolean device = options.containsKey("device");
        if (type != device || (!type && options.containsKey("o"))) {
            String missing = type ? "device" : "type";
            return Optional.of(
                    new MountSource.Refusal(new StartProblem.DriverOptionMissing(volume, missing), docker.location()));
        }
        return Optional.empty();
    }

    /** A directory that the engine makes, and that Docker fills as it does an empty volume. */
    private MountSource directory(String volume, PlannedMount planned) {
        if (!docker.scope().isAbsent() && !docker.scope().known().equals(Optional.of("task"))) {
            return MountSource.of(MountRoot.unknown(
                    Ownership.UNKNOWN,
                    docker.scope().isUnknown() ? new OwnerReason.MayOutliveTask() : new OwnerReason.OutlivesTask()));
        }
        return MountSource.of(volumes.root(volume, planned, Platform.EC2));
    }

    /** The engine makes a volume with a size only on a file system with project quotas. */
    private Optional<UnknownStart> quota(String volume) {
        return options.containsKey("size") ? Optional.of(new UnknownStart.NeedsQuota(volume)) : Optional.empty();
    }

    private MountSource mounted(String volume, PlannedMount planned) {
        String type = text("type");
        List<String> o = Arrays.stream(text("o").split(",", -1))
                .filter(option -> !option.isEmpty())
                .toList();
        return switch (type) {
            case "tmpfs" -> tmpfs(volume, o, planned);
            case "none", "bind" ->
                MountSource.of(MountRoot.unknown(Ownership.UNKNOWN, new OwnerReason.OfDevice(device())));
            case "nfs", "nfs4" ->
                MountSource.foreign(OwnerReason.Outside.NFS_SERVER).readOnly(isReadOnly(o));
            default -> MountSource.foreign(new OwnerReason.OfFileSystem(type)).readOnly(isReadOnly(o));
        };
    }

    private String text(String option) {
        Value<String> value = options.get(option);
        return value == null ? "" : value.known().orElse("");
    }

    private Optional<String> device() {
        return Optional.of(text("device")).filter(path -> path.startsWith("/"));
    }

    private static boolean isReadOnly(List<String> o) {
        return o.lastIndexOf("ro") > o.lastIndexOf("rw");
    }

    /** Unlike the tmpfs of {@code linuxParameters} it is always 1777, and code in it can be executed. */
    private MountSource tmpfs(String volume, List<String> o, PlannedMount planned) {
        if (volumes.isShared(volume)) {
            return MountSource.of(MountRoot.unknown(Ownership.UNKNOWN, new OwnerReason.SharedTmpfs()));
        }
        Optional<String> strange = o.stream()
                .map(TmpfsOptions::key)
                .filter(key -> !TmpfsOptions.isOption(key) || DOUBTFUL.contains(key))
                .findFirst();
        Ownership ownership = new Ownership(id(o, "uid"), id(o, "gid"), mode(o));
        MountSource source = MountSource.of(MountRoot.empty(ownership, new OwnerReason.DriverTmpfs()))
                .readOnly(isReadOnly(o))
                .noexec(o.lastIndexOf("noexec") > o.lastIndexOf("exec"))
                .undecidedStart(strange.map(UnknownStart.DoubtfulTmpfsOption::new));
        return source.readOnly() && hasDirectory(planned)
                ? source.refused(new MountSource.Refusal(
                        new StartProblem.ReadOnlyDriverTmpfs(volume, planned.path()), docker.location()))
                : source;
    }

    private boolean hasDirectory(PlannedMount planned) {
        return new MountTable(volumes.image(planned.owner()).files())
                        .walk(planned.path())
                        .end()
                == MountTable.End.DIRECTORY;
    }

    private static Optional<String> last(List<String> o, String key) {
        return o.stream()
                .filter(option -> option.startsWith(key + "="))
                .reduce((earlier, later) -> later)
                .map(option -> option.substring(key.length() + 1));
    }

    private static @Nullable UnixId id(List<String> o, String key) {
        Optional<String> digits = last(o, key);
        if (digits.isEmpty()) {
            return UnixId.ROOT;
        }
        return TmpfsOptions.id(digits.get());
    }

    private static @Nullable Integer mode(List<String> o) {
        Optional<String> digits = last(o, "mode");
        return digits.isEmpty() ? Integer.valueOf(01777) : TmpfsOptions.mode(digits.get());
    }
}
