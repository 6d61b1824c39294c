package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Something that the platform does not have: ECS refuses the task definition, or the task does not start. */
final class UnsupportedByPlatform implements Rule {

    private static final Set<String> NOT_ON_FARGATE = Set.of("sharedMemorySize", "devices", "maxSwap", "swappiness");

    /** What is spelled otherwise is a placeholder. */
    private static final Pattern CAPABILITY = Pattern.compile("[A-Z_]+");

    @Override
    public String id() {
        return "unsupported-by-platform";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        TaskDefinition definition = task.definition().orElse(null);
        if (definition == null) {
            return;
        }
        // Where Fargate is only assumed, what it lacks says that the task is meant for another platform.
        boolean fargate = task.platformsNamed() && task.platforms().contains(Platform.FARGATE);
        if (fargate) {
            definition.volumes().forEach(volume -> onFargate(volume, findings));
        }
        for (ContainerDefinition container : definition.containerDefinitions()) {
            if (definition.isWindows()) {
                onWindows(container, findings);
                continue;
            }
            tmpfs(container, findings);
            if (fargate) {
                onFargate(container, findings);
            }
        }
    }

    private void onFargate(Volume volume, Consumer<Finding> findings) {
        Volume.Storage storage = volume.storage();
        if (storage instanceof Volume.Storage.HostPath host) {
            findings.accept(onFargate(volume, "host.sourcePath", host.location()));
        } else if (storage instanceof Volume.Storage.Docker docker) {
            findings.accept(onFargate(volume, "dockerVolumeConfiguration", docker.location()));
        } else if (storage instanceof Volume.Storage.Fsx fsx) {
            findings.accept(onFargate(volume, "fsxWindowsFileServerVolumeConfiguration", fsx.location()));
        }
    }

    private Finding onFargate(Volume volume, String key, Location location) {
        String name = volume.name().known().orElse("");
        return Finding.of(
                        this,
                        location,
                        "Fargate does not support " + key + (name.isEmpty() ? "" : " (volume " + name + ")")
                                + ": ECS refuses the task definition",
                        name.isEmpty()
                                ? "remove `" + key + "`: the volume is then an empty one that lives as long as the task"
                                : "write an empty volume, which lives as long as the task\n{ \"name\": \"" + name
                                        + "\" }")
                .on(List.of(Platform.FARGATE));
    }

    private void onFargate(ContainerDefinition container, Consumer<Finding> findings) {
        if (container.privileged() instanceof Value.Known<Boolean> privileged && privileged.value()) {
            findings.accept(onFargate(container, "privileged", "\"privileged\": true", privileged.location()));
        }
        LinuxParameters linux = container.linuxParameters();
        linux.others().stream()
                .filter(key -> NOT_ON_FARGATE.contains(key.value()))
                .forEach(key ->
                        findings.accept(onFargate(container, key.value(), "\"" + key.value() + "\"", key.location())));
        linux.capabilitiesAdd().stream()
                .filter(capability -> CAPABILITY.matcher(capability.value()).matches())
                .filter(capability -> !capability.value().equals("SYS_PTRACE"))
                .forEach(capability -> findings.accept(onFargate(
                        container,
                        "the capability " + capability.value(),
                        "\"" + capability.value() + "\"",
                        capability.location())));
    }

    private Finding onFargate(ContainerDefinition container, String what, String text, Location location) {
        return Finding.of(
                        this,
                        location,
                        "Fargate does not support " + what + " (container " + container.name()
                                + "): ECS refuses the task definition",
                        "remove `" + text + "` from container " + container.name())
                .in(container.name())
                .on(List.of(Platform.FARGATE));
    }

    private void tmpfs(ContainerDefinition container, Consumer<Finding> findings) {
        for (Tmpfs tmpfs : container.linuxParameters().tmpfs()) {
            Optional<String> path = tmpfs.containerPath().known();
            String where = "the tmpfs" + path.map(at -> " at " + at).orElse("") + " of container " + container.name();
            if (tmpfs.size().isAbsent()) {
                findings.accept(at(
                        path,
                        Finding.of(
                                        this,
                                        tmpfs.location(),
                                        where + " has no size: ECS refuses the task definition",
                                        "add its size in MiB\n\"size\": 64")
                                .in(container.name())));
            }
        }
    }

    private static Finding at(Optional<String> path, Finding finding) {
        return path.map(ContainerPath::of).map(finding::at).orElse(finding);
    }

    private void onWindows(ContainerDefinition container, Consumer<Finding> findings) {
        if (container.privileged() instanceof Value.Known<Boolean> privileged && privileged.value()) {
            findings.accept(onWindows(container, "privileged", privileged.location()));
        }
        container.user().where().ifPresent(where -> findings.accept(onWindows(container, "user", where)));
        firstOf(container.linuxParameters())
                .ifPresent(where -> findings.accept(onWindows(container, "linuxParameters", where)));
    }

    private static Optional<Location> firstOf(LinuxParameters linux) {
        return Stream.of(
                        linux.capabilitiesAdd().stream().map(Located::location),
                        linux.capabilitiesDrop().stream().map(Located::location),
                        linux.tmpfs().stream().map(Tmpfs::location),
                        linux.others().stream().map(Located::location),
                        linux.initProcessEnabled().where().stream())
                .flatMap(places -> places)
                .min(Location::compareTo);
    }

    private Finding onWindows(ContainerDefinition container, String key, Location location) {
        return Finding.of(
                        this,
                        location,
                        "Windows containers do not support " + key + " (container " + container.name()
                                + "): the task does not start",
                        "remove `\"" + key + "\"` from container " + container.name())
                .in(container.name());
    }
}
