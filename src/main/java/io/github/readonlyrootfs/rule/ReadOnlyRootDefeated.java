package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.HostPaths;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A container that gets round its read-only root: it may remount it, because it is privileged or has SYS_ADMIN, or it
 * holds so much of the instance that it can have it done.
 */
final class ReadOnlyRootDefeated implements Rule {

    private static final Set<String> MAY_MOUNT = Set.of("SYS_ADMIN", "CAP_SYS_ADMIN", "ALL");

    private static final String REMOUNTS = "remount its root file system writable";

    @Override
    public String id() {
        return "read-only-root-defeated";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        if (task.isWindows()) {
            return;
        }
        for (CheckedContainer container : task.containers()) {
            container.runtimes().forEach((platform, runtime) -> {
                // Fargate grants neither; that it is asked for there is another rule's business.
                if (platform != Platform.FARGATE) {
                    check(runtime, findings);
                    task.definition().ifPresent(definition -> checkMounts(definition, runtime, findings));
                }
            });
        }
    }

    private void check(ContainerRuntime runtime, Consumer<Finding> findings) {
        ContainerDefinition definition = runtime.definition();
        if (definition.privileged() instanceof Value.Known<Boolean> privileged && privileged.value()) {
            findings.accept(finding(
                    runtime,
                    "is privileged",
                    REMOUNTS,
                    "remove `\"privileged\": true` from container " + definition.name(),
                    privileged.location()));
        }
        definition.linuxParameters().capabilitiesAdd().stream()
                .filter(capability -> MAY_MOUNT.contains(capability.value()))
                .forEach(capability -> findings.accept(finding(
                        runtime,
                        "adds the capability " + capability.value(),
                        REMOUNTS,
                        "remove `\"" + capability.value() + "\"` from capabilities.add of container "
                                + definition.name(),
                        capability.location())));
    }

    private void checkMounts(TaskDefinition task, ContainerRuntime runtime, Consumer<Finding> findings) {
        Map<String, Volume.Storage> volumes = new HashMap<>();
        task.volumes().forEach(volume -> volume.name().known().ifPresent(name -> volumes.put(name, volume.storage())));
        for (Mount mount : runtime.mounts()) {
            if (mount.volume().map(volumes::get).orElse(null) instanceof Volume.Storage.HostPath host) {
                finding(runtime, mount, host).ifPresent(findings);
            }
        }
    }

    private Optional<Finding> finding(ContainerRuntime runtime, Mount mount, Volume.Storage.HostPath host) {
        Location location = mount.location().orElse(runtime.definition().nameLocation());
        String help = "remove the mount at " + mount.path() + " from container "
                + runtime.definition().name();
        Optional<ContainerPath> socket = HostPaths.engineSocket(host);
        if (socket.isPresent()) {
            // A socket takes connections on a read-only mount too: measured.
            return Optional.of(finding(
                            runtime,
                            "mounts " + host.sourcePath().known().orElseThrow()
                                    + (isSocket(host) ? "" : ", and with it the socket " + socket.get() + ","),
                            "start containers that write to this one's root file system",
                            help,
                            location)
                    .at(mount.path()));
        }
        boolean mayWrite = !mount.readOnly() && runtime.user().isRoot().orElse(true);
        return HostPaths.controlling(host)
                .filter(path -> mayWrite)
                .map(path -> finding(
                                runtime,
                                "can write to " + path + " of the instance",
                                "take over the instance, and with it this container's root file system",
                                help + ", or set `\"readOnly\": true` there",
                                location)
                        .at(mount.path()));
    }

    private static boolean isSocket(Volume.Storage.HostPath host) {
        return host.sourcePath().known().filter(path -> path.endsWith(".sock")).isPresent();
    }

    private Finding finding(
            ContainerRuntime runtime, String power, String consequence, String help, Location location) {
        String container = runtime.definition().name();
        boolean harmless = runtime.user().isRoot().filter(root -> !root).isPresent();
        String message = "container " + container + " " + power + " and " + who(runtime.user()) + ": "
                + (harmless ? "a process that becomes root can " : "it can ") + consequence;
        return Finding.of(this, location, message, help)
                .in(container)
                .on(List.of(runtime.platform()))
                .as(harmless ? Severity.WARNING : Severity.ERROR);
    }

    private static String who(ContainerUser user) {
        return user.isRoot()
                .map(root -> root ? "runs as root" : "runs as " + user.describe())
                .orElse("may run as root");
    }
}
