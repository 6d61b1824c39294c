// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.PomImages;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ApplicationImage;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.CheckRequest.TaskDefinitionInput;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.LegalValues;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.request.ProjectFiles;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns a goal's parameters into a request. */
final class RequestFactory {

    private final AnalysisMojo goal;
    private final MavenBuild place;
    private final Reading reading;
    private final ProjectFiles.Search search;
    private final WrittenNeeds needs;

    RequestFactory(AnalysisMojo goal, MavenBuild place, Reading reading) throws ConfigurationException {
        this.goal = goal;
        this.place = place;
        this.reading = reading;
        this.needs = new WrittenNeeds(place);
        reading.of("the plugins of pom.xml");
        List<PomImages.PomImage> pomImages = place.pomImages();
        reading.of("the plugins of the modules");
        boolean modulesBuildImages = place.modulesBuildImages();
        this.search = new ProjectFiles.Search(
                place.directories(),
                text(goal.dockerfile).map(file -> place.named("dockerfile", file)),
                Optional.ofNullable(goal.taskDefinition).map(file -> place.named("taskDefinition", file.getPath())),
                containersHaveImages(),
                pomImages,
                modulesBuildImages);
    }

    private boolean containersHaveImages() {
        for (Container container : goal.containers) {
            if (container.dockerfile != null || container.imageFacts != null) {
                return true;
            }
        }
        return false;
    }

    /** The request; empty where there is nothing to check. */
    Optional<CheckRequest> request(Policy policy) throws ConfigurationException {
        reading.of("builder, fixWith, platforms and inference");
        ImageBuilder.Builder builder =
                LegalValues.of("builder", ImageBuilder.Builder.class).parse(goal.builder);
        MountWith fixWith = LegalValues.of("fixWith", MountWith.class).parse(goal.fixWith);
        List<Platform> platforms = platforms();
        Set<String> inference = inference();
        reading.of("containers");
        List<ContainerSettings> containers = containers();
        reading.of("dockerfile and taskDefinition");
        Optional<ProjectFiles> found = ProjectFiles.find(search);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ProjectFiles files = found.get();
        goal.choices.addAll(files.notes());
        Optional<NamedFile> valuesFile = goal.templateValuesFile == null
                ? Optional.empty()
                : Optional.of(existing(goal.templateValuesFile, "readonly-rootfs.templateValuesFile"));
        reading.of(valuesFile.isPresent() ? valuesFile.get().name() : "templateValues");
        TemplateValues values =
                Pairs.templateValues(goal.templateValues, goal.templateValuesProperty, valuesFile, place::property);
        reading.of("buildArgs and context");
        Map<String, String> buildArgs = Pairs.of("buildArgs", goal.buildArgs, goal.buildArgsProperty);
        Path context = goal.context == null
                ? files.context()
                : existing(goal.context, "readonly-rootfs.context").file();
        Optional<DockerfileBuild> dockerfile = files.dockerfile().isEmpty()
                ? Optional.empty()
                : Optional.of(dockerfile(files.dockerfile().get(), context, files.source(), buildArgs));
        List<DockerfileBuild> candidates = new ArrayList<>();
        for (NamedFile candidate : files.candidates()) {
            Path itsContext =
                    goal.context == null || dockerfile.isPresent() ? search.context(candidate.file()) : context;
            // What the parameters say is about the project's own Dockerfile, if there is one.
            candidates.add(
                    dockerfile.isPresent()
                            ? new DockerfileBuild(candidate, Optional.of(itsContext), Optional.empty(), Map.of())
                            : dockerfile(candidate, itsContext, Optional.empty(), buildArgs));
        }
        reading.of("writablePaths");
        List<DeclaredPath> writablePaths = needs.ofProject(goal.writablePaths);
        reading.of("pom.xml");
        Optional<ProjectFacts> project =
                place.projectFacts(dockerfile.isPresent() ? Optional.of(context) : Optional.empty());
        return Optional.of(new CheckRequest(
                new TaskDefinitionInput(files.taskDefinition(), text(goal.taskDefinitionResource), values),
                new ApplicationImage(
                        dockerfile,
                        candidates,
                        described(files.source()),
                        builder,
                        text(goal.container),
                        writablePaths,
                        place.artifactId(),
                        project),
                containers,
                platforms,
                goal.executeCommand,
                policy,
                inference,
                fixWith));
    }

    private static Optional<ImageSource.Described> described(Optional<ImageSource> source) {
        return source.isPresent() && source.get() instanceof ImageSource.Described described
                ? Optional.of(described)
                : Optional.empty();
    }

    /** The build of a Dockerfile; where a plugin runs it, with the plugin's own settings unless the goal has others. */
    private DockerfileBuild dockerfile(
            NamedFile file, Path context, Optional<ImageSource> source, Map<String, String> buildArgs) {
        Optional<String> target = text(goal.target);
        UnaryOperator<String> filter = UnaryOperator.identity();
        Map<String, String> arguments = new LinkedHashMap<>();
        if (source.isPresent() && source.get() instanceof ImageSource.FromDockerfile built) {
            target = target.or(built::target);
            arguments.putAll(built.buildArgs());
            filter = built.filter();
        }
        arguments.putAll(buildArgs);
        return new DockerfileBuild(file, Optional.of(context), target, arguments, filter);
    }

    private Set<String> inference() throws ConfigurationException {
        List<String> legal = new ArrayList<>(List.of("true", "false"));
        legal.addAll(NeedFinders.names());
        LegalValues<String> choices = LegalValues.of("inference", legal);
        Set<String> chosen = new LinkedHashSet<>();
        for (String written : goal.inference.split(",", -1)) {
            chosen.add(choices.parse(written));
        }
        boolean all = chosen.contains("true");
        if (chosen.size() > 1 && (all || chosen.contains("false"))) {
            throw new ConfigurationException("inference: write true, false, or names of "
                    + String.join(", ", NeedFinders.names()) + ", but not both");
        }
        chosen.remove("false");
        return all ? Set.copyOf(NeedFinders.names()) : chosen;
    }

    private List<Platform> platforms() throws ConfigurationException {
        List<String> legal = new ArrayList<>();
        for (Platform platform : Platform.values()) {
            legal.add(platform.name());
        }
        LegalValues<String> choices = LegalValues.of("platforms", legal);
        Set<Platform> platforms = EnumSet.noneOf(Platform.class);
        for (String written : goal.platforms) {
            platforms.add(Platform.valueOf(choices.parse(written)));
        }
        return List.copyOf(platforms);
    }

    private List<ContainerSettings> containers() throws ConfigurationException {
        List<ContainerSettings> settings = new ArrayList<>();
        for (int i = 0; i < goal.containers.size(); i++) {
            Container container = goal.containers.get(i);
            String name = text(container.name)
                    .orElseThrow(
                            () -> new ConfigurationException(
                                    "containers: a <container> without <name>; write <container><name>app</name>...</container>, with the name that it has in the task definition"));
            ImageFactsEntry facts = container.imageFacts;
            Optional<NamedFile> inspected = facts == null || facts.inspect == null
                    ? Optional.empty()
                    : Optional.of(existing(facts.inspect, "<imageFacts> of " + name));
            settings.add(new ContainerSettings(
                    name,
                    build(container, name),
                    needs.ofContainer(i, container.writablePaths),
                    inspected,
                    facts == null ? Map.of() : facts.stated(name),
                    needs.locationOfContainer(i)));
        }
        return settings;
    }

    private Optional<DockerfileBuild> build(Container container, String name) throws ConfigurationException {
        if (container.dockerfile == null) {
            return Optional.empty();
        }
        NamedFile dockerfile = search.existing(container.dockerfile, "<dockerfile> of " + name);
        Path context = container.context == null
                ? search.context(dockerfile.file())
                : existing(container.context, "<context> of " + name).file();
        return Optional.of(new DockerfileBuild(
                dockerfile,
                Optional.of(context),
                text(container.target),
                Pairs.of("buildArgs", container.buildArgs, null)));
    }

    private NamedFile existing(File file, String parameter) throws ConfigurationException {
        return search.existing(file.getPath(), parameter);
    }

    /** The value of a parameter; empty if it is not set or blank. */
    static Optional<String> text(@Nullable String written) {
        return written == null || written.isBlank() ? Optional.empty() : Optional.of(written.strip());
    }
}
