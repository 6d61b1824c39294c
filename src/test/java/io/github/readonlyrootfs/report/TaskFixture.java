// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.image.build.ImageBuilder;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownUser;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.Parameters;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private static final SourceFile DOCKERFILE_SOURCE = SourceFile.of("Dockerfile", DOCKERFILE);
    private static final SourceFile TASK_DEFINITION_SOURCE = SourceFile.of("taskdef.json", TASK_DEFINITION);

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

    public static Need need(String path, Need.Impact impact) {
        return new Need(
                List.of(ContainerPath.of(path)),
                impact,
                false,
                true,
                List.of(new Evidence(
                        Evidence.Kind.DECLARED, "<writablePaths>", Optional.of(in("pom.xml", 41, 13, 30)))));
    }

    /** A task on these platforms with both paths needed. */
    public static Analysis task(Platform... platforms) {
        return task(
                List.of(
                        need("/usr/local/share", Need.Impact.FATAL),
                        need("/tmp", Need.Impact.TOLERATED),
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
        ContainerDefinition definition = definition("app");
        Map<Platform, ContainerRuntime> runtimes = new EnumMap<>(Platform.class);
        for (Platform platform : platforms) {
            runtimes.put(platform, new GivenRuntime(definition, image(), platform, List.of()));
        }
        ImageBuild build = build(DOCKERFILE_SOURCE);
        Need implied = new Need(
                List.of(ContainerPath.of("/usr/local/share")),
                Need.Impact.FEATURE,
                false,
                true,
                List.of(new Evidence(Evidence.Kind.IMPLIED, "VOLUME", Optional.of(SHARE))));
        return task(
                List.of(new ContainerAnalysis(
                        ContainerContext.of(definition, image(), Optional.empty(), new Effort(1_000_000)),
                        Optional.of(build),
                        Optional.empty(),
                        needs,
                        List.of(implied),
                        List.of(),
                        runtimes)),
                List.of(build),
                platforms);
    }

    private static Analysis task(List<ContainerAnalysis> containers, List<ImageBuild> builds, Platform... platforms) {
        Location start = Location.of("taskdef.json");
        return new Analysis(List.of(new TaskAnalysis(
                read(Optional.of(new TaskDefinition(
                        new TaskDefinition.Document(
                                TASK_DEFINITION_SOURCE,
                                Optional.empty(),
                                start,
                                Notation.ECS_JSON,
                                Outline.EMPTY,
                                Optional.empty()),
                        Value.absent(),
                        TaskDefinition.Launch.UNSPECIFIED,
                        containers.stream().map(ContainerAnalysis::definition).toList(),
                        List.of(),
                        Parameters.NONE))),
                new TaskAnalysis.Platforms(List.of(platforms), true),
                containers,
                built(builds),
                false,
                Map.of("Dockerfile", DOCKERFILE_SOURCE, "taskdef.json", TASK_DEFINITION_SOURCE))));
    }

    /** A container without a Dockerfile, with an unknown user, that does not start. */
    public static Analysis strangeTask() {
        ContainerDefinition definition = definition("sidecar");
        Image unknown = new Image(
                "example.com/sidecar",
                new Image.Config(
                        false,
                        Value.absent(),
                        Value.absent(),
                        Value.absent(),
                        Value.absent(),
                        Map.of(),
                        Map.of(),
                        new Image.Volumes(List.of(), false)),
                new Accounts(Map.of(), Map.of(), false),
                new FileTree(TreeNode.unknown(Provenance.of("nothing is known of example.com/sidecar"))).view());
        GivenRuntime runtime = new GivenRuntime(
                definition,
                unknown,
                Platform.EC2,
                List.of(new ContainerRuntime.StartFailure(
                        new StartProblem.MountAtRoot(),
                        in("taskdef.json", 6, 7, 20),
                        Optional.of(ContainerPath.ROOT))));
        return task(
                List.of(new ContainerAnalysis(
                        ContainerContext.of(definition, unknown, Optional.empty(), new Effort(1_000_000)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(need("/data", Need.Impact.FATAL)),
                        List.of(),
                        List.of(),
                        Map.of(Platform.EC2, runtime))),
                List.of(),
                Platform.EC2);
    }

    private static TaskAnalysis.Definition read(Optional<TaskDefinition> definition) {
        return new TaskAnalysis.Definition("taskdef.json", Optional.empty(), definition, List.of());
    }

    private static TaskAnalysis.Builds built(List<ImageBuild> images) {
        return new TaskAnalysis.Builds(images, List.of(), ImageBuilder.Builder.BUILDKIT);
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
        return new Analysis(List.of(new TaskAnalysis(
                new TaskAnalysis.Definition(
                        "taskdef.json",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new SchemaProblem(SchemaProblem.Kind.INVALID, problem, Optional.empty()))),
                new TaskAnalysis.Platforms(List.of(), false),
                List.of(),
                new TaskAnalysis.Builds(
                        List.of(),
                        List.of(new Problem(Location.of("Dockerfile"), "there is no such file", "name it")),
                        ImageBuilder.Builder.BUILDKIT),
                false,
                Map.of())));
    }

    /** A task with a single file and nothing else. */
    static Analysis taskWith(String file, String text) {
        return new Analysis(List.of(new TaskAnalysis(
                read(Optional.empty()),
                new TaskAnalysis.Platforms(List.of(), false),
                List.of(),
                built(file.equals("Dockerfile") ? List.of(build(SourceFile.of(file, text))) : List.of()),
                false,
                Map.of(file, SourceFile.of(file, text)))));
    }

    private static ImageBuild build(SourceFile dockerfile) {
        return new ImageBuild(
                dockerfile,
                Optional.empty(),
                image(),
                new ImageBuild.Chain(List.of(0), List.of(), List.of()),
                new ImageBuild.Diagnostics(List.of(), List.of(), List.of(), List.of()),
                1);
    }

    private static ContainerDefinition definition(String name) {
        Value<String> image = new Value.Known<>("<IMAGE1_NAME>", in("taskdef.json", 5, 16, 31));
        return new ContainerDefinition(
                new ContainerDefinition.Metadata(
                        in("taskdef.json", 3, 5, 6), name, in("taskdef.json", 4, 15, 20), List.of()),
                new ContainerDefinition.ImageReference(image, image),
                ContainerDefinition.ContainerProcess.OF_IMAGE,
                ContainerDefinition.Environment.NONE,
                new ContainerDefinition.FileSystem(
                        new Value.Known<>(true, in("taskdef.json", 6, 33, 37)), List.of(), List.of()),
                ContainerDefinition.LinuxParameters.NONE,
                ContainerDefinition.Lifecycle.STANDARD,
                ContainerDefinition.Logging.STANDARD);
    }

    private static Image image() {
        return new Image(
                "node:15.14.0-alpine",
                new Image.Config(
                        true,
                        new Value.Known<>("node", in("Dockerfile", 6, 6, 10)),
                        Value.absent(),
                        Value.absent(),
                        Value.absent(),
                        Map.of(),
                        Map.of(),
                        new Image.Volumes(List.of(), true)),
                new Accounts(Map.of(), Map.of(), true),
                new FileTree(TreeNode.directory(Ownership.ROOT_0755, BASE)
                                .withUnlisted(TreeNode.directory(Ownership.ROOT_0755, BASE)))
                        .view());
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
    private record GivenRuntime(
            ContainerDefinition definition, Image image, Platform platform, List<StartFailure> startFailures)
            implements ContainerRuntime {

        @Override
        public ContainerUser user() {
            return image.config().complete()
                    ? new ContainerUser(
                            "node",
                            Optional.of(new UnixId(1000, "node")),
                            Optional.of(new UnixId(1000, "node")),
                            List.of(),
                            true,
                            Optional.empty(),
                            false,
                            image.config().user().where())
                    : new ContainerUser(
                            "unknown",
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            false,
                            Optional.of(new UnknownUser.NameUnknown(new Value.Unknown<>(
                                    "nothing is known of " + image.base(), Location.of("taskdef.json")))),
                            false,
                            Optional.empty());
        }

        @Override
        public List<Mount> mounts() {
            return image.config().complete() ? List.of(SHM, TMP_MOUNT, SHARE_MOUNT) : List.of(SHM);
        }

        @Override
        public List<Overlap> overlaps() {
            return List.of();
        }

        @Override
        public Access access(ContainerPath path, boolean createsParents) {
            if (!startFailures.isEmpty()) {
                return new Access(
                        WriteAccess.CANNOT_START,
                        Access.Cause.CANNOT_START,
                        new AccessReason.CannotStart(startFailures.get(0)),
                        ContainerPath.ROOT,
                        Optional.empty(),
                        Optional.empty());
            }
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
}
