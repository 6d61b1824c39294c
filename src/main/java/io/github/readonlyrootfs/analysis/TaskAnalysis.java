// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything known about one task: what the rules judge and the reports show.
 *
 * @param containers in the task definition's order
 * @param executeCommand whether the configuration, or a service in the task definition's file, switches ECS Exec on
 * @param sources the files that locations point into, by name
 */
public record TaskAnalysis(
        Definition read,
        Platforms platforms,
        List<ContainerAnalysis> containers,
        Builds builds,
        boolean executeCommand,
        Map<String, SourceFile> sources) {

    public TaskAnalysis {
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    }

    /**
     * The content of the task definition.
     *
     * @param file its name for people
     * @param resource what that file calls the task definition, where the file has a name for it
     * @param content empty when it cannot be read; then the problems say why
     */
    public record Definition(
            String file, Optional<String> resource, Optional<TaskDefinition> content, List<SchemaProblem> problems) {}

    /**
     * For which platforms the task is judged.
     *
     * @param judged sorted
     * @param named whether the task definition or the configuration names them; if not they were assumed
     */
    public record Platforms(List<Platform> judged, boolean named) {}

    /**
     * The images that are built from Dockerfiles.
     *
     * @param images each once, even where no container of the task uses it
     * @param problems why a Dockerfile cannot be read at all, such as a missing file; what the builder would reject is
     *     among the images
     * @param builder who builds them
     */
    public record Builds(List<ImageBuild> images, List<Problem> problems, ImageBuilder.Builder builder) {

        public static final Builds NONE = new Builds(List.of(), List.of(), ImageBuilder.Builder.BUILDKIT);
    }

    /** The task definition's file, as people know it. */
    public String taskDefinitionFile() {
        return read.file();
    }

    /** What that file calls the task definition, where the file has a name for it. */
    public Optional<String> resource() {
        return read.resource();
    }

    /** What to call a container of it, with the resource where the file has a name for that. */
    public String nameOf(ContainerAnalysis container) {
        return container.name() + read.resource().map(name -> " of " + name).orElse("");
    }

    /** Empty when it cannot be read. */
    public Optional<TaskDefinition> definition() {
        return read.content();
    }

    /** Whether its containers are Windows containers. */
    public boolean isWindows() {
        return definition().isPresent() && definition().get().launch().isWindows();
    }

    /**
     * A key as the task definition's file spells it.
     *
     * @param path see {@link TaskDefinition#key}
     */
    public String key(String path) {
        return definition().map(it -> it.key(path)).orElse(path.substring(path.lastIndexOf('.') + 1));
    }

    /** The key that makes a container's root file system read-only, as the file spells it. */
    public String readOnlyRootKey() {
        return key("containerDefinitions.readonlyRootFilesystem");
    }
}
