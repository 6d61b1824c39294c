// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.engine.HostPaths;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A container that can get around its read-only root: it may remount it, because it is privileged or has SYS_ADMIN, or
 * it has a mount by which it controls the instance.
 */
public final class ReadOnlyRootDefeated implements ContainerRule {

    private static final Set<String> MAY_MOUNT = Set.of("SYS_ADMIN", "ALL");

    private static final String REMOUNTS = "remount its root file system writable";

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        // Fargate grants neither; that it is asked for there is another rule's business.
        if (on.platform() == Platform.FARGATE) {
            return;
        }
        ContainerDefinition definition = on.container().definition();
        if (definition.process().privileged() instanceof Value.Known<Boolean> privileged && privileged.value()) {
            findings.accept(finding(
                            on,
                            "is privileged",
                            REMOUNTS,
                            remedies.editor().remove(privileged.location(), "`privileged` from container " + on.name()),
                            privileged.location())
                    .about("privileged"));
        }
        definition.linuxParameters().capabilitiesAdd().stream()
                .filter(capability -> MAY_MOUNT.contains(capability.value()))
                .forEach(capability -> findings.accept(finding(
                                on,
                                "adds the capability " + capability.value(),
                                REMOUNTS,
                                remedies.editor()
                                        .remove(
                                                capability.location(),
                                                "`" + capability.value() + "` from container " + on.name()),
                                capability.location())
                        .about(capability.value())));
        for (Mount mount : on.runtime().mounts()) {
            on.volume(mount)
                    .map(Volume::storage)
                    .flatMap(storage -> storage instanceof Volume.Storage.HostPath host
                            ? finding(on, remedies, mount, host)
                            : Optional.empty())
                    .ifPresent(findings);
        }
    }

    private Optional<Finding> finding(
            JudgedContainer on, Remedies remedies, Mount mount, Volume.Storage.HostPath host) {
        Remedy removed = remedies.remove(on, mount);
        Optional<ContainerPath> socket = HostPaths.engineSocket(host);
        if (socket.isPresent()) {
            // A socket takes connections on a read-only mount too: measured.
            return Optional.of(finding(
                            on,
                            "mounts " + host.sourcePath().known().orElseThrow()
                                    + (isSocket(host) ? "" : ", and with it the socket " + socket.get() + ","),
                            "start containers that write to this one's root file system",
                            removed,
                            on.locationOf(mount))
                    .at(mount.path()));
        }
        boolean mayWrite = !mount.readOnly() && !on.user().isRoot().isFalse();
        return HostPaths.controlling(host)
                .filter(path -> mayWrite)
                .map(path -> finding(
                                on,
                                "can write to " + path + " of the instance",
                                "take over the instance, and with it this container's root file system",
                                readOnly(on, remedies, mount).orElse(removed),
                                on.locationOf(mount))
                        .at(mount.path()));
    }

    private static Optional<Remedy> readOnly(JudgedContainer on, Remedies remedies, Mount mount) {
        return remedies.editor()
                .mountPointAt(on.container().definition(), mount.declaration().location())
                .map(point -> remedies.editor()
                        .mountPoint(point)
                        .set("readOnly", Fragment.of(true))
                        .advising("remove the mount, or"));
    }

    private static boolean isSocket(Volume.Storage.HostPath host) {
        return host.sourcePath().known().filter(path -> path.endsWith(".sock")).isPresent();
    }

    /** A person decides, since the container may need what the fix removes. */
    private Finding finding(JudgedContainer on, String power, String consequence, Remedy remedy, Location location) {
        boolean harmless = on.user().isRoot().isFalse();
        String message = "container " + on.name() + " " + power + " and " + who(on.user()) + ": "
                + (harmless ? "a process that becomes root can " : "it can ") + consequence;
        return finding(
                        on,
                        location,
                        message,
                        remedy.isApplicable() ? remedy.advising("if the container does not need it,") : remedy)
                .as(harmless ? Severity.WARNING : Severity.ERROR);
    }

    private static String who(ContainerUser user) {
        return switch (user.isRoot()) {
            case TRUE -> "runs as root";
            case FALSE -> "runs as " + UserText.of(user);
            case UNKNOWN -> "may run as root";
        };
    }
}
