// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.Users;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.List;
import java.util.Optional;

/** A common mistake: a node image with two volumes, of which its user can write only one. */
public final class TaskFixture {

    static final String DOCKERFILE = """
            FROM node:15.14.0-alpine
            WORKDIR /app
            COPY . .
            VOLUME /tmp/
            VOLUME /usr/local/share/
            USER node
            ENTRYPOINT [ "yarn", "start" ]
            """;

    static final String TASK_DEFINITION = """
            {
              "containerDefinitions": [
                {
                  "name": "app",
                  "image": "<IMAGE1_NAME>",
                  "readonlyRootFilesystem": true
                }
              ]
            }
            """;

    public static final Location SHARE = in("Dockerfile", 5, 8, 25);

    /** A suppressed finding in a file whose name must be escaped in a URI. */
    public static final Finding SUPPRESSED = suppressed(
            finding(
                    "unused-volume",
                    Severity.WARNING,
                    Location.of("a b/täsk.json"),
                    "no container mounts it",
                    "delete it"),
            "kept for the next release");

    private static final Provenance BASE = Provenance.at("base image node:15.14.0-alpine", in("Dockerfile", 1, 6, 25));

    private static final Mount SHM = new Mount(
            ContainerPath.of("/dev/shm"),
            ContainerPath.of("/dev/shm"),
            Mount.Declaration.ENGINE,
            false,
            true,
            new Mount.Root(Ownership.of(0, 0, 01777), Mount.Content.EMPTY, new OwnerReason.OfEngine()));

    private static final Mount TMP_MOUNT =
            volume("/tmp", Ownership.of(0, 0, 01777), in("Dockerfile", 4, 8, 13), Optional.empty());

    private static final Mount SHARE_MOUNT = volume("/usr/local/share", Ownership.ROOT_0755, SHARE, Optional.empty());

    private static final UnixId NODE_ID = new UnixId(1000, "node");

    private static final ContainerUser NODE = new ContainerUser(
            "node",
            Optional.of(NODE_ID),
            Optional.of(NODE_ID),
            List.of(),
            true,
            Optional.empty(),
            false,
            Optional.of(in("Dockerfile", 6, 6, 10)));

    private TaskFixture() {}

    public static Location in(String file, int line, int column, int endColumn) {
        return new Location(file, line, column, line, endColumn);
    }

    public static Mount volume(String path, Ownership ownership, Location location, Optional<String> name) {
        return new Mount(
                ContainerPath.of(path),
                ContainerPath.of(path),
                new Mount.Declaration(
                        name.isPresent() ? Mount.Kind.TASK_VOLUME : Mount.Kind.IMAGE_VOLUME,
                        Mount.Origin.PROJECT,
                        name,
                        Optional.of(location)),
                false,
                false,
                new Mount.Root(ownership, Mount.Content.IMAGE, new OwnerReason.OfImage(BASE)));
    }

    /** A task on these platforms with both paths needed. */
    public static Analysis task(Platform... platforms) {
        return task(
                List.of(
                        CheckedTaskFixture.need("/usr/local/share", Need.Impact.FATAL),
                        CheckedTaskFixture.need("/tmp", Need.Impact.TOLERATED),
                        new Need(
                                List.of(ContainerPath.of("/var/run"), ContainerPath.of("/tmp")),
                                Need.Impact.FEATURE,
                                true,
                                false,
                                List.of(new Evidence(
                                        Evidence.Kind.INFERRED, "org.example:tool:1.0", Optional.empty())))),
                platforms);
    }

    public static Analysis task(List<Need> needs, Platform... platforms) {
        Need implied = new Need(
                List.of(ContainerPath.of("/usr/local/share")),
                Need.Impact.FEATURE,
                false,
                true,
                List.of(new Evidence(Evidence.Kind.IMPLIED, "VOLUME", Optional.of(SHARE))));
        return files().on(platforms)
                .container("app", app -> {
                    app.image("<IMAGE1_NAME>")
                            .base("node:15.14.0-alpine")
                            .imageUser(new Value.Known<>("node", in("Dockerfile", 6, 6, 10)))
                            .files(TreeNode.directory(Ownership.ROOT_0755, BASE)
                                    .withUnlisted(TreeNode.directory(Ownership.ROOT_0755, BASE)))
                            .built()
                            .implied(implied)
                            .runsAs(NODE)
                            .mount(SHM)
                            .mount(TMP_MOUNT)
                            .mount(SHARE_MOUNT)
                            .accesses(TaskFixture::access);
                    needs.forEach(app::need);
                })
                .analysis();
    }

    private static CheckedTaskFixture files() {
        return CheckedTaskFixture.task().source("Dockerfile", DOCKERFILE).source("taskdef.json", TASK_DEFINITION);
    }

    /** A container without a Dockerfile, with an unknown user, that does not start. */
    public static Analysis strangeTask() {
        ContainerRuntime.StartFailure failure = new ContainerRuntime.StartFailure(
                new StartProblem.MountAtRoot(), in("taskdef.json", 6, 7, 20), Optional.of(ContainerPath.ROOT));
        return files().on(Platform.EC2)
                .container(
                        "sidecar",
                        sidecar -> sidecar.image("<IMAGE1_NAME>")
                                .base("example.com/sidecar")
                                .baseUnknown()
                                .files(TreeNode.unknown(Provenance.of("nothing is known of example.com/sidecar")))
                                .need(CheckedTaskFixture.need("/data", Need.Impact.FATAL))
                                .runsAs(Users.unknownUser("nothing is known of example.com/sidecar"))
                                .mount(SHM)
                                .startFailure(failure)
                                .accesses((path, createsParents) -> new Access(
                                        WriteAccess.CANNOT_START,
                                        Access.Cause.CANNOT_START,
                                        new AccessReason.CannotStart(failure),
                                        ContainerPath.ROOT,
                                        Optional.empty(),
                                        Optional.empty())))
                .analysis();
    }

    /** The same task with another resource name, or without one. */
    public static TaskAnalysis renamed(Analysis tasks, String resource, boolean platformsNamed) {
        TaskAnalysis task = tasks.all().get(0);
        return new TaskAnalysis(
                new TaskAnalysis.Definition(
                        task.taskDefinitionFile(),
                        Optional.of(resource).filter(name -> !name.isEmpty()),
                        task.definition(),
                        List.of()),
                new TaskAnalysis.Platforms(task.platforms().judged(), platformsNamed),
                task.containers(),
                task.builds(),
                task.executeCommand(),
                task.sources());
    }

    /** A file with two copies of the task, Web and Worker, judged on different platforms. */
    public static Analysis webAndWorker() {
        return new Analysis(List.of(
                renamed(task(Platform.FARGATE), "Web", true),
                renamed(task(Platform.EC2, Platform.FARGATE), "Worker", false)));
    }

    /** A finding about a container of one of them. */
    public static Finding inWorker() {
        return shareFinding().ofResource(Optional.of("Worker"));
    }

    /** A task definition that cannot be read. */
    public static Analysis unreadableTask() {
        Problem problem = new Problem(in("taskdef.json", 3, 1, 2), "this is not JSON", "a comma is missing");
        return CheckedTaskFixture.task()
                .unreadable()
                .assumed()
                .schemaProblem(new SchemaProblem(SchemaProblem.Kind.INVALID, problem, Optional.empty()))
                .dockerfileProblem(new Problem(Location.of("Dockerfile"), "there is no such file", "name it"))
                .analysis();
    }

    /** A task with a single file and nothing else. */
    static Analysis taskWith(String file, String text) {
        CheckedTaskFixture task = CheckedTaskFixture.task().unreadable().source(file, text);
        return (file.equals("Dockerfile") ? task.container("app", CheckedTaskFixture.Container::built) : task)
                .analysis();
    }

    public static Finding shareFinding() {
        return Finding.of(
                        "path-not-permitted",
                        Severity.ERROR,
                        SHARE,
                        "user node (uid 1000) cannot write /usr/local/share: the volume's directory is root:root 0755",
                        Remedy.of(new TextEdit(in("Dockerfile", 5, 1, 1), "RUN chown node /usr/local/share\n")))
                .in("app")
                .at(ContainerPath.of("/usr/local/share"))
                .on(List.of(Platform.FARGATE))
                .with(List.of(
                        new Finding.Related("needed by", "<writablePaths>", Optional.of(in("pom.xml", 41, 13, 30)))));
    }

    /** About no container, path or platform, with a help text. */
    public static Finding finding(String rule, Severity severity, Location location, String message, String help) {
        return Finding.of(rule, severity, location, message, Remedy.advice(help));
    }

    public static Finding suppressed(Finding finding, String reason) {
        return finding.ignoredBecause(reason);
    }

    /** The user can write only /tmp of its two volumes. */
    private static Access access(ContainerPath path, boolean createsParents) {
        if (path.isAtOrBelow(TMP_MOUNT.path())) {
            return access(
                    WriteAccess.WRITABLE,
                    Access.Cause.NONE,
                    new AccessReason.MountOwnedBy(
                            TMP_MOUNT.declaration().kind(), TMP_MOUNT.root().ownership()),
                    TMP_MOUNT);
        }
        if (path.isAtOrBelow(SHARE_MOUNT.path())) {
            return createsParents || path.equals(SHARE_MOUNT.path())
                    ? access(
                            WriteAccess.NOT_PERMITTED,
                            Access.Cause.OWNER,
                            new AccessReason.MountOwnedBy(
                                    SHARE_MOUNT.declaration().kind(), Ownership.ROOT_0755),
                            SHARE_MOUNT)
                    : access(
                            WriteAccess.NOT_PERMITTED,
                            Access.Cause.PARENT_MISSING,
                            new AccessReason.ParentMissing(path.parent()),
                            SHARE_MOUNT);
        }
        return new Access(
                WriteAccess.READ_ONLY,
                Access.Cause.NO_MOUNT,
                new AccessReason.NoMount(),
                ContainerPath.of("/var"),
                Optional.empty(),
                Optional.of(Ownership.ROOT_0755));
    }

    private static Access access(WriteAccess verdict, Access.Cause cause, Reason reason, Mount mount) {
        return new Access(
                verdict,
                cause,
                reason,
                mount.target(),
                Optional.of(mount),
                Optional.of(mount.root().ownership()));
    }
}
