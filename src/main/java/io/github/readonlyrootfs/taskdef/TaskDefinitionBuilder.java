// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.ContainerProcess;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Environment;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.FileSystem;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.ImageReference;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Lifecycle;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Logging;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Metadata;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.PortMapping;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Ulimit;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import io.github.readonlyrootfs.taskdef.schema.FoundTask;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import io.github.readonlyrootfs.taskdef.schema.FragmentWriter;
import io.github.readonlyrootfs.taskdef.schema.Generated;
import io.github.readonlyrootfs.taskdef.schema.Neighbours;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaValidator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Builds the records from a tree that {@link SchemaValidator} has validated. */
final class TaskDefinitionBuilder {

    private static final String CONTAINERS = SchemaField.CONTAINER_DEFINITIONS.name();

    private static final String FIRELENS = "awsfirelens";

    private static final String NAME = CONTAINERS + ".name";

    /** Of {@code volumes}; the empty host volume that describe-task-definition may add to another kind comes last. */
    private static final List<String> STORAGE_KINDS = List.of(
            "dockerVolumeConfiguration",
            "efsVolumeConfiguration",
            "s3filesVolumeConfiguration",
            "fsxWindowsFileServerVolumeConfiguration",
            "host");

    private final SourceFile source;
    private final SchemaProblems problems;
    private final Optional<String> resource;
    private final Notation notation;
    private final Outline outline;
    private final Optional<Generated> generated;
    private final Neighbours neighbours;

    /**
     * @param found whose content is built
     * @param notation its notation, which is detected from its content
     */
    TaskDefinitionBuilder(
            SourceFile source, SchemaProblems problems, FoundTask found, Notation notation, Outline outline) {
        this.source = source;
        this.problems = problems;
        this.resource = found.resource();
        this.notation = notation;
        this.outline = outline;
        this.generated = found.generated();
        this.neighbours = found.neighbours();
    }

    TaskDefinition taskDefinition(ObjectNode node) {
        return taskDefinition(node, containers -> volumes(new Fields(node), containers));
    }

    private TaskDefinition taskDefinition(ObjectNode node, Function<List<ContainerDefinition>, List<Volume>> volumes) {
        Fields task = new Fields(node);
        List<ContainerDefinition> containers = containers(task);
        return new TaskDefinition(
                new TaskDefinition.Document(source, resource, node.location(), notation, outline, generated),
                task.string("family"),
                new TaskDefinition.Launch(
                        requiresCompatibilities(task),
                        stringIn(task.object("runtimePlatform"), "operatingSystemFamily"),
                        task.string("networkMode"),
                        task.string("cpu"),
                        task.string("memory"),
                        neighbours.executeCommand(),
                        neighbours.launchTypes()),
                containers,
                volumes.apply(containers),
                Parameters.of(node));
    }

    /** The value of a key of an object that may be missing. */
    private static Value<String> stringIn(Optional<Fields> object, String key) {
        return object.isPresent() ? object.get().string(key) : Value.absent();
    }

    /** A task definition whose file has only the containers. */
    TaskDefinition bareContainers(ArrayNode array) {
        // As the only member of an object, so that containers are read in one way.
        Member member = new Member(CONTAINERS, array.location(), array);
        return taskDefinition(
                new ObjectNode(array.location(), List.of(member), Optional.empty()),
                TaskDefinitionBuilder::volumesElsewhere);
    }

    /** The volumes that containers mention while the file has no place to define them. */
    private static List<Volume> volumesElsewhere(List<ContainerDefinition> containers) {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        containers.stream()
                .flatMap(container -> container.fileSystem().mountPoints().stream())
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
        Value<List<Located<String>>> written = task.strings("requiresCompatibilities");
        if (!(written instanceof Value.Known<List<Located<String>>> known)) {
            return written instanceof Value.Unknown<List<Located<String>>> unknown ? unknown.as() : Value.absent();
        }
        List<String> names = new ArrayList<>();
        for (Located<String> value : known.value()) {
            Optional<String> placeholder = Placeholder.in(value.value());
            if (placeholder.isPresent()) {
                return Fields.unknown(UnresolvedNode.of(value.location(), value.value(), placeholder.get()));
            }
            names.add(value.value());
        }
        return new Value.Known<>(List.copyOf(names), known.location());
    }

    private List<ContainerDefinition> containers(Fields task) {
        List<Fields> nodes = task.objects(CONTAINERS);
        Set<String> names = names(nodes);
        Set<String> volumes = names(task.objects("volumes"));
        Map<String, Location> seen = new HashMap<>();
        List<ContainerDefinition> containers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).isObject()) {
                continue;
            }
            ContainerDefinition container = container(nodes.get(i), i, nodes, names, volumes);
            containers.add(container);
            if (nodes.get(i).unresolved().isEmpty()) {
                checkName(container, nodes.get(i), seen);
            }
        }
        return List.copyOf(containers);
    }

    private static Set<String> names(List<Fields> objects) {
        Set<String> names = new HashSet<>();
        for (Fields object : objects) {
            if (object.raw("name") instanceof Value.Known<String> name) {
                names.add(name.value());
            }
        }
        return names;
    }

    private void checkName(ContainerDefinition container, Fields node, Map<String, Location> seen) {
        Optional<String> named = Optional.of(container.name());
        if (!node.has("name")) {
            FragmentWriter writer = new FragmentWriter(notation);
            problems.add(new SchemaProblem(
                    Kind.INVALID,
                    new Problem(
                            container.metadata().location().firstCharacter(),
                            "this container definition has no `" + writer.key(NAME) + "`",
                            "add `" + writer.member(NAME, Fragment.of("…")) + "`"),
                    named,
                    writer.key(NAME)));
            return;
        }
        Location before =
                seen.putIfAbsent(container.name(), container.metadata().nameLocation());
        if (before != null) {
            problems.add(new SchemaProblem(
                    Kind.INVALID,
                    new Problem(
                            container.metadata().nameLocation(),
                            "another container, on line " + before.line() + ", is called "
                                    + SchemaProblems.quoted(container.name()) + " too",
                            "give each container of the task a different name"),
                    named));
        }
    }

    /**
     * @param all the containers of the task
     * @param names the names of all containers as written: a reference with a placeholder in it still means the
     *     container whose name has the same one
     * @param volumes the names of all volumes as written
     */
    private ContainerDefinition container(
            Fields node, int index, List<Fields> all, Set<String> names, Set<String> volumes) {
        Optional<Fields> linuxParameters = node.object("linuxParameters");
        Optional<Fields> healthCheck = node.object("healthCheck");
        return new ContainerDefinition(
                metadata(node, index),
                new ImageReference(node.written("image"), node.raw("image")),
                new ContainerProcess(
                        node.string("user"),
                        node.bool("privileged"),
                        node.string("workingDirectory"),
                        node.strings("entryPoint"),
                        node.strings("command"),
                        ulimits(node)),
                new Environment(node.nameValuePairs("environment"), secrets(node), environmentFiles(node)),
                new FileSystem(
                        node.bool("readonlyRootFilesystem"), mountPoints(node, volumes), volumesFrom(node, names)),
                linuxParameters.isPresent() ? linuxParameters(linuxParameters.get()) : LinuxParameters.NONE,
                new Lifecycle(
                        node.bool("essential"),
                        dependsOn(node, names),
                        healthCheck.isPresent() ? healthCheck.get().strings("command") : Value.absent(),
                        ports(node)),
                logging(node, all));
    }

    private static List<PortMapping> ports(Fields container) {
        List<PortMapping> ports = new ArrayList<>();
        for (Fields it : container.objects("portMappings")) {
            ports.add(new PortMapping(it.integer("containerPort"), it.string("protocol")));
        }
        return List.copyOf(ports);
    }

    private static Logging logging(Fields container, List<Fields> all) {
        Optional<Fields> router = container.object("firelensConfiguration");
        Optional<Fields> options = router.flatMap(node -> node.object("options"));
        boolean adds = options.isPresent()
                ? options.get().has("config-file-value")
                : router.isPresent() && router.get().has("options");
        return new Logging(
                container.has("logConfiguration"),
                stringIn(router, "type"),
                adds,
                router.isPresent() ? outputs(all) : List.of());
    }

    private static List<Value<String>> outputs(List<Fields> containers) {
        List<Value<String>> outputs = new ArrayList<>();
        for (Fields container : containers) {
            Optional<Fields> log =
                    container.object("logConfiguration").filter(it -> isFirelens(it.string("logDriver")));
            for (ContainerDefinition.KeyValue option :
                    log.map(it -> it.map("options")).orElse(List.of())) {
                if (option.key().equalsIgnoreCase("name") || option.key().equals("@type")) {
                    outputs.add(option.value());
                }
            }
        }
        return List.copyOf(outputs);
    }

    private static boolean isFirelens(Value<String> driver) {
        return !driver.isAbsent() && driver.known().orElse(FIRELENS).equals(FIRELENS);
    }

    private Metadata metadata(Fields container, int index) {
        Value<String> name = container.unresolved().isPresent() ? Value.absent() : container.raw("name");
        return new Metadata(
                container.location(),
                name instanceof Value.Known<String> known
                        ? known.value()
                        : new FragmentWriter(notation).key(CONTAINERS) + "[" + index + "]",
                name.where().orElse(container.location().firstCharacter()),
                container.map("dockerLabels"));
    }

    private static List<Located<String>> secrets(Fields container) {
        List<Located<String>> secrets = new ArrayList<>();
        for (ContainerDefinition.KeyValue secret : container.nameValuePairs("secrets")) {
            secrets.add(new Located<>(secret.key(), secret.location()));
        }
        return List.copyOf(secrets);
    }

    private static List<Location> environmentFiles(Fields container) {
        List<Location> files = new ArrayList<>();
        for (Fields file : container.objects("environmentFiles")) {
            files.add(file.location());
        }
        return List.copyOf(files);
    }

    private static List<Ulimit> ulimits(Fields container) {
        List<Ulimit> limits = new ArrayList<>();
        for (Fields it : container.objects("ulimits")) {
            limits.add(new Ulimit(it.string("name"), it.integer("softLimit"), it.integer("hardLimit")));
        }
        return List.copyOf(limits);
    }

    private static List<DependsOn> dependsOn(Fields container, Set<String> names) {
        List<DependsOn> dependencies = new ArrayList<>();
        for (Fields it : container.objects("dependsOn")) {
            dependencies.add(new DependsOn(reference(it, "containerName", names), it.string("condition")));
        }
        return List.copyOf(dependencies);
    }

    private static List<MountPoint> mountPoints(Fields container, Set<String> volumes) {
        List<MountPoint> mountPoints = new ArrayList<>();
        for (Fields it : container.objects("mountPoints")) {
            mountPoints.add(new MountPoint(
                    it.location(),
                    reference(it, "sourceVolume", volumes),
                    it.string("containerPath"),
                    it.bool("readOnly")));
        }
        return List.copyOf(mountPoints);
    }

    private static List<VolumesFrom> volumesFrom(Fields container, Set<String> names) {
        List<VolumesFrom> sources = new ArrayList<>();
        for (Fields it : container.objects("volumesFrom")) {
            sources.add(new VolumesFrom(it.location(), reference(it, "sourceContainer", names), it.bool("readOnly")));
        }
        return List.copyOf(sources);
    }

    private static Value<String> reference(Fields node, String key, Set<String> names) {
        Value<String> raw = node.raw(key);
        return raw instanceof Value.Known<String> known && names.contains(known.value()) ? raw : node.string(key);
    }

    private static LinuxParameters linuxParameters(Fields node) {
        Optional<Fields> capabilities = node.object("capabilities");
        List<Tmpfs> tmpfs = new ArrayList<>();
        for (Fields it : node.objects("tmpfs")) {
            tmpfs.add(new Tmpfs(
                    it.location(), it.string("containerPath"), it.integer("size"), it.rawStrings("mountOptions")));
        }
        return new LinuxParameters(
                capabilities.isPresent() ? capabilities.get().rawStrings("add") : List.of(),
                capabilities.isPresent() ? capabilities.get().rawStrings("drop") : List.of(),
                node.bool("initProcessEnabled"),
                List.copyOf(tmpfs));
    }

    private List<Volume> volumes(Fields task, List<ContainerDefinition> containers) {
        Set<String> mounted = new HashSet<>();
        for (ContainerDefinition container : containers) {
            for (MountPoint mountPoint : container.fileSystem().mountPoints()) {
                mountPoint.sourceVolume().known().ifPresent(mounted::add);
            }
        }
        List<Volume> volumes = new ArrayList<>();
        for (Fields it : task.objects("volumes")) {
            volumes.add(new Volume(it.location(), reference(it, "name", mounted), storage(it)));
        }
        return List.copyOf(volumes);
    }

    private Storage storage(Fields volume) {
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
                return node.unresolved().isPresent()
                        ? new Storage.Unknown(Fields.unknown(node.unresolved().get()))
                        : storage(kind, node);
            }
        }
        return new Storage.Empty();
    }

    private Storage storage(String kind, Fields node) {
        Location location = node.location();
        return switch (kind) {
            case "dockerVolumeConfiguration" ->
                new Storage.Docker(node.string("scope"), node.string("driver"), node.map("driverOpts"), location);
            case "efsVolumeConfiguration" ->
                new Storage.Efs(
                        stringIn(node.object("authorizationConfig"), "accessPointId"),
                        stringIn(node.object("authorizationConfig"), "iam"),
                        node.string("rootDirectory"),
                        node.object("authorizationConfig")
                                .flatMap(config -> config.raw("accessPointId").known())
                                .flatMap(neighbours.accessPoints()),
                        location);
            case "s3filesVolumeConfiguration" -> new Storage.S3Files(node.string("accessPointArn"));
            case "fsxWindowsFileServerVolumeConfiguration" -> new Storage.Fsx();
            default -> node.has("sourcePath") ? new Storage.HostPath(node.string("sourcePath")) : new Storage.Empty();
        };
    }
}
