// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.message.HelpText;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.rule.engine.DockerfileRule;
import io.github.readonlyrootfs.rule.engine.Rule;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.Users;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.Parameters;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tasks made by hand, so that a rule is tested without a reader. The defaults are Linux and a FARGATE that the task
 * definition names; a container has a read-only root, runs as root, and has no mounts.
 */
public final class CheckedTaskFixture {

    public static final String TASK_DEFINITION = "taskdef.json";
    public static final String DOCKERFILE = "Dockerfile";

    private static TreeNode directory(String name, TreeNode entry) {
        return TreeNode.directory(Ownership.ROOT_0755, Provenance.of("test")).withChild(name, entry);
    }

    /** The text of an arbitrary file, large enough for an edit at any location. */
    private static final String BLANK = (" ".repeat(40) + "\n").repeat(100);

    private final List<Container> containers = new ArrayList<>();
    private final List<Volume> volumes = new ArrayList<>();
    private final List<SchemaProblem> schemaProblems = new ArrayList<>();
    private final List<Problem> dockerfileProblems = new ArrayList<>();
    private final List<ImageBuild> builds = new ArrayList<>();
    private final Map<String, SourceFile> sources = new TreeMap<>(Map.of(
            TASK_DEFINITION, SourceFile.of(TASK_DEFINITION, BLANK),
            DOCKERFILE, SourceFile.of(DOCKERFILE, BLANK)));
    private List<Platform> platforms = List.of(Platform.FARGATE);
    private boolean platformsNamed = true;
    private Optional<String> resource = Optional.empty();
    private boolean readable = true;
    private Value<String> operatingSystemFamily = Value.absent();
    private ImageBuilder.Builder builder = ImageBuilder.Builder.BUILDKIT;
    private boolean executeCommand;

    private CheckedTaskFixture() {}

    public static CheckedTaskFixture task() {
        return new CheckedTaskFixture();
    }

    // Locations and values

    /** A location in the task definition. */
    public static Location at(int line) {
        return new Location(TASK_DEFINITION, line, 7, line, 19);
    }

    /** A location in the Dockerfile. */
    public static Location inDockerfile(int line) {
        return new Location(DOCKERFILE, line, 8, line, 20);
    }

    /** The location of an instruction's keyword in the Dockerfile. */
    public static Location word(String text, int line) {
        return new Location(DOCKERFILE, line, 8, line, 8 + text.length());
    }

    public static <T> Value<T> known(T value, int line) {
        return new Value.Known<>(value, at(line));
    }

    public static <T> Value<T> unknown(String reason, int line) {
        return new Value.Unknown<>(reason, at(line));
    }

    public static <T> Located<T> located(T value, int line) {
        return new Located<>(value, at(line));
    }

    // Findings, mounts and verdicts

    /** The finding of a rule, with its help text, as {@link #findings} gives it. */
    public static Finding finding(Rule rule, Location location, String message, String help) {
        return rule.finding(location, message, Remedy.advice(help));
    }

    /** The help text of one of the {@link #findings}. */
    public static String help(Finding finding) {
        return finding.remedy().advice().orElse("");
    }

    /** A writable mount that the project declares. */
    public static Mount mount(String path, Mount.Kind kind, Ownership ownership, Location location) {
        return mount(path, path, kind, Mount.Origin.PROJECT, ownership, Mount.Content.EMPTY, location);
    }

    /** A writable mount; a tmpfs is {@code noexec}. */
    public static Mount mount(
            String path,
            String target,
            Mount.Kind kind,
            Mount.Origin origin,
            Ownership ownership,
            Mount.Content content,
            Location location) {
        return new Mount(
                ContainerPath.of(path),
                ContainerPath.of(target),
                new Mount.Declaration(kind, origin, Optional.empty(), Optional.of(location)),
                false,
                kind == Mount.Kind.TMPFS,
                new Mount.Root(ownership, content, new OwnerReason.OfImage(Provenance.of("test"))));
    }

    public static Access writable(Mount mount) {
        return new Access(
                WriteAccess.WRITABLE,
                Access.Cause.NONE,
                said("its user may write there"),
                mount.target(),
                Optional.of(mount),
                Optional.of(mount.root().ownership()));
    }

    public static Access refused(WriteAccess verdict, Access.Cause cause, String reason, String decidedAt) {
        return new Access(
                verdict, cause, said(reason), ContainerPath.of(decidedAt), Optional.empty(), Optional.empty());
    }

    public static Access refused(WriteAccess verdict, Access.Cause cause, String reason, Mount mount) {
        return new Access(
                verdict,
                cause,
                said(reason),
                mount.target(),
                Optional.of(mount),
                Optional.of(mount.root().ownership()));
    }

    /** A reason with a text of the test. */
    private static Reason said(String words) {
        return new OwnerReason.OfImage(Provenance.of(words));
    }

    /** A fatal need that the pom declares. */
    public static Need declared(String path) {
        return need(path, Need.Impact.FATAL);
    }

    public static Need need(String path, Need.Impact impact) {
        return new Need(
                List.of(ContainerPath.of(path)),
                impact,
                false,
                true,
                List.of(new Evidence(
                        Evidence.Kind.DECLARED,
                        "<writablePaths>",
                        Optional.of(new Location("pom.xml", 41, 13, 41, 30)))));
    }

    /** A fatal need with alternatives that the pom declares. */
    public static Need alternatives(String... paths) {
        Need first = declared(paths[0]);
        return new Need(
                Arrays.stream(paths).map(ContainerPath::of).toList(),
                first.impact(),
                first.executable(),
                first.createsParents(),
                first.evidence());
    }

    // The task

    public CheckedTaskFixture container(String name, Consumer<Container> with) {
        Container container = new Container(name);
        with.accept(container);
        containers.add(container);
        return this;
    }

    /** A container that was read from a file. */
    public CheckedTaskFixture container(ContainerDefinition read) {
        return container(read.name(), container -> container.read = Optional.of(read));
    }

    public CheckedTaskFixture volume(Volume volume) {
        volumes.add(volume);
        return this;
    }

    public CheckedTaskFixture volume(String name, Volume.Storage storage, int line) {
        return volume(known(name, line), storage);
    }

    public CheckedTaskFixture volume(Value<String> name, Volume.Storage storage) {
        volumes.add(new Volume(name.where().orElse(at(90)), name, storage));
        return this;
    }

    public CheckedTaskFixture on(Platform... platforms) {
        this.platforms = List.of(platforms);
        return this;
    }

    /** Judges assumed platforms. */
    public CheckedTaskFixture assumed(Platform... platforms) {
        platformsNamed = false;
        return on(platforms);
    }

    public CheckedTaskFixture windows() {
        operatingSystemFamily = known("WINDOWS_SERVER_2022_CORE", 2);
        return this;
    }

    public CheckedTaskFixture unreadable() {
        readable = false;
        return this;
    }

    public CheckedTaskFixture builtBy(ImageBuilder.Builder builder) {
        this.builder = builder;
        return this;
    }

    public CheckedTaskFixture executeCommand() {
        executeCommand = true;
        return this;
    }

    public CheckedTaskFixture schemaProblem(SchemaProblem problem) {
        schemaProblems.add(problem);
        return this;
    }

    public CheckedTaskFixture dockerfileProblem(Problem problem) {
        dockerfileProblems.add(problem);
        return this;
    }

    /** A build beside those of the containers. */
    public CheckedTaskFixture build(ImageBuild build) {
        builds.add(build);
        return this;
    }

    /** A file's text, for rules that look at it. */
    public CheckedTaskFixture source(String name, String text) {
        sources.put(name, SourceFile.of(name, text));
        return this;
    }

    /** The name of the task definition in the file. */
    public CheckedTaskFixture resource(String name) {
        resource = Optional.of(name);
        return this;
    }

    private SourceFile source(String name) {
        return Objects.requireNonNull(sources.get(name));
    }

    /** The analysis of a file with this task only. */
    public Analysis analysis() {
        return new Analysis(List.of(build()));
    }

    public TaskAnalysis build() {
        List<ContainerAnalysis> checked = containers.stream()
                .map(container -> container.build(platforms, source(DOCKERFILE)))
                .toList();
        List<ImageBuild> allBuilds = new ArrayList<>(builds);
        checked.forEach(container -> container.build().ifPresent(allBuilds::add));
        TaskDefinition definition = new TaskDefinition(
                new TaskDefinition.Document(
                        source(TASK_DEFINITION), resource, at(1), Notation.ECS_JSON, Outline.EMPTY, Optional.empty()),
                Value.absent(),
                new TaskDefinition.Launch(
                        Value.absent(),
                        operatingSystemFamily,
                        Value.absent(),
                        Value.absent(),
                        Value.absent(),
                        Optional.empty(),
                        Set.of()),
                checked.stream().map(ContainerAnalysis::definition).toList(),
                volumes,
                Parameters.NONE);
        return new TaskAnalysis(
                new TaskAnalysis.Definition(
                        TASK_DEFINITION,
                        resource,
                        readable ? Optional.of(definition) : Optional.empty(),
                        schemaProblems),
                new TaskAnalysis.Platforms(platforms, platformsNamed),
                checked,
                new TaskAnalysis.Builds(allBuilds, dockerfileProblems, builder),
                executeCommand,
                sources);
    }

    /** The sorted findings of a rule in the task. Each remedy is replaced by its help text. */
    public List<Finding> findings(Rule rule) {
        return findings(rule, build());
    }

    /** The findings for a task that was read from a file. */
    public static List<Finding> findings(Rule rule, TaskAnalysis task) {
        List<Finding> findings = new ArrayList<>();
        Analysis tasks = new Analysis(List.of(task));
        HelpText texts = new HelpText(task.sources(), new PublicTexts(tasks)::of);
        Consumer<Finding> report = finding -> findings.add(withHelp(finding, texts));
        Optional<Remedies> remedies = task.definition().map(definition -> Remedies.of(task, MountWith.AUTO, List.of()));
        if (rule instanceof DockerfileRule ofDockerfile) {
            ofDockerfile.check(tasks, remedies.map(Remedies::nearMisses).orElse(Set.of()), report);
        } else if (rule instanceof TaskRule ofTask) {
            ofTask.check(task, remedies, report);
        } else if (rule instanceof ContainerRule ofContainer && remedies.isPresent()) {
            (ofContainer.judgesWindows() ? JudgedContainer.all(task) : JudgedContainer.linux(task))
                    .forEach(on -> ofContainer.check(on, remedies.get(), report));
        }
        return findings.stream().sorted().toList();
    }

    private static Finding withHelp(Finding finding, HelpText texts) {
        return finding.with(Remedy.advice(texts.of(finding.remedy(), finding.location())));
    }

    /** A container, its image, and its runtime. */
    public static final class Container {

        private final String name;
        private Optional<ContainerDefinition> read = Optional.empty();
        private Location location = at(3);
        private final Location nameLocation = at(4);
        private Value<String> image = known("example/app:1", 5);
        private Value<Boolean> readOnlyRoot = known(true, 6);
        private Value<String> user = Value.absent();
        private Value<String> workingDirectory = Value.absent();
        private Value<List<Located<String>>> entryPoint = Value.absent();
        private Value<List<Located<String>>> command = Value.absent();
        private Value<Boolean> essential = Value.absent();
        private Value<Boolean> privileged = Value.absent();
        private boolean logs;
        private final List<KeyValue> environment = new ArrayList<>();
        private final List<DependsOn> dependsOn = new ArrayList<>();
        private final List<MountPoint> mountPoints = new ArrayList<>();
        private final List<VolumesFrom> volumesFrom = new ArrayList<>();
        private final List<Located<String>> capabilitiesAdd = new ArrayList<>();
        private final List<Located<String>> capabilitiesDrop = new ArrayList<>();
        private final List<Tmpfs> tmpfs = new ArrayList<>();

        private String base = "example/base:1";
        private boolean complete = true;
        private Value<String> imageUser = Value.absent();
        private final List<ImageVolume> imageVolumes = new ArrayList<>();
        private Value<ContainerPath> workdir = Value.absent();
        private final Map<String, Value<String>> imageEnvironment = new TreeMap<>();
        private Value<List<CommandWord>> entrypoint = Value.absent();
        private Value<List<CommandWord>> cmd = Value.absent();
        private final Map<String, Accounts.User> accounts = new TreeMap<>();
        private TreeNode files =
                directory("bin", directory("sh", TreeNode.file(Ownership.ROOT_0755, Provenance.of("test"))));

        private boolean built;
        private Optional<String> target = Optional.empty();
        private List<Integer> stages = List.of(0);
        private final List<Problem> problems = new ArrayList<>();
        private final List<ImageBuild.UnresolvedVariable> unresolved = new ArrayList<>();
        private final List<ImageBuild.OtherVolume> otherVolumes = new ArrayList<>();
        private final List<ImageBuild.LateChange> lateChanges = new ArrayList<>();
        private final List<ImageBuild.Copied> copied = new ArrayList<>();
        private final List<ImageBuild.Step> steps = new ArrayList<>();

        private final List<Need> needs = new ArrayList<>();
        private final List<Need> implied = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private ContainerUser runsAs = Users.root();
        private final List<Mount> mounts = new ArrayList<>();
        private final List<ContainerRuntime.StartFailure> startFailures = new ArrayList<>();
        private final List<ContainerRuntime.Overlap> overlaps = new ArrayList<>();
        private final Map<String, Access> accesses = new HashMap<>();
        private BiFunction<ContainerPath, Boolean, Access> otherAccesses = (path, createsParents) ->
                refused(WriteAccess.READ_ONLY, Access.Cause.NO_MOUNT, "no mount holds " + path, "/");

        private Container(String name) {
            this.name = name;
        }

        // The task definition

        /** The location of the whole object. */
        Container location(Location whole) {
            location = whole;
            return this;
        }

        public Container image(String reference) {
            image = known(reference, 5);
            return this;
        }

        public Container readOnlyRoot(Value<Boolean> value) {
            readOnlyRoot = value;
            return this;
        }

        Container user(String value) {
            user = known(value, 7);
            return this;
        }

        Container workingDirectory(String value) {
            workingDirectory = known(value, 8);
            return this;
        }

        Container entryPoint(String... words) {
            entryPoint = words(words, 9);
            return this;
        }

        public Container command(String... words) {
            command = words(words, 10);
            return this;
        }

        Container command(Value<List<Located<String>>> value) {
            command = value;
            return this;
        }

        private static Value<List<Located<String>>> words(String[] words, int line) {
            return known(Arrays.stream(words).map(word -> located(word, line)).toList(), line);
        }

        public Container notEssential() {
            essential = known(false, 11);
            return this;
        }

        public Container privileged(boolean value) {
            privileged = known(value, 12);
            return this;
        }

        public Container environment(String key, String value, int line) {
            environment.add(new KeyValue(at(line), key, known(value, line)));
            return this;
        }

        public Container dependsOn(String container, String condition) {
            dependsOn.add(new DependsOn(known(container, 13), known(condition, 13)));
            return this;
        }

        public Container mountPoint(String sourceVolume, String path, int line) {
            return mountPoint(known(sourceVolume, line), path, line);
        }

        public Container mountPoint(Value<String> sourceVolume, String path, int line) {
            mountPoints.add(new MountPoint(at(line), sourceVolume, known(path, line), Value.absent()));
            return this;
        }

        public Container readOnlyMountPoint(String sourceVolume, String path, int line) {
            mountPoints.add(new MountPoint(at(line), known(sourceVolume, line), known(path, line), known(true, line)));
            return this;
        }

        public Container volumesFrom(String sourceContainer, int line) {
            volumesFrom.add(new VolumesFrom(at(line), known(sourceContainer, line), Value.absent()));
            return this;
        }

        public Container capability(String name, int line) {
            capabilitiesAdd.add(located(name, line));
            return this;
        }

        Container dropped(String name, int line) {
            capabilitiesDrop.add(located(name, line));
            return this;
        }

        public Container tmpfs(String path, int line, String... options) {
            return tmpfs(path, known(64, line), line, options);
        }

        Container tmpfs(String path, Value<Integer> size, int line, String... options) {
            tmpfs.add(new Tmpfs(
                    at(line),
                    known(path, line),
                    size,
                    Arrays.stream(options).map(option -> located(option, line)).toList()));
            return this;
        }

        public Container log() {
            logs = true;
            return this;
        }

        // The image

        public Container base(String reference) {
            base = reference;
            return this;
        }

        /** The configuration of the base image is unknown. */
        public Container baseUnknown() {
            complete = false;
            return this;
        }

        public Container imageUser(String value, int line) {
            imageUser = new Value.Known<>(value, inDockerfile(line));
            return this;
        }

        public Container imageUser(Value<String> value) {
            imageUser = value;
            return this;
        }

        public Container account(String user, int uid, String home) {
            UnixId id = new UnixId(uid, user);
            accounts.put(user, new Accounts.User(user, id, id, Optional.of(home)));
            return this;
        }

        public Container imageVolume(String written, int line) {
            imageVolumes.add(new ImageVolume(written, ContainerPath.of(written), word(written, line), false));
            return this;
        }

        public Container inheritedVolume(String written) {
            imageVolumes.add(new ImageVolume(written, ContainerPath.of(written), inDockerfile(1), true));
            return this;
        }

        public Container workdir(String path, int line) {
            workdir = new Value.Known<>(ContainerPath.of(path), inDockerfile(line));
            return this;
        }

        public Container imageEnvironment(String key, String value, int line) {
            imageEnvironment.put(key, new Value.Known<>(value, inDockerfile(line)));
            return this;
        }

        public Container entrypoint(int line, String... words) {
            entrypoint = command(line, words);
            return this;
        }

        private static Value<List<CommandWord>> command(int line, String... words) {
            return new Value.Known<>(
                    Stream.of(words)
                            .map(word -> CommandWord.of(word, inDockerfile(line)))
                            .toList(),
                    inDockerfile(line));
        }

        public Container cmd(int line, String... words) {
            cmd = command(line, words);
            return this;
        }

        public Container files(TreeNode files) {
            this.files = files;
            return this;
        }

        // The Dockerfile: each of these makes the image one that a Dockerfile of the project builds

        public Container built() {
            built = true;
            return this;
        }

        public Container target(String stage, Integer... descendsFrom) {
            target = Optional.of(stage);
            stages = List.of(descendsFrom);
            return built();
        }

        public Container problem(Problem problem) {
            problems.add(problem);
            return built();
        }

        public Container unresolved(
                String instruction, String variable, ImageBuild.UnresolvedVariable.Cause cause, int line) {
            unresolved.add(new ImageBuild.UnresolvedVariable(inDockerfile(line), instruction, variable, cause));
            return built();
        }

        public Container otherVolume(String path, int stage, Optional<String> stageName, boolean copiedFrom, int line) {
            otherVolumes.add(new ImageBuild.OtherVolume(
                    inDockerfile(line), ContainerPath.of(path), stage, stageName, copiedFrom));
            return built();
        }

        public Container lateChange(String path, int line, int volumeLine) {
            lateChanges.add(
                    new ImageBuild.LateChange(inDockerfile(line), ContainerPath.of(path), inDockerfile(volumeLine)));
            return step("RUN", line, 0, Value.absent());
        }

        public Container copied(String path, int line) {
            copied.add(new ImageBuild.Copied(ContainerPath.of(path), inDockerfile(line)));
            return built();
        }

        public Container step(String keyword, int line, int stage, Value<String> userInForce) {
            steps.add(new ImageBuild.Step(inDockerfile(line), keyword, stage, userInForce, Optional.empty()));
            return built();
        }

        // Needs, and their access at run time

        public Container gap(Gap gap) {
            gaps.add(gap);
            return this;
        }

        public Container need(Need need) {
            needs.add(need);
            return this;
        }

        public Container implied(Need need) {
            implied.add(need);
            return this;
        }

        public Container runsAs(ContainerUser user) {
            runsAs = user;
            return this;
        }

        public Container mount(Mount mount) {
            mounts.add(mount);
            return this;
        }

        public Container startFailure(ContainerRuntime.StartFailure failure) {
            startFailures.add(failure);
            return this;
        }

        public Container overlap(Mount covered, Mount covering) {
            overlaps.add(new ContainerRuntime.Overlap(covered, covering));
            return this;
        }

        /** On every platform. */
        public Container access(String path, Access access) {
            accesses.put(path, access);
            return this;
        }

        Container access(Platform platform, String path, Access access) {
            accesses.put(platform + path, access);
            return this;
        }

        /** The accesses to all other paths, by path and by whether the writer creates missing parents. */
        public Container accesses(BiFunction<ContainerPath, Boolean, Access> others) {
            otherAccesses = others;
            return this;
        }

        private ContainerAnalysis build(List<Platform> platforms, SourceFile dockerfile) {
            ContainerDefinition definition = read.orElseGet(() -> new ContainerDefinition(
                    new ContainerDefinition.Metadata(location, name, nameLocation, List.of()),
                    new ContainerDefinition.ImageReference(image, image),
                    new ContainerDefinition.ContainerProcess(
                            user, privileged, workingDirectory, entryPoint, command, List.of()),
                    new ContainerDefinition.Environment(environment, List.of(), List.of()),
                    new ContainerDefinition.FileSystem(readOnlyRoot, mountPoints, volumesFrom),
                    new LinuxParameters(capabilitiesAdd, capabilitiesDrop, Value.absent(), tmpfs),
                    new ContainerDefinition.Lifecycle(essential, dependsOn, Value.absent(), List.of()),
                    new ContainerDefinition.Logging(logs, Value.absent(), false, List.of())));
            Image fixtureImage = new Image(
                    base,
                    nameLocation,
                    new Image.Config(
                            complete,
                            imageUser,
                            workdir,
                            entrypoint,
                            cmd,
                            imageEnvironment,
                            Map.of(),
                            new Image.Volumes(imageVolumes, complete)),
                    new Accounts(accounts, Map.of(), complete),
                    new FileTree(files).view());
            Optional<ImageBuild> build = built
                    ? Optional.of(new ImageBuild(
                            dockerfile,
                            target,
                            fixtureImage,
                            new ImageBuild.Chain(stages, steps, copied, Map.of()),
                            new ImageBuild.Diagnostics(problems, unresolved, otherVolumes, lateChanges),
                            1))
                    : Optional.empty();
            Map<Platform, ContainerRuntime> runtimes = new LinkedHashMap<>();
            platforms.forEach(platform -> runtimes.put(
                    platform,
                    new GivenRuntime(
                            definition,
                            fixtureImage,
                            platform,
                            runsAs,
                            mounts,
                            startFailures,
                            overlaps,
                            accesses,
                            otherAccesses)));
            return new ContainerAnalysis(
                    ContainerContext.of(definition, fixtureImage, Optional.empty(), new Effort(1_000_000)),
                    build,
                    Optional.empty(),
                    false,
                    new ContainerNeeds(
                            needs, needs.stream().anyMatch(Need::isDeclared), gaps, List.of(), Optional.empty(), false),
                    implied,
                    runtimes);
        }
    }

    /** A runtime with the given accesses. */
    private record GivenRuntime(
            ContainerDefinition definition,
            Image image,
            Platform platform,
            ContainerUser user,
            List<Mount> mounts,
            List<StartFailure> startFailures,
            List<Overlap> overlaps,
            Map<String, Access> accesses,
            BiFunction<ContainerPath, Boolean, Access> otherAccesses)
            implements ContainerRuntime {

        @Override
        public Optional<String> declaring(ContainerPath path) {
            return definition.fileSystem().volumesFrom().stream()
                    .flatMap(from -> from.sourceContainer().known().stream())
                    .findFirst();
        }

        @Override
        public Access access(ContainerPath path, boolean createsParents) {
            return Optional.ofNullable(accesses.get(platform + path.toString()))
                    .or(() -> Optional.ofNullable(accesses.get(path.toString())))
                    .orElseGet(() -> otherAccesses.apply(path, createsParents));
        }
    }
}
