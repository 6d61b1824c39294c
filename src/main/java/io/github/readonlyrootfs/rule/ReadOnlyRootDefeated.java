package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A container that may remount its root file system, because it is privileged or has SYS_ADMIN. */
final class ReadOnlyRootDefeated implements Rule {

    private static final Set<String> MAY_MOUNT = Set.of("SYS_ADMIN", "CAP_SYS_ADMIN", "ALL");

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
                    remove(task, privileged.location(), "privileged", definition),
                    privileged.location()));
        }
        definition.linuxParameters().capabilitiesAdd().stream()
                .filter(capability -> MAY_MOUNT.contains(capability.value()))
                .forEach(capability -> findings.accept(finding(
                        runtime,
                        "adds the capability " + capability.value(),
                        remove(task, capability.location(), capability.value(), definition),
                        capability.location())));
    }

    private static String remove(CheckedTask task, Location location, String what, ContainerDefinition definition) {
        return TaskDefinitionEdit.text(task, location)
                .remove(location)
                .orElseGet(() -> "remove `" + what + "` from container " + definition.name());
    }

    private Finding finding(ContainerRuntime runtime, String power, String help, Location location) {
        String container = runtime.definition().name();
        boolean harmless = runtime.user().isRoot().filter(root -> !root).isPresent();
        String message = "container " + container + " " + power + " and " + who(runtime.user()) + ": "
                + (harmless
                        ? "a process that becomes root can remount the root file system writable"
                        : "it can remount its root file system writable");
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
