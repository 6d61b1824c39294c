// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import java.util.List;

/**
 * One of a task definition's containers. {@code null} and, where ECS treats it so, {@code ""} are absent.
 *
 * @param location of the whole object
 * @param name never empty: a container without a readable name is called {@code containerDefinitions[i]}
 * @param nameLocation of the name's value; of the object's opening brace where there is none
 * @param image as written, placeholders included; see {@link #imageIsPlaceholder()}
 * @param filledImage the same with what is known of its placeholders in their place
 * @param readonlyRootFilesystem located at its value
 * @param secrets the names of the variables that ECS fills in from Secrets Manager and Parameter Store
 * @param environmentFiles the entries, each a file of variables on S3
 * @param essential absent means true
 * @param linuxParameters of Linux containers; {@link LinuxParameters#NONE} where the key is missing
 */
public record ContainerDefinition(
        Location location,
        String name,
        Location nameLocation,
        Value<String> image,
        Value<String> filledImage,
        Value<Boolean> readonlyRootFilesystem,
        Value<String> user,
        Value<String> workingDirectory,
        Value<List<Located<String>>> entryPoint,
        Value<List<Located<String>>> command,
        List<KeyValue> environment,
        List<Located<String>> secrets,
        List<Location> environmentFiles,
        List<KeyValue> dockerLabels,
        Value<Boolean> essential,
        Value<Boolean> privileged,
        List<DependsOn> dependsOn,
        List<MountPoint> mountPoints,
        List<VolumesFrom> volumesFrom,
        LinuxParameters linuxParameters,
        Value<LogConfiguration> logConfiguration,
        Value<String> firelensType,
        Value<List<Located<String>>> healthCheckCommand) {

    /**
     * Whether a deployment fills in which image this is, as in {@code <IMAGE1_NAME>} and {@code ${REGISTRY}/${NAME}:1}:
     * the last segment of the repository is or holds a placeholder, or there is none. {@code ${REGISTRY}/app:${TAG}} is
     * called app.
     */
    public boolean imageIsPlaceholder() {
        return image.isAbsent() || image.known().filter(Placeholder::namesImage).isPresent();
    }

    /** Whether it certainly takes the volumes of this container, not through another one. */
    public boolean takesVolumesOf(String container) {
        return volumesFrom.stream().anyMatch(from -> from.isFrom(container));
    }

    /** A value and its place. */
    public record Located<T>(T value, Location location) {}

    /**
     * An entry of {@code environment} or {@code dockerLabels}.
     *
     * @param value absent where the entry has none
     */
    public record KeyValue(Location location, String key, Value<String> value) {}

    /** @param condition START, COMPLETE, SUCCESS or HEALTHY */
    public record DependsOn(Location location, Value<String> containerName, Value<String> condition) {}

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

    /** @param options {@code awslogs-group} and the like; values are never printed */
    public record LogConfiguration(Location location, Value<String> logDriver, List<KeyValue> options) {}

    /** @param others the keys that decide nothing about files but that some platform rejects, such as {@code devices} */
    public record LinuxParameters(
            List<Located<String>> capabilitiesAdd,
            List<Located<String>> capabilitiesDrop,
            List<Tmpfs> tmpfs,
            Value<Boolean> initProcessEnabled,
            List<Located<String>> others) {

        public static final LinuxParameters NONE =
                new LinuxParameters(List.of(), List.of(), List.of(), Value.absent(), List.of());
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
