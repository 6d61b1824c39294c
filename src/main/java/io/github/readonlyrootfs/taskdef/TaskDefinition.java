// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.schema.FragmentWriter;
import io.github.readonlyrootfs.taskdef.schema.Generated;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An ECS task definition: the parts that decide what its containers can write. Names are ECS's own.
 *
 * @param parameters all parameters, as written in the file
 */
public record TaskDefinition(
        Document document,
        Value<String> family,
        Launch launch,
        List<ContainerDefinition> containerDefinitions,
        List<Volume> volumes,
        Parameters parameters) {

    /**
     * Where it is written.
     *
     * @param resource its name in the file, if it has one: its logical id in a
     *     template, its address in Terraform, its family where there are several
     * @param location of the object that holds {@code containerDefinitions}
     * @param notation how it is written, and so how an edit has to be
     * @param outline of its file, for edits
     * @param generated the tool that made the file, if that tool's source has to be edited
     */
    public record Document(
            SourceFile source,
            Optional<String> resource,
            Location location,
            Notation notation,
            Outline outline,
            Optional<Generated> generated) {}

    /**
     * The platforms of its tasks.
     *
     * @param requiresCompatibilities as written, such as {@code FARGATE}; absent where the key is missing, null or empty
     * @param operatingSystemFamily of {@code runtimePlatform}
     * @param cpu of the whole task
     * @param memory of the whole task
     * @param executeCommand where a service of the same file that runs it switches ECS Exec on
     * @param launchTypes of the services of the same files that run it; none where they are not known
     */
    public record Launch(
            Value<List<String>> requiresCompatibilities,
            Value<String> operatingSystemFamily,
            Value<String> networkMode,
            Value<String> cpu,
            Value<String> memory,
            Optional<Location> executeCommand,
            Set<String> launchTypes) {

        public static final Launch UNSPECIFIED = new Launch(
                Value.absent(),
                Value.absent(),
                Value.absent(),
                Value.absent(),
                Value.absent(),
                Optional.empty(),
                Set.of());

        /** Whether the containers are Windows containers. Absent means Linux. */
        public boolean isWindows() {
            return operatingSystemFamily.known().orElse("").startsWith("WINDOWS");
        }
    }

    /**
     * A key as its file spells it.
     *
     * @param path of ECS's names from the task definition down, such as {@code containerDefinitions.mountPoints}
     */
    public String key(String path) {
        return new FragmentWriter(document.notation()).key(path);
    }

    public Optional<Volume> volume(String name) {
        for (Volume volume : volumes) {
            if (volume.name() instanceof Value.Known<String> known
                    && known.value().equals(name)) {
                return Optional.of(volume);
            }
        }
        return Optional.empty();
    }

    public Optional<ContainerDefinition> container(String name) {
        for (ContainerDefinition container : containerDefinitions) {
            if (container.name().equals(name)) {
                return Optional.of(container);
            }
        }
        return Optional.empty();
    }

    /** What a person edits where a tool makes the task definition, such as {@code Terraform's files}. */
    public Optional<String> toolSources() {
        return document.generated().map(generated -> generated.tool().sources());
    }
}
