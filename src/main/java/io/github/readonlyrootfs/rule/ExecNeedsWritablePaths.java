package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ECS Exec is switched on, and its agent cannot write what it needs. */
final class ExecNeedsWritablePaths implements Rule {

    /** What people mount to have ECS Exec with a read-only root; AWS does not support it. */
    static final List<ContainerPath> PATHS = Stream.of("/managed-agents", "/var/lib/amazon/ssm", "/var/log/amazon/ssm")
            .map(ContainerPath::of)
            .toList();

    /**
     * The ECS agent mounts a directory of the instance there where it drives a Docker engine, which does not take a second
     * mount at one path (amazon-ecs-agent, agent/engine/execcmd).
     */
    private static final ContainerPath AGENTS_LOG = ContainerPath.of("/var/log/amazon/ssm");

    @Override
    public String id() {
        return "exec-needs-writable-paths";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        if (!task.executeCommand()) {
            return;
        }
        JudgedContainer.linux(task).forEach(on -> {
            List<ContainerPath> refused = PATHS.stream()
                    .filter(path -> !isMountedByAgent(on, path) && isRefused(on, path))
                    .toList();
            if (!refused.isEmpty()) {
                findings.accept(finding(on, refused));
            }
        });
    }

    private static boolean isMountedByAgent(JudgedContainer on, ContainerPath path) {
        return on.platform().runsDocker() && path.equals(AGENTS_LOG);
    }

    /** The agent runs as uid 0, whoever the container's user is: a writable mount is enough, whoever owns it. */
    private static boolean isRefused(JudgedContainer on, ContainerPath path) {
        Access access = on.runtime().access(path, true);
        return access.verdict() != WriteAccess.CANNOT_START
                && access.verdict() != WriteAccess.WRITABLE
                && access.mount()
                        .or(() -> on.holder(path))
                        .filter(mount -> !mount.readOnly())
                        .isEmpty();
    }

    private Finding finding(JudgedContainer on, List<ContainerPath> refused) {
        Location location = on.nameLocation();
        String paths = refused.stream().map(ContainerPath::toString).collect(Collectors.joining(", "));
        String message = "ECS Exec cannot write " + paths + "; AWS does not support it with a read-only root";
        return on.finding(this, location, message, help(on, refused, location)).at(refused.get(0));
    }

    private static String help(JudgedContainer on, List<ContainerPath> refused, Location reader) {
        boolean readOnlyMount = refused.stream()
                .anyMatch(path -> on.holder(path).filter(Mount::readOnly).isPresent());
        if (readOnlyMount) {
            return "set executeCommand to false, or make the mounts there writable";
        }
        Optional<ImageBuild> build =
                on.container().build().filter(built -> !built.steps().isEmpty());
        return build.map(built ->
                        DockerfileEdit.declare(refused).help(built, on.runtime().user(), reader))
                .orElseGet(() -> TaskDefinitionEdit.addRootsTmpfs(on, refused, reader));
    }
}
