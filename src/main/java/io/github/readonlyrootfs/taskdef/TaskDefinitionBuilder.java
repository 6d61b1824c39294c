package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LogConfiguration;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.SchemaProblem.Kind;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the records out of a tree that the {@link Conformer} has passed. */
final class TaskDefinitionBuilder {

    private static final String CONTAINERS = SchemaField.CONTAINER_DEFINITIONS.name();

    private static final String NAME = CONTAINERS + ".name";

    /** Of {@code linuxParameters}, in the order of ECS's documentation. */
    private static final List<String> OTHER_LINUX_PARAMETERS =
            List.of("devices", "sharedMemorySize", "maxSwap", "swappiness");

    /** Of {@code volumes}; the empty host volume that describe-task-definition may add to another kind comes last. */
    private static final List<String> STORAGE_KINDS = List.of(
            "dockerVolumeConfiguration",
            "efsVolumeConfiguration",
            "s3filesVolumeConfiguration",
            "fsxWindowsFileServerVolumeConfiguration",
            "host");

    private final SourceFile source;
    private final Problems problems;
    private final Optional<String> resource;
    private final Notation notation;
    private final Outline outline;
    private final Optional<Generated> generated;

    /**
     * @param found whose content is built
     * @param notation how that is written, which only its content tells
     */
    TaskDefinitionBuilder(SourceFile source, Problems problems, FoundTask found, Notation notation, Outline outline) {
        this.source = source;
        this.problems = problems;
        this.resource = found.resource();
        this.notation = notation;
        this.outline = outline;
        this.generated = found.generated();
    }

    TaskDefinition taskDefinition(ObjectNode node) {
        Fields task = new Fields(node);
        List<ContainerDefinition> containers = containers(task);
        return new TaskDefinition(
                source,
                resource,
                node.location(),
                notation,
                outline,
                generated,
                task.string("family"),
                task.string("networkMode"),
                requiresCompatibilities(task),
                task.object("runtimePlatform")
                        .map(platform -> platform.string("operatingSystemFamily"))
                        .orElse(Value.absent()),
                task.string("cpu"),
                task.string("memory"),
                containers,
                volumes(task, containers),
                Parameters.of(node));
    }

    /** A task definition of which only the containers are in the file. */
    TaskDefinition bareContainers(ArrayNode array) {
        // As the only member of an object, so that containers are read in one way.
        Member member = new Member(CONTAINERS, array.location(), array);
        TaskDefinition task = taskDefinition(new ObjectNode(array.location(), List.of(member), Optional.empty()));
        return new TaskDefinition(
                source,
                resource,
                array.location(),
                notation,
                outline,
                generated,
                task.family(),
                task.networkMode(),
                task.requiresCompatibilities(),
                task.operatingSystemFamily(),
                task.taskCpu(),
                task.taskMemory(),
                task.containerDefinitions(),
                volumesElsewhere(task.containerDefinitions()),
                task.parameters());
    }

    /** The volumes that containers mention while the file has no place to define them. */
    private static List<Volume> volumesElsewhere(List<ContainerDefinition> containers) {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        containers.stream()
                .flatMap(container -> container.mountPoints().stream())
                .forEach(mountPoint -> {
                    if (mountPoint.sourceVolume() instanceof Value.Known<String> name) {
                        volumes.putIfAbsent(
                                name.value(),
                                new Volume(
                                        name.location(),
                                        name,
                                        new Storage.Unknown(new Value.Unknown<>(
                                                "the task's volumes are defined outside this file", name.location()))));
                    }
                });
        return List.copyOf(volumes.values());
    }

    private static Value<List<String>> requiresCompatibilities(Fields task) {
        return task.strings("requiresCompatibilities").flatMap(known -> {
            for (Located<String> value : known.value()) {
                Optional<String> placeholder = Placeholder.in(value.value());
                if (placeholder.isPresent()) {
                    return Fields.unknown(UnresolvedNode.of(value.location(), value.value(), placeholder.get()));
                }
            }
            return new Value.Known<>(known.value().stream().map(Located::value).toList(), known.location());
        });
    }

    private List<ContainerDefinition> containers(Fields task) {
        List<Fields> nodes = task.objects(CONTAINERS);
        Set<String> names = new HashSet<>(names(nodes));
        Set<String> volumes = new HashSet<>(names(task.objects("volumes")));
        Map<String, Location> seen = new HashMap<>();
        List<ContainerDefinition> containers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).isObject()) {
                continue;
            }
            ContainerDefinition container = container(nodes.get(i), i, names, volumes);
            containers.add(container);
            if (nodes.get(i).unresolved().isEmpty()) {
                checkName(container, nodes.get(i), seen);
            }
        }
        return List.copyOf(containers);
    }

    private static List<String> names(List<Fields> objects) {
        return objects.stream()
                .flatMap(object -> object.raw("name").known().stream())
                .toList();
    }

    private void checkName(ContainerDefinition container, Fields node, Map<String, Location> seen) {
        Optional<String> named = Optional.of(container.name());
        if (!node.has("name")) {
            Location all = container.location();
            FragmentWriter writer = new FragmentWriter(notation);
            problems.add(new SchemaProblem(
                    Kind.INVALID,
                    new Problem(
                            new Location(all.file(), all.line(), all.column(), all.line(), all.column() + 1),
                            "this container definition has no `" + writer.key(NAME) + "`",
                            "add `" + writer.member(NAME, Fragment.of("…")) + "`"),
                    named,
                    writer.key(NAME)));
            return;
        }
        Location before = seen.putIfAbsent(container.name(), container.nameLocation());
        if (before != null) {
            problems.add(new SchemaProblem(
                    Kind.INVALID,
                    new Problem(
                            container.nameLocation(),
                            "another container, on line " + before.line() + ", is called "
                                    + Problems.quoted(container.name()) + " too",
                            "give each container of the task a name of its own"),
                    named));
        }
    }

    /**
     * @param names the names of all containers as written: a reference with a placeholder in it still means the
     *     container whose name has the same one
     * @param volumes the names of all volumes as written
     */
    private ContainerDefinition container(Fields node, int index, Set<String> names, Set<String> volumes) {
        Value<String> name = node.unresolved().isPresent() ? Value.absent() : node.raw("name");
        Location all = node.location();
        return new ContainerDefinition(
                all,
                name.known().orElseGet(() -> new FragmentWriter(notation).key(CONTAINERS) + "[" + index + "]"),
                name.where().orElse(new Location(all.file(), all.line(), all.column(), all.line(), all.column() + 1)),
                node.written("image"),
                node.raw("image"),
                node.bool("readonlyRootFilesystem"),
                node.string("user"),
                node.string("workingDirectory"),
                node.strings("entryPoint"),
                node.strings("command"),
                node.nameValuePairs("environment"),
                node.nameValuePairs("secrets").stream()
                        .map(it -> new Located<>(it.key(), it.location()))
                        .toList(),
                node.objects("environmentFiles").stream().map(Fields::location).toList(),
                node.map("dockerLabels"),
                node.bool("essential"),
                node.bool("privileged"),
                node.objects("dependsOn").stream()
                        .map(it -> new DependsOn(
                                it.location(), reference(it, "containerName", names), it.string("condition")))
                        .toList(),
                node.objects("mountPoints").stream()
                        .map(it -> new MountPoint(
                                it.location(),
                                reference(it, "sourceVolume", volumes),
                                it.string("containerPath"),
                                it.bool("readOnly")))
                        .toList(),
                node.objects("volumesFrom").stream()
                        .map(it -> new VolumesFrom(
                                it.location(), reference(it, "sourceContainer", names), it.bool("readOnly")))
                        .toList(),
                node.object("linuxParameters")
                        .map(TaskDefinitionBuilder::linuxParameters)
                        .orElse(LinuxParameters.NONE),
                logConfiguration(node),
                node.object("firelensConfiguration")
                        .map(it -> it.string("type"))
                        .orElse(Value.absent()),
                node.object("healthCheck").map(it -> it.strings("command")).orElse(Value.absent()));
    }

    private static Value<String> reference(Fields node, String key, Set<String> names) {
        Value<String> raw = node.raw(key);
        return raw.known().filter(names::contains).isPresent() ? raw : node.string(key);
    }

    private static LinuxParameters linuxParameters(Fields node) {
        Optional<Fields> capabilities = node.object("capabilities");
        return new LinuxParameters(
                capabilities.map(it -> it.rawStrings("add")).orElse(List.of()),
                capabilities.map(it -> it.rawStrings("drop")).orElse(List.of()),
                node.objects("tmpfs").stream()
                        .map(it -> new Tmpfs(
                                it.location(),
                                it.string("containerPath"),
                                it.integer("size"),
                                it.rawStrings("mountOptions")))
                        .toList(),
                node.bool("initProcessEnabled"),
                OTHER_LINUX_PARAMETERS.stream()
                        .flatMap(key -> node.keyLocation(key).stream().map(at -> new Located<>(key, at)))
                        .toList());
    }

    private static Value<LogConfiguration> logConfiguration(Fields container) {
        Optional<Fields> found = container.object("logConfiguration");
        if (found.isEmpty()) {
            return Value.absent();
        }
        Fields node = found.get();
        return node.unresolved()
                .<Value<LogConfiguration>>map(Fields::unknown)
                .orElseGet(() -> new Value.Known<>(
                        new LogConfiguration(node.location(), node.string("logDriver"), node.map("options")),
                        node.location()));
    }

    private static List<Volume> volumes(Fields task, List<ContainerDefinition> containers) {
        Set<String> mounted = containers.stream()
                .flatMap(container -> container.mountPoints().stream())
                .flatMap(mountPoint -> mountPoint.sourceVolume().known().stream())
                .collect(Collectors.toSet());
        return task.objects("volumes").stream()
                .map(it -> new Volume(it.location(), reference(it, "name", mounted), storage(it)))
                .toList();
    }

    private static Storage storage(Fields volume) {
        if (volume.bool("configuredAtLaunch") instanceof Value.Known<Boolean> ebs && ebs.value()) {
            return new Storage.Ebs(ebs.location());
        }
        if (volume.bool("configuredAtLaunch") instanceof Value.Unknown<Boolean> unknown) {
            return new Storage.Unknown(unknown);
        }
        for (String kind : STORAGE_KINDS) {
            Optional<Fields> found = volume.object(kind);
            if (found.isPresent()) {
                Fields node = found.get();
                return node.unresolved()
                        .<Storage>map(it -> new Storage.Unknown(Fields.unknown(it)))
                        .orElseGet(() -> storage(kind, node));
            }
        }
        return new Storage.Empty();
    }

    private static Storage storage(String kind, Fields node) {
        Location location = node.location();
        return switch (kind) {
            case "dockerVolumeConfiguration" ->
                new Storage.Docker(node.string("scope"), node.string("driver"), node.map("driverOpts"), location);
            case "efsVolumeConfiguration" ->
                new Storage.Efs(
                        node.object("authorizationConfig")
                                .map(it -> it.string("accessPointId"))
                                .orElse(Value.absent()),
                        node.object("authorizationConfig")
                                .map(it -> it.string("iam"))
                                .orElse(Value.absent()),
                        node.string("rootDirectory"),
                        location);
            case "s3filesVolumeConfiguration" -> new Storage.S3Files(node.string("accessPointArn"), location);
            case "fsxWindowsFileServerVolumeConfiguration" -> new Storage.Fsx(location);
            default ->
                node.has("sourcePath")
                        ? new Storage.HostPath(node.string("sourcePath"), location)
                        : new Storage.Empty();
        };
    }
}
