package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A writable mount of the project's own that its container's user cannot write. */
final class MountNotUsable implements Rule {

    @Override
    public String id() {
        return "mount-not-usable";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        JudgedContainer.linux(task).forEach(on -> {
            Set<ContainerPath> settled = settledByNeeds(on);
            on.container().implied().stream()
                    .map(need -> new RefusedNeed(on, on.container().judge(need, on.platform())))
                    .filter(implied -> implied.access().verdict() == WriteAccess.NOT_PERMITTED)
                    .filter(implied -> !settled.contains(implied.path()))
                    .filter(implied -> !isMeantForRoot(on, implied.path()) && !MisplacedVolume.isAt(on, implied.path()))
                    .map(this::finding)
                    .forEach(findings);
        });
    }

    /**
     * Mounts about which the needs say more: where the user has a directory of its own below and needs it, that is what
     * the mount is for; and path-not-permitted has a better reason.
     */
    private static Set<ContainerPath> settledByNeeds(JudgedContainer on) {
        Set<ContainerPath> settled = new HashSet<>();
        RefusedNeed.of(on, WriteAccess.WRITABLE)
                .flatMap(used -> used.access().mount().stream())
                .forEach(mount -> settled.add(mount.path()));
        RefusedNeed.of(on, WriteAccess.NOT_PERMITTED).forEach(refused -> {
            refused.access().mount().ifPresent(mount -> settled.add(mount.path()));
            for (ContainerPath path = refused.path(); !path.isRoot(); path = path.parent()) {
                settled.add(path);
            }
        });
        return settled;
    }

    /** The agent of ECS Exec runs as root, whoever the container's user is. */
    private static boolean isMeantForRoot(JudgedContainer on, ContainerPath mount) {
        return on.task().executeCommand()
                && ExecNeedsWritablePaths.PATHS.stream().anyMatch(mount::isAtOrBelow);
    }

    private Finding finding(RefusedNeed implied) {
        Access access = implied.access();
        Location location = implied.location();
        String edit = Remedy.of(implied.on(), location).permit(implied.path(), access, implied.need());
        String help = access.mount()
                .flatMap(mount ->
                        TaskDefinitionEdit.mountPoint(implied.on().container().definition(), mount))
                .map(point -> "if it is only read, "
                        + TaskDefinitionEdit.setReadOnly(implied.on(), true, point, location) + "; else "
                        + edit)
                .orElse(edit);
        String message = UserText.of(implied.on().runtime().user()) + " cannot write the mount at " + implied.path()
                + ": " + ReasonText.of(access.reason());
        // What declares the mount is its evidence and its place at once: there is no second place to show.
        return implied.on()
                .finding(this, location, message, help)
                .at(implied.path())
                .with(implied.because().toList());
    }
}
