// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.pom.BuildPlugin;
import io.github.readonlyrootfs.source.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Build;
import org.apache.maven.model.InputLocation;
import org.apache.maven.model.InputSource;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;

final class PomBuildsTest {

    private final Path root = Path.of("build").toAbsolutePath();
    private final Path module = root.resolve("app");
    private final Build build = new Build();

    @Test
    void aPluginOfTheProjectsOwnPomIsNotShared() {
        build.addPlugin(plugin("own", module.resolve("pom.xml")));

        assertThat(read()).extracting(BuildPlugin::shared).containsExactly(false);
    }

    @Test
    void aPluginOfAParentsPomIsShared() {
        build.addPlugin(plugin("inherited", root.resolve("pom.xml")));

        assertThat(read()).extracting(BuildPlugin::shared).containsExactly(true);
        assertThat(read()).extracting(plugin -> plugin.location().file()).containsExactly("../pom.xml");
    }

    @Test
    void anExecutionWithoutAPhaseOfItsOwnRunsAndOneWithThePhaseNoneDoesNot() {
        Plugin plugin = plugin("own", module.resolve("pom.xml"));
        for (String phase : List.of("package", "none")) {
            PluginExecution execution = new PluginExecution();
            execution.setId(phase);
            execution.setPhase(phase);
            plugin.addExecution(execution);
        }
        plugin.addExecution(new PluginExecution());
        build.addPlugin(plugin);

        assertThat(read())
                .flatExtracting(BuildPlugin::executions)
                .extracting(BuildPlugin.Execution::id)
                .containsExactly("package", "default");
    }

    @Test
    void aPluginThatIsOnlyManagedIsShared() {
        build.addPlugin(plugin("own", module.resolve("pom.xml")));
        build.setPluginManagement(new PluginManagement());
        build.getPluginManagement().addPlugin(plugin("own", module.resolve("pom.xml")));
        build.getPluginManagement().addPlugin(plugin("managed", module.resolve("pom.xml")));

        assertThat(read()).extracting(BuildPlugin::shared).containsExactly(false, true);
    }

    @Test
    void aPluginWithoutALocationInMavenIsLocatedInThePom() {
        Plugin plugin = new Plugin();
        plugin.setGroupId("g");
        plugin.setArtifactId("a");
        plugin.setConfiguration(new Xpp3Dom("configuration"));
        build.addPlugin(plugin);

        assertThat(read()).extracting(BuildPlugin::location).containsExactly(Location.of("pom.xml"));
        assertThat(read().get(0).configuration().orElseThrow().tag()).isEqualTo(Location.of("pom.xml"));
    }

    private static Plugin plugin(String artifactId, Path pom) {
        InputSource source = new InputSource();
        source.setLocation(pom.toString());
        Plugin plugin = new Plugin();
        plugin.setGroupId("com.acme");
        plugin.setArtifactId(artifactId);
        plugin.setLocation("", new InputLocation(7, 15, source));
        return plugin;
    }

    private List<BuildPlugin> read() {
        Model model = new Model();
        build.setDirectory("target");
        model.setBuild(build);
        MavenProject project = new MavenProject(model);
        project.setFile(module.resolve("pom.xml").toFile());
        return PomBuilds.of(project, new PomLocations(module, root), name -> Optional.empty())
                .plugins();
    }
}
