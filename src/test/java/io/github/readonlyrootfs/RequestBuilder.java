// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.image.stage.ImageBuilder.Builder;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ApplicationImage;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.CheckRequest.TaskDefinitionInput;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request in a test. Everything that the test does not set has the value of a build that configures only its task
 * definition.
 */
public final class RequestBuilder {

    private final NamedFile taskDefinition;
    private Optional<String> taskDefinitionResource = Optional.empty();
    private TemplateValues templateValues = TemplateValues.NONE;
    private Optional<DockerfileBuild> dockerfile = Optional.empty();
    private Builder builder = Builder.BUILDKIT;
    private Optional<String> container = Optional.empty();
    private final List<ContainerSettings> containers = new ArrayList<>();
    private List<DeclaredPath> writablePaths = List.of();
    private List<Platform> platforms = List.of();
    private boolean executeCommand;
    private Optional<ProjectFacts> project = Optional.empty();
    private MountWith mountWith = MountWith.AUTO;
    private Set<String> inference = Set.copyOf(NeedFinders.names());

    /** @param taskDefinition the file; its name is the last segment of the path */
    public RequestBuilder(Path taskDefinition) {
        this.taskDefinition = named(taskDefinition);
    }

    public RequestBuilder taskDefinitionResource(Optional<String> name) {
        taskDefinitionResource = name;
        return this;
    }

    public RequestBuilder templateValues(TemplateValues values) {
        templateValues = values;
        return this;
    }

    /** Builds the application's image: the last stage, with the file's directory as context. */
    public RequestBuilder dockerfile(Path file) {
        return dockerfile(build(file));
    }

    /** The last stage, with the file's directory as context. */
    public static DockerfileBuild build(Path file) {
        return new DockerfileBuild(
                named(file), Optional.of(file.toAbsolutePath().getParent()), Optional.empty(), Map.of());
    }

    public RequestBuilder dockerfile(DockerfileBuild build) {
        dockerfile = Optional.of(build);
        return this;
    }

    public RequestBuilder builder(Builder imageBuilder) {
        builder = imageBuilder;
        return this;
    }

    public RequestBuilder container(String name) {
        container = Optional.of(name);
        return this;
    }

    /** Adds an element of {@code <containers>}. */
    public RequestBuilder containers(ContainerSettings settings) {
        containers.add(settings);
        return this;
    }

    /** Adds an element of {@code <containers>} with only {@code <writablePaths>}. */
    public RequestBuilder containers(String name, String... paths) {
        return containers(new ContainerSettings(
                name, Optional.empty(), declared(paths), Optional.empty(), Map.of(), Optional.empty()));
    }

    public RequestBuilder writablePaths(String... paths) {
        writablePaths = declared(paths);
        return this;
    }

    public RequestBuilder platforms(Platform... judged) {
        platforms = List.of(judged);
        return this;
    }

    /** The project that is being built. */
    public RequestBuilder project(ProjectFacts facts) {
        project = Optional.of(facts);
        return this;
    }

    public RequestBuilder executeCommand() {
        executeCommand = true;
        return this;
    }

    public RequestBuilder mountWith(MountWith with) {
        mountWith = with;
        return this;
    }

    public RequestBuilder noInference() {
        inference = Set.of();
        return this;
    }

    public CheckRequest build() {
        return new CheckRequest(
                new TaskDefinitionInput(taskDefinition, taskDefinitionResource, templateValues),
                new ApplicationImage(
                        dockerfile,
                        List.of(),
                        Optional.empty(),
                        builder,
                        container,
                        writablePaths,
                        Optional.empty(),
                        project),
                List.copyOf(containers),
                platforms,
                executeCommand,
                Policy.DEFAULT,
                inference,
                mountWith);
    }

    public CheckResult check() throws ConfigurationException {
        return ReadOnlyRootAnalysis.check(build());
    }

    private static NamedFile named(Path file) {
        return new NamedFile(file, file.getFileName().toString());
    }

    private static List<DeclaredPath> declared(String... paths) {
        return Arrays.stream(paths)
                .map(path -> new DeclaredPath(path, "<writablePaths>", Optional.empty()))
                .toList();
    }
}
