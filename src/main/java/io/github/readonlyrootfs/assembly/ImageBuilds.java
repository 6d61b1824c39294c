// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.BuildContexts;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Dockerfiles of a check. Each file is read once, and each build is evaluated once. */
public final class ImageBuilds {

    private final ImageBuilder.Builder builder;
    private final ImageFacts facts;
    private final Optional<ProjectFacts> project;
    private final BuildContexts contexts;
    private final List<Read> dockerfiles = new ArrayList<>();
    private final List<Built> builds = new ArrayList<>();
    private final List<SourceFile> sources = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Ignore> ignores = new ArrayList<>();

    /** @param dockerfile empty if it cannot be read */
    private record Read(NamedFile file, Optional<Dockerfile> dockerfile) {}

    private record Built(DockerfileBuild wanted, Dockerfile dockerfile, ImageBuild build) {}

    private ImageBuilds(CheckRequest.ApplicationImage application, ImageFacts facts, BuildContexts contexts) {
        this.contexts = contexts;
        this.builder = application.builder();
        this.facts = facts;
        this.project = application.project();
    }

    /**
     * Evaluates all builds that a request names.
     *
     * @throws ConfigurationException if an ignore comment in a Dockerfile is invalid
     */
    public static ImageBuilds of(CheckRequest request, ImageFacts facts, BuildContexts contexts)
            throws ConfigurationException {
        ImageBuilds builds = new ImageBuilds(request.application(), facts, contexts);
        if (request.application().dockerfile().isPresent()) {
            builds.build(request.application().dockerfile().get());
        }
        for (CheckRequest.ContainerSettings settings : request.containers()) {
            if (settings.dockerfile().isPresent()) {
                builds.build(settings.dockerfile().get());
            }
        }
        return builds;
    }

    /** The result of a build; empty if its Dockerfile cannot be read, see {@link #problems}. */
    Optional<ImageBuild> get(DockerfileBuild build) {
        for (Built built : builds) {
            if (isSame(built.wanted(), build)) {
                return Optional.of(built.build());
            }
        }
        return Optional.empty();
    }

    /** What a build was made from, as it was read. */
    @SuppressWarnings("ReferenceEquality")
    Dockerfile dockerfile(ImageBuild build) {
        for (Built built : builds) {
            if (built.build() == build) {
                return built.dockerfile();
            }
        }
        throw new IllegalArgumentException("built elsewhere");
    }

    /** In most checks there is only one build, and it is asked for with the same object. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(DockerfileBuild one, DockerfileBuild other) {
        return one == other || one.equals(other);
    }

    private void build(DockerfileBuild wanted) throws ConfigurationException {
        Optional<Dockerfile> dockerfile = get(wanted).isPresent() ? Optional.empty() : dockerfile(wanted);
        if (dockerfile.isPresent()) {
            try {
                builds.add(new Built(
                        wanted, dockerfile.get(), ImageBuilder.build(request(wanted, dockerfile.get()), contexts)));
            } catch (RuntimeException | StackOverflowError e) {
                problems.add(Problem.ofOurOwn(Location.of(wanted.file().name()), e));
            }
        }
    }

    private ImageBuilder.Request request(DockerfileBuild wanted, Dockerfile dockerfile) {
        return new ImageBuilder.Request(
                dockerfile,
                wanted.target(),
                wanted.buildArgs(),
                builder,
                wanted.context(),
                wanted.context().isPresent() ? name(wanted.context().get(), wanted.file()) : "",
                facts,
                () -> project.map(ProjectFacts::assembliesOfAll).orElse(List.of()));
    }

    /** The name of a directory for display, relative to the directory that the Dockerfile's name is relative to. */
    private static String name(Path directory, NamedFile dockerfile) {
        return dockerfile
                .start()
                .map(start -> "../".repeat(dockerfile.levelsUp())
                        + SourceFile.nameOf(
                                start.relativize(directory.toAbsolutePath().normalize())))
                .orElse(directory.toString());
    }

    private Optional<Dockerfile> dockerfile(DockerfileBuild wanted) throws ConfigurationException {
        NamedFile file = wanted.file();
        for (Read read : dockerfiles) {
            if (read.file().equals(file)) {
                return read.dockerfile();
            }
        }
        Optional<Dockerfile> dockerfile = Optional.empty();
        try {
            String text = file.read().text();
            SourceFile source = SourceFile.of(file.name(), wanted.filter().apply(text));
            sources.add(source);
            dockerfile = Optional.of(DockerfileParser.parse(source));
            ignores.addAll(IgnoreComments.in(dockerfile.get()));
        } catch (UnreadableSourceException e) {
            problems.add(e.problem());
        } catch (RuntimeException | StackOverflowError e) {
            dockerfile = Optional.empty();
            problems.add(Problem.ofOurOwn(Location.of(file.name()), e));
        }
        dockerfiles.add(new Read(file, dockerfile));
        return dockerfile;
    }

    /** The evaluated builds, in the order of the request. */
    public List<ImageBuild> all() {
        List<ImageBuild> all = new ArrayList<>();
        for (Built built : builds) {
            all.add(built.build());
        }
        return List.copyOf(all);
    }

    /** The number of steps of all builds. */
    public long effort() {
        long effort = 0;
        for (Built built : builds) {
            effort += built.build().effort();
        }
        return effort;
    }

    public List<SourceFile> sources() {
        return List.copyOf(sources);
    }

    /** Why Dockerfiles could not be read. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The ignore comments in the Dockerfiles. */
    public List<Ignore> ignores() {
        return List.copyOf(ignores);
    }
}
