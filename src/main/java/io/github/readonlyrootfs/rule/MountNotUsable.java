package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
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
        JudgedContainer.linux(task)
                .forEach(on -> on.container().implied().stream()
                        .map(need -> new RefusedNeed(on, on.container().judge(need, on.platform())))
                        .filter(implied -> implied.access().verdict() == WriteAccess.NOT_PERMITTED)
                        .filter(implied -> !saysPathNotPermitted(on, implied.path()))
                        .filter(implied -> !isUsedBelow(on, implied.path()))
                        .filter(implied ->
                                !isMeantForRoot(on, implied.path()) && !MisplacedVolume.isAt(on, implied.path()))
                        .map(this::finding)
                        .forEach(findings));
    }

    /** Whether the user has a directory of its own on the mount, and needs it: that is what the mount is for. */
    private static boolean isUsedBelow(JudgedContainer on, ContainerPath mount) {
        return on.container().needs().stream()
                .map(need -> on.container().judge(need, on.platform()))
                .filter(verdict -> verdict.access().verdict() == WriteAccess.WRITABLE)
                .flatMap(verdict -> verdict.access().mount().stream())
                .anyMatch(used -> used.path().equals(mount));
    }

    /** Whether path-not-permitted speaks of the same mount, and with a better reason. */
    private static boolean saysPathNotPermitted(JudgedContainer on, ContainerPath mount) {
        return on.container().needs().stream()
                .map(need -> on.container().judge(need, on.platform()))
                .filter(verdict -> verdict.access().verdict() == WriteAccess.NOT_PERMITTED)
                .anyMatch(verdict -> verdict.path().isAtOrBelow(mount)
                        || verdict.access()
                                .mount()
                                .filter(decided -> decided.path().equals(mount))
                                .isPresent());
    }

    /** The agent of ECS Exec runs as root, whoever the container's user is. */
    private static boolean isMeantForRoot(JudgedContainer on, ContainerPath mount) {
        return on.task().executeCommand()
                && ExecNeedsWritablePaths.PATHS.stream().anyMatch(mount::isAtOrBelow);
    }

    private Finding finding(RefusedNeed implied) {
        Access access = implied.access();
        Location location = implied.location();
        String edit = Remedy.of(implied.on(), location).permit(implied.path(), access, true);
        String help = access.mount()
                .flatMap(mount ->
                        TaskDefinitionEdit.mountPoint(implied.on().container().definition(), mount))
                .map(point -> "if it is only read, "
                        + TaskDefinitionEdit.setReadOnly(implied.on(), true, point, location) + "; else "
                        + edit)
                .orElse(edit);
        String message = implied.on().runtime().user().describe() + " cannot write the mount at " + implied.path()
                + ": " + access.reason();
        // What declares the mount is its evidence and its place at once: there is no second place to show.
        return implied.on()
                .finding(this, location, message, help)
                .at(implied.path())
                .with(implied.because().toList());
    }
}
