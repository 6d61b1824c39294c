// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.image.build.ImageBuilder;
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
 * @param taskDefinitionFile its name for people
 * @param resource what that file calls the task definition, where the file has a name for it
 * @param definition empty when it cannot be read; then {@link #schemaProblems} say why
 * @param platforms the ones judged, sorted
 * @param platformsNamed whether the task definition or the configuration names them; if not they were assumed
 * @param containers in the task definition's order
 * @param builds every image built from a Dockerfile, each once, even where no container of the task uses it
 * @param dockerfileProblems why a Dockerfile cannot be read at all, such as a missing file; what the builder would
 *     reject is among the {@link #builds}
 * @param builder who builds the images
 * @param executeCommand whether the configuration, or a service in the task definition's file, switches ECS Exec on
 * @param sources the files that locations point into, by name
 */
public record TaskAnalysis(
        String taskDefinitionFile,
        Optional<String> resource,
        Optional<TaskDefinition> definition,
        List<SchemaProblem> schemaProblems,
        List<Platform> platforms,
        boolean platformsNamed,
        List<ContainerAnalysis> containers,
        List<ImageBuild> builds,
        List<Problem> dockerfileProblems,
        ImageBuilder.Builder builder,
        boolean executeCommand,
        Map<String, SourceFile> sources) {

    public TaskAnalysis {
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    }

    /** Whether its containers are Windows containers. */
    public boolean isWindows() {
        return definition.isPresent() && definition.get().launch().isWindows();
    }

    /**
     * A key as the task definition's file spells it.
     *
     * @param path see {@link TaskDefinition#key}
     */
    public String key(String path) {
        return definition.map(it -> it.key(path)).orElse(path.substring(path.lastIndexOf('.') + 1));
    }

    /** The key that makes a container's root file system read-only, as the file spells it. */
    public String readOnlyRootKey() {
        return key("containerDefinitions.readonlyRootFilesystem");
    }
}
