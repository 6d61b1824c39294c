// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.observe.Companions.Companion;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Mount.Content;
import io.github.readonlyrootfs.runtime.Mount.Kind;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.QuotedWords;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.ContainerProcess;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Ulimit;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a container starts as its task does, on the machine of a developer: with a read-only root, with the task's mounts, user
 * and command. Storage that a developer lacks is an empty volume.
 */
public final class ContainerRun {

    /** Too short for a password: {@code -c}, {@code -lc}. */
    private static final Pattern SHELL_OPTION = Pattern.compile("-[a-z]{1,2}");

    /** What is surely the name of a variable, and not a value in its place. */
    private static final Pattern VARIABLE = Pattern.compile("(?=.*[A-Z_.-])[A-Za-z_][\\w.-]*+");

    private static final Pattern NAME = Pattern.compile("[a-z]{1,20}");

    private static final String ENV = "--env";

    /** The options of a tmpfs that is like a new volume. */
    private static final String NEW = ":mode=0755,exec";

    /** Storage that a developer does not have. */
    private static final Set<Kind> REMOTE =
            EnumSet.of(Kind.EFS, Kind.EBS, Kind.S3FILES, Kind.FSX, Kind.HOST_PATH, Kind.DOCKER_VOLUME);

    /** An option of the engine, with its value if it has one, and what it mounts, if it does. */
    private record Option(List<String> words, Optional<Mounted> mount) {

        String name() {
            return words.get(0);
        }

        String value() {
            return words.get(words.size() - 1);
        }
    }

    /**
     * What is mounted somewhere.
     *
     * @param flags of a volume of the task if it is shared: whether it is read-only, and filled from the image
     * @param inherited whether it is a volume of the image of another container
     */
    private record Mounted(ContainerPath path, Optional<String> volume, String flags, boolean inherited) {}

    /**
     * How a run differs from what the task says.
     *
     * @param granted the paths with a writable volume of the image's own content, owner and mode
     * @param taken the paths of mounts that cannot be written
     * @param bare the paths with an empty directory of root's, as a new volume of the task is elsewhere
     */
    record Setup(boolean readOnly, Set<ContainerPath> granted, Set<ContainerPath> taken, Set<ContainerPath> bare) {

        static final Setup OF_TASK = new Setup(true, Set.of(), Set.of(), Set.of());

        static final Setup WRITABLE = new Setup(false, Set.of(), Set.of(), Set.of());
    }

    private final JudgedContainer on;
    private final ContainerDefinition container;
    private final Optional<DockerfileBuild> build;
    private final List<Option> options = new ArrayList<>();
    private final List<String> command;

    private List<Companion> companions = List.of();

    private ContainerRun(JudgedContainer on, Optional<DockerfileBuild> build) {
        this.on = on;
        this.container = on.container().definition();
        this.build = build;
        addOptions();
        this.command = command();
    }

    /** The run of a container, whose image the project may build. */
    public static ContainerRun of(JudgedContainer on, CheckRequest request) {
        ContainerRun run = alone(on, request);
        run.companions = Companions.of(run, on, request);
        return run;
    }

    /** The run of a container without those that run with it. */
    static ContainerRun alone(JudgedContainer on, CheckRequest request) {
        return new ContainerRun(on, request.build(on.name(), on.container().dockerfile()));
    }

    /** The name of the container, with the task definition's where that has one. */
    public String name() {
        return on.task().nameOf(on.container());
    }

    /** The command for a shell, which has the values of the variables, with the paths of files as they are displayed. */
    public String shown(Function<Path, String> displayed) {
        List<String> words = new ArrayList<>(List.of("docker", "run", "--rm", "--read-only"));
        for (Option option : options) {
            words.add(option.name());
            option.words().stream().skip(1).forEach(value -> words.add(QuotedWords.forShell(shown(option))));
        }
        words.add(build.map(known -> "$(" + built(known, displayed) + ")")
                .orElseGet(() ->
                        image().map(PublicText::name).map(QuotedWords::forShell).orElse("IMAGE")));
        // A word may be a password.
        if (CommandWords.arePublic(command)) {
            command.forEach(word -> words.add(QuotedWords.forShell(word)));
        } else {
            command.stream()
                    .takeWhile(word -> SHELL_OPTION.matcher(word).matches())
                    .forEach(words::add);
            words.add("COMMAND");
        }
        return String.join(" ", words);
    }

    private static String shown(Option option) {
        return switch (option.name()) {
            case ENV -> variable(option.value());
            case "--entrypoint" -> CommandWords.arePublic(List.of(option.value())) ? option.value() : "PROGRAM";
            case "--tmpfs", "--mount" -> CommandWords.shown(option.value());
            default -> PublicText.name(option.value());
        };
    }

    private static String variable(String name) {
        return VARIABLE.matcher(name).matches() ? PublicText.name(name) : "NAME";
    }

    /** The image of the task, if it is known. */
    Optional<String> image() {
        // An engine would take it for an option.
        return container.image().filled().known().filter(image -> !image.startsWith("-"));
    }

    /** Whether the project builds its image. */
    boolean isBuilt() {
        return build.isPresent();
    }

    /** The arguments of an engine that build its image, and give it a name. */
    List<String> build(Engine engine, String name) {
        DockerfileBuild known = build.orElseThrow();
        List<String> words = new ArrayList<>(List.of("build", "-q"));
        words.addAll(EngineSession.label());
        words.addAll(List.of("-t", name, "-f", known.file().file().toString()));
        known.target().ifPresent(target -> words.addAll(List.of("--target", target)));
        words.addAll(engine.options(Engine.BUILD_ARG, known.buildArgs()));
        words.add(known.context()
                .or(() -> Optional.ofNullable(known.file().file().getParent()))
                .orElse(Path.of("."))
                .toString());
        return words;
    }

    /** The values that its build needs. */
    public Map<String, String> buildArgs() {
        return build.map(DockerfileBuild::buildArgs).orElse(Map.of());
    }

    /** Those of some values that the files do not have that it gets. */
    Map<String, String> given(Map<String, String> values) {
        Map<String, String> given = new TreeMap<>(values);
        // Files that are not here may have any variable.
        if (container.environment().files().isEmpty()) {
            given.keySet().retainAll(ownMissingVariables());
        }
        return given;
    }

    /** The values of its variables, with those that the files do not have. */
    Map<String, String> variables(Map<String, String> values) {
        Map<String, String> variables = given(values);
        for (KeyValue variable : container.environment().variables()) {
            variable.value().known().ifPresent(value -> variables.put(variable.key(), value));
        }
        return variables;
    }

    /**
     * The arguments of an engine behind those that say how it runs something.
     *
     * @param one has the volumes and the other containers
     * @param variables with their values, which the engine gets in its environment
     */
    List<String> arguments(String image, Setup setup, OneRun one, Engine engine, Map<String, String> variables) {
        List<String> words = new ArrayList<>();
        List<String> sources = sources(one);
        sources.forEach(source -> words.addAll(List.of("--volumes-from", source)));
        boolean bringsAll =
                sources.size() == container.fileSystem().volumesFrom().size();
        Map<ContainerPath, List<String>> own = new TreeMap<>();
        setup.granted().forEach(path -> own.put(path, List.of("--volume", path.toString())));
        setup.bare().forEach(path -> own.put(path, List.of("--tmpfs", path + NEW)));
        // With an empty volume that cannot be written in its place.
        setup.taken().forEach(path -> own.put(path, List.of()));
        for (Option option : options) {
            Optional<ContainerPath> path = option.mount().map(Mounted::path);
            boolean isTaken = path.filter(setup.taken()::contains).isPresent();
            Optional<String> volume = option.mount().flatMap(Mounted::volume).flatMap(one::shared);
            if (bringsAll && option.mount().filter(Mounted::inherited).isPresent()) {
                if (!isTaken) {
                    path.ifPresent(own::remove);
                }
            } else if (volume.isPresent()) {
                own.remove(path.get());
                String flags = isTaken ? ":ro" : option.mount().get().flags();
                words.addAll(List.of("--volume", volume.get() + ":" + path.get() + flags));
            } else if (path.filter(own::containsKey).isEmpty()
                    && !(option.name().equals(ENV) && variables.containsKey(option.value()))) {
                words.addAll(option.words());
            }
        }
        // With a colon it would be a directory of the machine.
        own.keySet().removeIf(path -> path.toString().indexOf(':') >= 0);
        own.forEach((path, option) ->
                words.addAll(option.isEmpty() ? List.of("--volume", one.empty() + ":" + path + ":ro") : option));
        words.addAll(engine.options(ENV, variables));
        words.add(image);
        words.addAll(command);
        return words;
    }

    /** The containers whose volumes it takes, as an engine calls them. */
    private List<String> sources(OneRun one) {
        List<String> sources = new ArrayList<>();
        for (VolumesFrom from : container.fileSystem().volumesFrom()) {
            from.sourceContainer()
                    .known()
                    .flatMap(one::started)
                    .ifPresent(other -> sources.add(
                            one.name(other) + (from.readOnly().known().orElse(false) ? ":ro" : "")));
        }
        return sources;
    }

    /** The containers that run with it, in the order of their start. */
    List<Companion> companions() {
        return companions;
    }

    /** Those of its shared volumes that are empty at first where the task runs, whatever its image has there. */
    List<ContainerPath> sharedEmpty() {
        Set<String> others = sharedVolumes();
        return on.runtime().mounts().stream()
                .filter(mount -> mount.root().content() == Content.EMPTY
                        && mount.declaration().volume().filter(others::contains).isPresent())
                .map(Mount::path)
                .toList();
    }

    /** The task's volumes that those that run with it mount. */
    Set<String> sharedVolumes() {
        return companions.stream()
                .flatMap(other -> other.run().taskVolumes().stream())
                .collect(Collectors.toSet());
    }

    /** The task's volumes that it mounts. */
    Set<String> taskVolumes() {
        return mounts().flatMap(mount -> mount.volume().stream()).collect(Collectors.toSet());
    }

    private Stream<Mounted> mounts() {
        return options.stream().flatMap(option -> option.mount().stream());
    }

    /** Whether the task says that its root is read-only. */
    boolean isReadOnly() {
        return container.fileSystem().readonlyRootFilesystem().known().orElse(false);
    }

    /** Whether the containers of its task have one network. */
    boolean sharesNetwork() {
        return on.task()
                .definition()
                .flatMap(task -> task.launch().networkMode().known())
                .filter(mode -> mode.equals("bridge") || mode.equals("none"))
                .isEmpty();
    }

    JudgedContainer judged() {
        return on;
    }

    /** What the task says of its process. */
    ContainerProcess process() {
        return container.process();
    }

    /** The home of its user, if it is known. */
    Optional<ContainerPath> home() {
        return on.container().context().directories().home().known();
    }

    /** The paths that the task or the image makes writable. */
    List<ContainerPath> writableMounts() {
        return on.runtime().mounts().stream()
                .filter(mount -> !mount.is(Kind.ENGINE) && !mount.readOnly())
                .map(Mount::path)
                .distinct()
                .toList();
    }

    /** Those of them that no other container has. */
    List<ContainerPath> ownMounts() {
        if (companions.stream().anyMatch(other -> other.run().takesVolumesOf(this))) {
            return List.of();
        }
        Set<String> others = sharedVolumes();
        List<ContainerPath> own = new ArrayList<>(writableMounts());
        mounts().filter(mount -> mount.inherited()
                        || mount.volume().filter(others::contains).isPresent())
                .forEach(mount -> own.remove(mount.path()));
        return own;
    }

    /** Whether a tmpfs is mounted there. */
    boolean hasTmpfs(ContainerPath path) {
        return options.stream()
                .filter(option -> option.name().equals("--tmpfs"))
                .anyMatch(option -> option.mount().map(Mounted::path).equals(Optional.of(path)));
    }

    /** The mounts whose storage is elsewhere, in whose place an empty volume is. */
    List<String> replacedStorage() {
        return on.runtime().mounts().stream()
                .filter(mount -> REMOTE.contains(mount.declaration().kind()))
                .map(mount -> mount.declaration().kind().label() + " at " + mount.path())
                .toList();
    }

    /** The names of the variables whose values the files do not have, its own and those of containers that it needs. */
    List<String> missingVariables() {
        return Stream.concat(
                        ownMissingVariables().stream(),
                        companions.stream()
                                .filter(Companion::needed)
                                .flatMap(other -> other.run().ownMissingVariables().stream()))
                .distinct()
                .toList();
    }

    private List<String> ownMissingVariables() {
        Stream<String> unknown = container.environment().variables().stream()
                .filter(variable -> variable.value().isUnknown())
                .map(KeyValue::key);
        Stream<String> secrets = container.environment().secrets().stream().map(Located::value);
        return Stream.concat(unknown, secrets).toList();
    }

    /** The TCP ports that the task says it listens on. */
    Set<Integer> ports() {
        return container.lifecycle().ports().stream()
                .filter(port -> !port.protocol().known().equals(Optional.of("udp"))
                        && !port.protocol().isUnknown())
                .flatMap(port -> port.containerPort().known().stream())
                .collect(Collectors.toSet());
    }

    /** Whether it has the volumes of another container. */
    boolean takesVolumesOf(ContainerRun other) {
        return container.fileSystem().takesVolumesOf(other.on.name());
    }

    /** The task's health check for a shell, or as words; empty if there is none. */
    List<String> healthCheck() {
        List<String> words = words(container.lifecycle().healthCheck());
        if (words.size() < 2) {
            return List.of();
        }
        return switch (words.get(0)) {
            case "CMD" -> words.subList(1, words.size());
            case "CMD-SHELL" -> List.of("/bin/sh", "-c", words.get(1));
            default -> List.of();
        };
    }

    /** Whether the whole command is known. */
    boolean isKnown() {
        return !container.process().entryPoint().isUnknown()
                && !container.process().command().isUnknown();
    }

    /** The values of variables that the container gets, from the task or from this process, and those that its build gets. */
    List<String> secrets() {
        Stream<String> mine = Stream.of(buildArgs(), variables(Map.of())).flatMap(values -> values.values().stream());
        // Without a value of the task's, it has the one that it has here.
        Stream<String> fromHere =
                ownMissingVariables().stream().map(name -> Objects.requireNonNullElse(System.getenv(name), ""));
        Stream<String> others = companions.stream().flatMap(other -> other.run().secrets().stream());
        return Stream.of(mine, fromHere, others).flatMap(all -> all).toList();
    }

    private void addOptions() {
        container.process().user().known().ifPresent(user -> add("--user", user));
        container.process().workingDirectory().known().ifPresent(directory -> add("--workdir", directory));
        container.linuxParameters().capabilitiesDrop().forEach(name -> add("--cap-drop", name.value()));
        container.linuxParameters().capabilitiesAdd().forEach(name -> add("--cap-add", name.value()));
        if (container.linuxParameters().initProcessEnabled().known().orElse(false)) {
            add("--init");
        }
        container.process().ulimits().forEach(this::addUlimit);
        container.linuxParameters().tmpfs().forEach(this::addTmpfs);
        on.runtime().mounts().forEach(this::addVolume);
        container.environment().variables().forEach(variable -> add(ENV, variable.key()));
        container.environment().secrets().forEach(secret -> add(ENV, secret.value()));
    }

    private void addUlimit(Ulimit limit) {
        limit.name()
                .known()
                .filter(name -> NAME.matcher(name).matches())
                .ifPresent(name -> limit.softLimit()
                        .known()
                        .ifPresent(soft -> add("--ulimit=" + name + "=" + soft
                                + limit.hardLimit()
                                        .known()
                                        .map(hard -> ":" + hard)
                                        .orElse(""))));
    }

    private void add(String... words) {
        options.add(new Option(List.of(words), Optional.empty()));
    }

    private void add(String option, String value, Mount mount, String flags) {
        Optional<String> volume =
                mount.declaration().volume().filter(name -> on.volume(mount).isPresent());
        boolean inherited = volume.isEmpty() && mount.is(Kind.VOLUMES_FROM);
        Mounted mounted = new Mounted(mount.path(), volume, flags, inherited);
        options.add(new Option(List.of(option, value), Optional.of(mounted)));
    }

    private void addTmpfs(Tmpfs tmpfs) {
        tmpfs.containerPath().known().ifPresent(path -> {
            List<String> options = new ArrayList<>();
            tmpfs.mountOptions().forEach(option -> options.add(option.value()));
            tmpfs.size().known().ifPresent(size -> options.add("size=" + size + "m"));
            String value = options.isEmpty() ? path : path + ":" + String.join(",", options);
            Mounted mounted = new Mounted(ContainerPath.of(path), Optional.empty(), "", false);
            this.options.add(new Option(List.of("--tmpfs", value), Optional.of(mounted)));
        });
    }

    /** What Docker does not fill from the image is root's and empty, as a new tmpfs is. */
    private void addVolume(Mount mount) {
        String path = mount.path().toString();
        if (mount.is(Kind.ENGINE) || mount.is(Kind.IMAGE_VOLUME) || mount.is(Kind.TMPFS) || path.indexOf(':') >= 0) {
            return;
        }
        if (mount.is(Kind.TASK_VOLUME) && mount.root().content() == Content.EMPTY) {
            boolean readOnly = mount.readOnly();
            add("--tmpfs", path + NEW + (readOnly ? ",ro" : ""), mount, readOnly ? ":ro,nocopy" : ":nocopy");
        } else if (mount.readOnly()) {
            // An anonymous volume cannot be read-only.
            add("--tmpfs", path + ":ro", mount, ":ro");
        } else {
            add("--volume", path, mount, "");
        }
    }

    /** The words behind the image. Docker takes only one for the entry point. */
    private List<String> command() {
        List<String> after = new ArrayList<>();
        List<String> entryPoint = words(container.process().entryPoint());
        if (!entryPoint.isEmpty()) {
            add("--entrypoint", entryPoint.get(0));
            after.addAll(entryPoint.subList(1, entryPoint.size()));
        }
        after.addAll(words(container.process().command()));
        return after;
    }

    private static List<String> words(Value<List<Located<String>>> value) {
        return value.known().orElse(List.of()).stream().map(Located::value).toList();
    }

    /** The image that a build of the Dockerfile prints. */
    private static String built(DockerfileBuild build, Function<Path, String> displayed) {
        String file = displayed.apply(build.file().file());
        String directory =
                build.context().map(displayed).filter(path -> !path.isEmpty()).orElse(".");
        String usual = directory.equals(".") ? "Dockerfile" : directory + "/Dockerfile";
        List<String> words = new ArrayList<>(List.of("docker", "build", "-q"));
        if (!file.equals(usual)) {
            words.addAll(List.of("-f", QuotedWords.forShell(file)));
        }
        build.target().ifPresent(target -> words.addAll(List.of("--target", QuotedWords.forShell(target))));
        build.buildArgs().keySet().stream()
                .sorted()
                .forEach(name -> words.addAll(List.of(Engine.BUILD_ARG, QuotedWords.forShell(name))));
        words.add(QuotedWords.forShell(directory));
        return String.join(" ", words);
    }
}
