package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A path from which code is mapped lies on a mount with noexec. */
final class PathNotExecutable implements Rule {

    @Override
    public String id() {
        return "path-not-executable";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        RefusedNeed.all(task, WriteAccess.WRITABLE)
                .filter(need -> need.need().executable())
                .filter(need -> need.access().mount().filter(Mount::noexec).isPresent())
                .filter(need -> !hasOtherChoice(need.on(), need.need()))
                .map(this::finding)
                .forEach(findings);
    }

    /** Whether another alternative is both writable and executable. */
    private static boolean hasOtherChoice(JudgedContainer on, Need need) {
        return alternatives(on, need)
                .anyMatch(access -> access.verdict() == WriteAccess.WRITABLE
                        && access.mount().filter(Mount::noexec).isEmpty());
    }

    private static Stream<Access> alternatives(JudgedContainer on, Need need) {
        return need.alternatives().stream().map(path -> CheckedContainer.access(on.runtime(), need, path));
    }

    private Finding finding(RefusedNeed need) {
        Mount mount = need.access().mount().orElseThrow();
        Location location = need.location();
        String help = TaskDefinitionEdit.tmpfs(need.on().container().definition(), mount)
                .map(tmpfs -> TaskDefinitionEdit.addOptions(need.on(), tmpfs, List.of("exec"), location))
                .orElseGet(() -> "let the application write native code elsewhere: " + mount.path()
                        + " is mounted noexec, and a VOLUME or a task volume is not");
        String message = "native code that is written to " + need.path() + " cannot be loaded: " + words(mount)
                + " is mounted noexec";
        return need.finding(this, location, message, help)
                .as(need.need().impact() == Need.Impact.TOLERATED ? Severity.INFO : Severity.WARNING);
    }

    private static String words(Mount mount) {
        return (mount.kind() == Mount.Kind.TMPFS ? "the tmpfs at " : "the mount at ") + mount.path();
    }
}
