package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.message.UserText;
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
                    check(task, runtime, findings);
                    task.definition().ifPresent(definition -> checkMounts(task, definition, runtime, findings));
                }
            });
        }
    }

    private void check(CheckedTask task, ContainerRuntime runtime, Consumer<Finding> findings) {
        ContainerDefinition definition = runtime.definition();
        if (definition.privileged() instanceof Value.Known<Boolean> privileged && privileged.value()) {
            findings.accept(finding(
                            runtime,
                            "is privileged",
                            REMOUNTS,
                            remove(task, privileged.location(), "privileged", definition),
                            privileged.location())
                    .about("privileged"));
        }
        definition.linuxParameters().capabilitiesAdd().stream()
                .filter(capability -> MAY_MOUNT.contains(capability.value()))
                .forEach(capability -> findings.accept(finding(
                                runtime,
                                "adds the capability " + capability.value(),
                                REMOUNTS,
                                remove(task, capability.location(), capability.value(), definition),
                                capability.location())
                        .about(capability.value())));
    }

    private static String remove(CheckedTask task, Location location, String what, ContainerDefinition definition) {
        return TaskDefinitionEdit.text(task, location)
                .remove(location)
                .orElseGet(() -> "remove `" + what + "` from container " + definition.name());
    }

    private void checkMounts(
            CheckedTask task, TaskDefinition definition, ContainerRuntime runtime, Consumer<Finding> findings) {
        Map<String, Volume.Storage> volumes = new HashMap<>();
        definition
                .volumes()
                .forEach(volume -> volume.name().known().ifPresent(name -> volumes.put(name, volume.storage())));
        for (Mount mount : runtime.mounts()) {
            if (mount.volume().map(volumes::get).orElse(null) instanceof Volume.Storage.HostPath host) {
                finding(task, runtime, mount, host).ifPresent(findings);
            }
        }
    }

    private Optional<Finding> finding(
            CheckedTask task, ContainerRuntime runtime, Mount mount, Volume.Storage.HostPath host) {
        Location location = mount.location().orElse(runtime.definition().nameLocation());
        ContainerDefinition container = runtime.definition();
        String help = TaskDefinitionEdit.remove(task, container, mount, location)
                .orElse("remove the mount at " + mount.path() + " from container " + container.name());
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
                                help + readOnly(task, container, mount, location),
                                location)
                        .at(mount.path()));
    }

    private static String readOnly(CheckedTask task, ContainerDefinition container, Mount mount, Location reader) {
        return TaskDefinitionEdit.mountPoint(container, mount)
                .map(point ->
                        ", or " + TaskDefinitionEdit.setReadOnly(TaskDefinitionEdit.text(task, reader), true, point))
                .orElse("");
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
                .map(root -> root ? "runs as root" : "runs as " + UserText.of(user))
                .orElse("may run as root");
    }
}
