// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.bytecode.ProjectCode;
import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.pom.Assemblies;
import io.github.readonlyrootfs.pom.JarManifest;
import io.github.readonlyrootfs.pom.PomBuild;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.DependencyResolutionResult;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a Maven project from which needs are inferred. */
final class MavenProjectFacts {

    private final MavenSession session;
    private final MavenProject project;
    private final ProjectDependenciesResolver resolver;
    private final PomLocations places;
    private @Nullable Dependencies dependencies;
    private @Nullable List<Assembly> assemblies;

    private MavenProjectFacts(
            MavenSession session, MavenProject project, ProjectDependenciesResolver resolver, PomLocations places) {
        this.session = session;
        this.project = project;
        this.resolver = resolver;
        this.places = places;
    }

    /**
     * The facts of a project that has a pom, and of those that are built with it.
     *
     * @param base displayed names of files are relative to it
     * @param context the directory that the Dockerfile's COPY reads from
     * @param places in the poms
     */
    static ProjectFacts of(
            MavenSession session,
            MavenProject project,
            ProjectDependenciesResolver resolver,
            Path base,
            Optional<Path> context,
            PomLocations places) {
        List<ProjectFacts> others = new ArrayList<>();
        for (MavenProject other : MavenBuild.projects(session)) {
            if (!other.equals(project) && other.getBasedir() != null) {
                others.add(new MavenProjectFacts(session, other, resolver, places).facts(base, context, List.of()));
            }
        }
        return new MavenProjectFacts(session, project, resolver, places).facts(base, context, others);
    }

    private static Path directory(MavenProject project) {
        return MavenBuild.absolute(project.getBasedir());
    }

    private ProjectFacts facts(Path base, Optional<Path> context, List<ProjectFacts> others) {
        Path directory = directory(project);
        Map<String, String> properties = new TreeMap<>();
        for (String name : project.getProperties().stringPropertyNames()) {
            properties.put(name, project.getProperties().getProperty(name));
        }
        List<ResourceDirectory> resources = new ArrayList<>();
        for (Resource resource : project.getBuild().getResources()) {
            resources.add(resourceDirectory(directory, resource));
        }
        Supplier<Dependencies> supplier = this::dependencies;
        Supplier<List<Assembly>> made = this::assemblies;
        return new ProjectFacts(
                new Coordinates(project.getGroupId(), project.getArtifactId(), project.getVersion()),
                project.getPackaging(),
                new ProjectDirectories(
                        directory,
                        base,
                        context,
                        directory.resolve(project.getBuild().getOutputDirectory()),
                        resources),
                properties,
                supplier,
                made,
                List.copyOf(others),
                new ProjectCode(() -> JarManifest.mainClasses(build())));
    }

    /** Only a Dockerfile that copies something which is not there asks for them. */
    private synchronized List<Assembly> assemblies() {
        List<Assembly> known = assemblies;
        if (known == null) {
            known = project.getPlugin(Assemblies.ASSEMBLY) == null
                    ? List.of()
                    : Assemblies.of(build(), () -> dependencies().resolved());
            assemblies = known;
        }
        return known;
    }

    private PomBuild build() {
        return PomBuilds.of(project, places, name -> MavenBuild.property(session, project, name));
    }

    private static ResourceDirectory resourceDirectory(Path directory, Resource resource) {
        return new ResourceDirectory(
                directory.resolve(resource.getDirectory()),
                resource.isFiltering(),
                resource.getTargetPath() == null ? "" : target(resource.getTargetPath()),
                patterns(resource.getIncludes()),
                patterns(resource.getExcludes()));
    }

    private static String target(String written) {
        String target = written.replace('\\', '/');
        while (target.startsWith("./")) {
            target = target.substring(2);
        }
        return target.isEmpty() || target.endsWith("/") ? target : target + "/";
    }

    private static List<Pattern> patterns(List<String> written) {
        List<Pattern> patterns = new ArrayList<>();
        for (String pattern : written) {
            patterns.add(ResourceDirectory.pattern(pattern));
        }
        return patterns;
    }

    /** Resolved on first use: it may need a repository, and fails for modules that have not been built. */
    private synchronized Dependencies dependencies() {
        Dependencies known = dependencies;
        if (known == null) {
            known = project.getDependencies().isEmpty()
                    ? Dependencies.NONE
                    : new ProjectDependencies(
                                    session,
                                    project,
                                    module -> new MavenProjectFacts(session, module, resolver, places).dependencies())
                            .of(resolve());
            dependencies = known;
        }
        return known;
    }

    private DependencyResolutionResult resolve() {
        DefaultDependencyResolutionRequest request =
                new DefaultDependencyResolutionRequest(project, session.getRepositorySession());
        request.setResolutionFilter((node, parents) ->
                node.getDependency() == null || !node.getDependency().getScope().equals("test"));
        try {
            return resolver.resolve(request);
        } catch (DependencyResolutionException e) {
            return e.getResult();
        }
    }
}
