// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import java.util.ArrayList;
import java.util.List;

/**
 * One of a task definition's containers. {@code null} and, where ECS treats it so, {@code ""} are absent.
 *
 * @param linuxParameters of Linux containers; {@link LinuxParameters#NONE} where the key is missing
 */
public record ContainerDefinition(
        Metadata metadata,
        ImageReference image,
        ContainerProcess process,
        Environment environment,
        FileSystem fileSystem,
        LinuxParameters linuxParameters,
        Lifecycle lifecycle,
        Logging logging) {

    public String name() {
        return metadata.name;
    }

    /** Where it mounts something itself, as written, where that is known. */
    public List<String> mountPaths() {
        List<String> paths = new ArrayList<>();
        for (MountPoint mount : fileSystem.mountPoints) {
            paths.addAll(mount.containerPath.known().stream().toList());
        }
        for (Tmpfs tmpfs : linuxParameters.tmpfs) {
            paths.addAll(tmpfs.containerPath.known().stream().toList());
        }
        return paths;
    }

    /**
     * Its name and its location.
     *
     * @param location of the whole object
     * @param name never empty: a container without a readable name is called {@code containerDefinitions[i]}
     * @param nameLocation of the name's value; of the object's opening brace where there is none
     */
    public record Metadata(Location location, String name, Location nameLocation, List<KeyValue> dockerLabels) {}

    /**
     * Which image it is.
     *
     * @param written with its placeholders
     * @param filled the same with the known values of its placeholders
     */
    public record ImageReference(Value<String> written, Value<String> filled) {

        /**
         * Whether a deployment fills in which image this is, as in {@code <IMAGE1_NAME>} and
         * {@code ${REGISTRY}/${NAME}:1}: the last segment of the repository is or holds a placeholder, or there is none.
         * {@code ${REGISTRY}/app:${TAG}} is called app.
         */
        public boolean isPlaceholder() {
            return written.isAbsent()
                    || (written instanceof Value.Known<String> known && Placeholder.namesImage(known.value()));
        }
    }

    /** Its command and its user; the image decides the absent ones. */
    public record ContainerProcess(
            Value<String> user,
            Value<Boolean> privileged,
            Value<String> workingDirectory,
            Value<List<Located<String>>> entryPoint,
            Value<List<Located<String>>> command,
            List<Ulimit> ulimits) {

        public static final ContainerProcess OF_IMAGE = new ContainerProcess(
                Value.absent(), Value.absent(), Value.absent(), Value.absent(), Value.absent(), List.of());
    }

    /**
     * The variables that it sets.
     *
     * @param secrets the names of those that ECS fills in from Secrets Manager and Parameter Store
     * @param files the entries, each a file of variables on S3
     */
    public record Environment(List<KeyValue> variables, List<Located<String>> secrets, List<Location> files) {

        public static final Environment NONE = new Environment(List.of(), List.of(), List.of());
    }

    /**
     * Its root file system and the mounts on top of it.
     *
     * @param readonlyRootFilesystem located at its value
     */
    public record FileSystem(
            Value<Boolean> readonlyRootFilesystem, List<MountPoint> mountPoints, List<VolumesFrom> volumesFrom) {

        /** Whether it certainly takes the volumes of this container, not through another one. */
        public boolean takesVolumesOf(String container) {
            return volumesFrom.stream().anyMatch(from -> from.isFrom(container));
        }
    }

    /**
     * When it starts, and what its end and its health mean for the task.
     *
     * @param essential absent means true
     * @param healthCheck its command
     * @param ports on which it listens when it is ready
     */
    public record Lifecycle(
            Value<Boolean> essential,
            List<DependsOn> dependsOn,
            Value<List<Located<String>>> healthCheck,
            List<PortMapping> ports) {

        public static final Lifecycle STANDARD = new Lifecycle(Value.absent(), List.of(), Value.absent(), List.of());
    }

    /**
     * Where its output goes.
     *
     * @param configured whether it names a log driver
     * @param firelensType of the task's log router, absent for other containers
     * @param addsToRouter whether it adds a file to the configuration that ECS makes for the log router, or may add one
     * @param outputs of the log router: the plugins that the task's containers have it write with
     */
    public record Logging(
            boolean configured, Value<String> firelensType, boolean addsToRouter, List<Value<String>> outputs) {

        public static final Logging STANDARD = new Logging(false, Value.absent(), false, List.of());
    }

    public record Located<T>(T value, Location location) {}

    /**
     * An entry of {@code environment} or {@code dockerLabels}.
     *
     * @param value absent where the entry has none
     */
    public record KeyValue(Location location, String key, Value<String> value) {}

    /** @param condition START, COMPLETE, SUCCESS or HEALTHY */
    public record DependsOn(Value<String> containerName, Value<String> condition) {}

    /** @param protocol what is not udp is TCP for ECS */
    public record PortMapping(Value<Integer> containerPort, Value<String> protocol) {}

    /** @param readOnly absent means false */
    public record MountPoint(
            Location location, Value<String> sourceVolume, Value<String> containerPath, Value<Boolean> readOnly) {}

    /** @param readOnly absent means false */
    public record VolumesFrom(Location location, Value<String> sourceContainer, Value<Boolean> readOnly) {

        /** Whether it certainly names this container. */
        public boolean isFrom(String container) {
            return sourceContainer.known().filter(container::equals).isPresent();
        }
    }

    /** A limit of its process, such as of the number of open files. */
    public record Ulimit(Value<String> name, Value<Integer> softLimit, Value<Integer> hardLimit) {}

    /** The settings of Linux containers that decide what they can write, or how they run. */
    public record LinuxParameters(
            List<Located<String>> capabilitiesAdd,
            List<Located<String>> capabilitiesDrop,
            Value<Boolean> initProcessEnabled,
            List<Tmpfs> tmpfs) {

        public static final LinuxParameters NONE = new LinuxParameters(List.of(), List.of(), Value.absent(), List.of());

        /** Whether root has one of the capabilities that Docker gives it unless they are dropped. */
        public boolean leaves(String capability) {
            boolean added = names(capabilitiesAdd, capability);
            if (names(capabilitiesDrop, capability)) {
                // An explicit add of the same name is applied after the drop.
                return added;
            }
            return !names(capabilitiesDrop, "ALL") || added || names(capabilitiesAdd, "ALL");
        }

        private static boolean names(List<Located<String>> capabilities, String name) {
            return capabilities.stream()
                    .anyMatch(capability -> capability.value().equals(name));
        }
    }

    /**
     * A tmpfs mount.
     *
     * @param size in MiB
     * @param mountOptions one element each, as written
     */
    public record Tmpfs(
            Location location, Value<String> containerPath, Value<Integer> size, List<Located<String>> mountOptions) {}
}
