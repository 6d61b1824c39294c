// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.FileHashes;
import io.github.readonlyrootfs.analysis.RunInputs;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.DeclaredNeed;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.ImpliedNeeds;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.WritablePathsLabel;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.need.observed.Observed;
import io.github.readonlyrootfs.need.observed.ObservedContainer;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.engine.TaskRuntime;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assembles the image, the needs and the runtime of each container of a task. */
public final class ContainerAssembly {

    private final CheckRequest request;
    private final TaskDefinition task;
    private final OwnContainers own;
    private final ImageFacts facts;
    private final NeedsRecord record;
    private final FileHashes hashes;

    private final Effort starts;
    private final Map<String, SourceFile> sources = new LinkedHashMap<>();
    private final Map<ImageSource.Described, Image> described = new HashMap<>();

    /**
     * The containers of a task.
     *
     * @param record what runs of them showed
     * @param hashes of the files that they are made from
     * @param starts what may be spent on following what the containers start
     */
    public ContainerAssembly(
            CheckRequest request,
            TaskDefinition task,
            OwnContainers own,
            ImageFacts facts,
            NeedsRecord record,
            FileHashes hashes,
            Effort starts) {
        this.request = request;
        this.task = task;
        this.own = own;
        this.facts = facts;
        this.record = record;
        this.hashes = hashes;
        this.starts = starts;
    }

    /**
     * The containers in the task definition's order.
     *
     * @throws ConfigurationException if a declared path is invalid
     */
    public List<ContainerAnalysis> assemble(List<Platform> platforms) throws ConfigurationException {
        Map<String, Image> images = new LinkedHashMap<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            images.put(container.name(), image(container));
        }
        Map<String, Map<Platform, ContainerRuntime>> runtimes = new LinkedHashMap<>();
        for (Platform platform : platforms) {
            for (ContainerRuntime runtime : TaskRuntime.of(task, images, platform)) {
                runtimes.computeIfAbsent(runtime.definition().name(), name -> new EnumMap<>(Platform.class))
                        .put(platform, runtime);
            }
        }
        List<ContainerAnalysis> containers = new ArrayList<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            String name = container.name();
            Image image = images.get(name);
            if (image == null) {
                throw new IllegalStateException("no image for container " + name);
            }
            Optional<ProjectFacts> project = project(container);
            ContainerContext context = ContainerContext.of(container, image, project, own.codeBase(container), starts);
            ContainerNeeds needs = ContainerNeeds.of(
                    context,
                    declaredNeeds(container, image),
                    observed(container, context, platforms),
                    request.inference());
            for (SourceFile source : needs.sources()) {
                sources.putIfAbsent(source.name(), source);
            }
            List<Need> implied = new ArrayList<>();
            for (Need need : ImpliedNeeds.of(container, image)) {
                implied.add(need.by(context.applicationWriter()));
            }
            containers.add(new ContainerAnalysis(
                    context,
                    own.build(container),
                    own.source(container, facts),
                    own.replacesPublished(container),
                    needs,
                    implied,
                    runtimes.getOrDefault(name, Map.of())));
        }
        return containers;
    }

    /** The files that the evidence of needs refers to, except the task definition and the Dockerfiles. */
    public List<SourceFile> sources() {
        return List.copyOf(sources.values());
    }

    private Optional<Observed> observed(
            ContainerDefinition container, ContainerContext context, List<Platform> platforms) {
        Optional<ObservedContainer> seen = record.of(task.document().resource(), container.name());
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        Optional<ImageBuild> build = own.build(container);
        Map<String, String> buildArgs =
                own.dockerfile(container).map(DockerfileBuild::buildArgs).orElse(Map.of());
        return Optional.of(new Observed(
                seen.get(),
                seen.get().changed(RunInputs.of(context, build, buildArgs, hashes)),
                platforms.stream()
                        .map(platform -> RunInputs.asTask(
                                platform, build, task.document().source()))
                        .toList()));
    }

    private Image image(ContainerDefinition container) {
        Optional<ImageBuild> build = own.build(container);
        if (build.isPresent()) {
            return build.get().image();
        }
        Optional<ImageSource.Described> source = own.source(container, facts);
        if (source.isPresent()) {
            return described.computeIfAbsent(
                    source.get(), known -> known.description().image(facts));
        }
        String written = container.image().written().known().orElse("(unknown)");
        String reference = container.image().filled().known().orElse(written);
        return facts.image(reference, container.metadata().nameLocation())
                .orElseGet(
                        () -> ImageFacts.unknown(written, container.metadata().nameLocation()));
    }

    /** The project that a container's image is built from: one of the build, else what a manifest says. */
    private Optional<ProjectFacts> project(ContainerDefinition container) {
        Optional<DockerfileBuild> dockerfile = own.dockerfile(container);
        Optional<ImageBuild> build = own.build(container);
        if (dockerfile.isEmpty() || build.isEmpty()) {
            return own.isDescribed(container) ? request.application().project() : Optional.empty();
        }
        boolean isNamed =
                own.settings(container).flatMap(ContainerSettings::dockerfile).isPresent();
        boolean mayBeJava = ImageProject.mayBeOf(build.get());
        Optional<ProjectFacts> goal =
                isNamed || mayBeJava ? request.application().project() : Optional.empty();
        Optional<ProjectFacts> built = isNamed
                ? goal.flatMap(project -> ImageProject.ofModule(project, dockerfile.get()))
                : goal.map(project -> ImageProject.of(project, dockerfile.get(), build.get()));
        if (!mayBeJava || built.filter(ImageProject::hasCode).isPresent()) {
            return built;
        }
        return own.nearbyProject(dockerfile.get(), build.get())
                .filter(found -> built.isEmpty() || ImageProject.hasCode(found))
                .or(() -> built);
    }

    private List<DeclaredNeed> declaredNeeds(ContainerDefinition container, Image image) throws ConfigurationException {
        List<DeclaredNeed> declared = new ArrayList<>();
        if (own.isDescribed(container)) {
            declare(declared, request.application().writablePaths());
        }
        Optional<ContainerSettings> settings = own.settings(container);
        if (settings.isPresent()) {
            declare(declared, settings.get().writablePaths());
        }
        try {
            declared.addAll(WritablePathsLabel.read(container, image));
        } catch (DeclaredNeed.MalformedException e) {
            throw new ConfigurationException("label " + WritablePathsLabel.KEY + ": " + e.getMessage());
        }
        return declared;
    }

    private static void declare(List<DeclaredNeed> needs, List<DeclaredPath> paths) throws ConfigurationException {
        for (DeclaredPath path : paths) {
            try {
                needs.add(DeclaredNeed.parse(
                        path.text(), new Evidence(Evidence.Kind.DECLARED, path.label(), path.location())));
            } catch (DeclaredNeed.MalformedException e) {
                throw new ConfigurationException(path.label() + ": " + e.getMessage());
            }
        }
    }
}
