package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.function.Consumer;

/** A writable mount of the project's own that nothing is declared to need. */
final class UnneededVolume implements Rule {

    @Override
    public String id() {
        return "unneeded-volume";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        JudgedContainer.linux(task)
                .filter(UnneededVolume::declaresNeeds)
                .forEach(on -> on.runtime().mounts().stream()
                        .filter(mount -> mount.origin() == Mount.Origin.PROJECT && !mount.readOnly())
                        .filter(mount -> mount.kind() != Mount.Kind.VOLUMES_FROM)
                        .filter(mount -> !isNeeded(on, mount)
                                && !MisplacedVolume.isAt(on, mount.path())
                                && !isTakenElsewhere(on, mount))
                        .filter(mount -> mount.location()
                                .filter(place -> NearMiss.isReportedAt(on.task(), place))
                                .isEmpty())
                        .map(mount -> finding(on, mount))
                        .forEach(findings));
    }

    /** Whether what it writes is known well enough: the team says so, and it is known where all of that is. */
    private static boolean declaresNeeds(JudgedContainer on) {
        return on.container().unresolvedNeeds().isEmpty()
                && on.container().needs().stream().anyMatch(Need::isDeclared);
    }

    private static boolean isNeeded(JudgedContainer on, Mount mount) {
        boolean byExec = on.task().executeCommand()
                && ExecNeedsWritablePaths.PATHS.stream().anyMatch(path -> touches(on, path, mount));
        return byExec
                || on.container().needs().stream()
                        .map(Need::alternatives)
                        .flatMap(List::stream)
                        .anyMatch(path -> touches(on, path, mount));
    }

    /** Whether a path is on the mount, or the mount is inside what the path asks for. */
    private static boolean touches(JudgedContainer on, ContainerPath path, Mount mount) {
        ContainerPath real = RealPath.of(on.container().image().files(), path);
        return real.isAtOrBelow(mount.target())
                || mount.target().isAtOrBelow(real)
                || path.isAtOrBelow(mount.path())
                || mount.path().isAtOrBelow(path);
    }

    /** Another container that takes this one's volumes may be the one that writes there. */
    private static boolean isTakenElsewhere(JudgedContainer on, Mount mount) {
        return JudgedContainer.all(on.task())
                .filter(other ->
                        other.platform() == on.platform() && !other.name().equals(on.name()))
                .filter(other -> other.container().definition().volumesFrom().stream()
                        .anyMatch(from -> from.sourceContainer()
                                .known()
                                .filter(on.name()::equals)
                                .isPresent()))
                .anyMatch(other -> !declaresNeeds(other) || isNeeded(other, mount));
    }

    private Finding finding(JudgedContainer on, Mount mount) {
        Location location = mount.location().orElseGet(on::nameLocation);
        String message = "no declared path needs the writable mount at " + mount.path();
        return on.finding(this, location, message, help(on, mount, location)).at(mount.path());
    }

    private static String help(JudgedContainer on, Mount mount, Location reader) {
        return TaskDefinitionEdit.mountPoint(on, mount)
                .map(point -> TaskDefinitionEdit.setReadOnly(true, point.readOnly(), point.location(), reader)
                        + ", or remove the mount point")
                .orElseGet(() -> "remove " + (mount.kind() == Mount.Kind.TMPFS ? "the tmpfs" : "`" + mount.path() + "`")
                        + " in " + LineNumber.of(mount.location().orElse(reader), reader)
                        + ", or declare " + mount.path() + " as needed");
    }
}
