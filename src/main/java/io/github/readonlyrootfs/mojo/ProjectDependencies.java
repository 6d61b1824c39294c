// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.DependencyResolutionResult;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.jspecify.annotations.Nullable;

/**
 * A project's dependencies as far as Maven could resolve them. Of a jar that is not available, the name is still known.
 */
final class ProjectDependencies {

    /** The type of a dependency that only has dependencies of its own. */
    private static final String NO_CODE = "pom";

    private final MavenSession session;
    private final MavenProject project;

    /** By {@code groupId:artifactId} and classifier. */
    private final Map<String, ProjectFacts.Dependency> found = new LinkedHashMap<>();

    private final Set<String> missing = new LinkedHashSet<>();

    /** Those of another project of the build. */
    private final Function<MavenProject, Dependencies> ofModule;

    ProjectDependencies(MavenSession session, MavenProject project, Function<MavenProject, Dependencies> ofModule) {
        this.session = session;
        this.project = project;
        this.ofModule = ofModule;
    }

    Dependencies of(DependencyResolutionResult result) {
        result.getResolvedDependencies().forEach(this::add);
        for (Dependency dependency : result.getUnresolvedDependencies()) {
            add(dependency);
            ProjectFacts.Dependency named = dependency(dependency);
            if (named.isAtRunTime() && !named.optional()) {
                module(dependency.getArtifact())
                        .ifPresentOrElse(
                                module -> addOf(module, dependency),
                                () -> missing.add(named.coordinates().toString()));
            }
        }
        if (!result.getCollectionErrors().isEmpty()) {
            result.getCollectionErrors().forEach(error -> missing.add(culprit(error)));
            addTree(result.getDependencyGraph());
            project.getDependencies().forEach(this::addDirect);
        }
        return new Dependencies(List.copyOf(found.values()), List.copyOf(missing));
    }

    private void add(Dependency dependency) {
        add(dependency(dependency), dependency.getArtifact().getClassifier());
    }

    private void add(ProjectFacts.Dependency dependency, @Nullable String classifier) {
        Coordinates coordinates = dependency.coordinates();
        String key = coordinates.groupId() + ":" + coordinates.artifactId() + ":"
                + Objects.requireNonNullElse(classifier, "");
        found.putIfAbsent(key, dependency);
    }

    private static ProjectFacts.Dependency dependency(Dependency dependency) {
        return new ProjectFacts.Dependency(
                coordinates(dependency.getArtifact()),
                dependency.getScope(),
                dependency.isOptional(),
                Optional.ofNullable(dependency.getArtifact().getFile())
                        .filter(file -> !dependency.getArtifact().getExtension().equals(NO_CODE))
                        .map(File::toPath));
    }

    private static Coordinates coordinates(Artifact artifact) {
        return new Coordinates(artifact.getGroupId(), artifact.getArtifactId(), artifact.getVersion());
    }

    /** The project of the build that makes an artifact; what it writes is the project's own. */
    private Optional<MavenProject> module(Artifact artifact) {
        return MavenBuild.projects(session).stream()
                .filter(module -> module.getGroupId().equals(artifact.getGroupId())
                        && module.getArtifactId().equals(artifact.getArtifactId()))
                .findFirst();
    }

    /** What a project of the build brings. Maven knows it only of those that take part in the build. */
    private void addOf(MavenProject module, Dependency by) {
        if (session.getProjects().contains(module)) {
            return;
        }
        Dependencies brought = ofModule.apply(module);
        for (ProjectFacts.Dependency dependency : brought.resolved()) {
            if (dependency.isAtRunTime() && !dependency.optional() && !isExcluded(dependency.coordinates(), by)) {
                add(dependency, null);
            }
        }
        missing.addAll(brought.unresolved());
    }

    private static boolean isExcluded(Coordinates coordinates, Dependency by) {
        return by.getExclusions().stream()
                .anyMatch(exclusion -> matches(exclusion.getGroupId(), coordinates.groupId())
                        && matches(exclusion.getArtifactId(), coordinates.artifactId()));
    }

    private static boolean matches(String excluded, String name) {
        return excluded.equals("*") || excluded.equals(name);
    }

    private String culprit(Exception error) {
        return error instanceof ArtifactDescriptorException descriptor
                ? coordinates(descriptor.getResult().getArtifact()).toString()
                : new Coordinates(project.getGroupId(), project.getArtifactId(), project.getVersion()).toString();
    }

    /** The dependencies that were collected before the error. */
    private void addTree(@Nullable DependencyNode node) {
        if (node != null) {
            if (node.getDependency() != null && !node.getDependency().getScope().equals("test")) {
                add(node.getDependency());
            }
            node.getChildren().forEach(this::addTree);
        }
    }

    private void addDirect(org.apache.maven.model.Dependency dependency) {
        String scope = Objects.requireNonNullElse(dependency.getScope(), "compile");
        String version = Objects.requireNonNullElse(dependency.getVersion(), "");
        add(
                new ProjectFacts.Dependency(
                        new Coordinates(dependency.getGroupId(), dependency.getArtifactId(), version),
                        scope,
                        dependency.isOptional(),
                        Optional.empty()),
                dependency.getClassifier());
    }
}
