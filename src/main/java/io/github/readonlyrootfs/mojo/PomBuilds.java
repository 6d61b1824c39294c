// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.pom.BuildPlugin;
import io.github.readonlyrootfs.pom.Element;
import io.github.readonlyrootfs.pom.PomBuild;
import io.github.readonlyrootfs.source.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Reads from an effective pom what is needed to find the images that its plugins build. */
final class PomBuilds {

    private final MavenProject project;
    private final PomLocations places;

    /** The location of elements for which Maven records none. */
    private final Location pom;

    private PomBuilds(MavenProject project, PomLocations places) {
        this.project = project;
        this.places = places;
        this.pom = places.pom(project);
    }

    /** @param properties those of the user and the pom, by name */
    static PomBuild of(MavenProject project, PomLocations places, Function<String, Optional<String>> properties) {
        Path directory = MavenBuild.absolute(project.getBasedir());
        Set<String> dependencies = new HashSet<>();
        for (Dependency dependency : project.getDependencies()) {
            dependencies.add(dependency.getGroupId() + ":" + dependency.getArtifactId());
        }
        List<Path> resources = new ArrayList<>();
        for (Resource resource : project.getBuild().getResources()) {
            resources.add(directory.resolve(resource.getDirectory()));
        }
        return new PomBuild(
                directory,
                places.start(),
                directory.resolve(project.getBuild().getDirectory()),
                project.getPackaging(),
                dependencies,
                resources,
                new PomBuilds(project, places).plugins(),
                properties);
    }

    private List<BuildPlugin> plugins() {
        Map<String, BuildPlugin> plugins = new LinkedHashMap<>();
        for (Plugin plugin : project.getBuildPlugins()) {
            plugins.put(plugin.getKey(), plugin(plugin, false));
        }
        if (project.getPluginManagement() != null) {
            for (Plugin plugin : project.getPluginManagement().getPlugins()) {
                if (!plugins.containsKey(plugin.getKey())) {
                    plugins.put(plugin.getKey(), plugin(plugin, true));
                }
            }
        }
        return List.copyOf(plugins.values());
    }

    private BuildPlugin plugin(Plugin plugin, boolean managed) {
        Location location = places.plugin(plugin).orElse(pom);
        List<BuildPlugin.Execution> executions = new ArrayList<>();
        for (PluginExecution execution : plugin.getExecutions()) {
            if ("none".equals(execution.getPhase())) {
                continue;
            }
            executions.add(new BuildPlugin.Execution(
                    execution.getId(),
                    List.copyOf(execution.getGoals()),
                    configuration(execution.getConfiguration(), location)));
        }
        return new BuildPlugin(
                plugin.getKey(),
                managed || !isOwn(location),
                configuration(plugin.getConfiguration(), location),
                executions,
                executions.isEmpty() && !plugin.getExecutions().isEmpty(),
                location);
    }

    /** Whether the project's own pom has a plugin, not only that of a parent. */
    private boolean isOwn(Location location) {
        return location.file().equals(pom.file());
    }

    private Optional<Element> configuration(@Nullable Object written, Location above) {
        return written instanceof Xpp3Dom dom ? Optional.of(element(dom, above)) : Optional.empty();
    }

    private Element element(Xpp3Dom dom, Location above) {
        Location tag = places.tag(dom).orElse(above);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : dom.getAttributeNames()) {
            attributes.put(name, Objects.requireNonNullElse(dom.getAttribute(name), ""));
        }
        List<Element> children = new ArrayList<>();
        for (Xpp3Dom child : dom.getChildren()) {
            children.add(element(child, tag));
        }
        return new Element(
                dom.getName(),
                Objects.requireNonNullElse(dom.getValue(), "").strip(),
                attributes,
                children,
                tag,
                places.text(dom).orElse(tag));
    }
}
