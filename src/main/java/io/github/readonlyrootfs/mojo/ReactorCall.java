// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.PluginConfigurationException;
import org.apache.maven.plugin.PluginManagerException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * A goal that was called by its name in a build of many modules. Maven runs a goal that also works without a pom only once
 * there, for the first project: this runs it in each of them, with the module's own configuration.
 */
record ReactorCall(MavenSession session, MojoExecution execution, BuildPluginManager plugins, Log log) {

    /** Whether it is one, and not the run in one of the modules. */
    boolean isOne() {
        return execution.getSource() == MojoExecution.Source.CLI
                && session.getProjects() != null
                && session.getProjects().size() > 1;
    }

    /**
     * Runs the goal in every module.
     *
     * @throws MojoFailureException the first failure, once all modules have had their turn
     */
    void run() throws MojoExecutionException, MojoFailureException {
        List<MojoFailureException> failures = new ArrayList<>();
        MavenProject current = session.getCurrentProject();
        for (MavenProject module : session.getProjects()) {
            log.info("module " + module.getArtifactId());
            MojoExecution own = new MojoExecution(
                    execution.getMojoDescriptor(), execution.getExecutionId(), MojoExecution.Source.LIFECYCLE);
            own.setConfiguration(configuration(module));
            session.setCurrentProject(module);
            try {
                plugins.executeMojo(session, own);
            } catch (MojoFailureException e) {
                failures.add(e);
            } catch (PluginConfigurationException | PluginManagerException e) {
                throw new MojoExecutionException(module.getArtifactId() + ": " + e.getMessage(), e);
            } finally {
                session.setCurrentProject(current);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** The module's configuration of this plugin, with the defaults of the goal's parameters. */
    private Xpp3Dom configuration(MavenProject module) {
        MojoDescriptor goal = execution.getMojoDescriptor();
        Xpp3Dom written = MavenBuild.configuration(
                module.getPlugin(Plugin.constructKey(execution.getGroupId(), execution.getArtifactId())),
                execution.getExecutionId());
        Xpp3Dom whole = new Xpp3Dom("configuration");
        for (Parameter parameter : goal.getParameters()) {
            Xpp3Dom own = written == null ? null : written.getChild(parameter.getName());
            Xpp3Dom merged = Xpp3Dom.mergeXpp3Dom(
                    own == null ? null : new Xpp3Dom(own),
                    standard(goal.getMojoConfiguration().getChild(parameter.getName(), false)));
            if (merged != null) {
                whole.addChild(merged);
            }
        }
        return whole;
    }

    @Nullable
    private static Xpp3Dom standard(@Nullable PlexusConfiguration parameter) {
        if (parameter == null) {
            return null;
        }
        Xpp3Dom standard = new Xpp3Dom(parameter.getName());
        standard.setValue(parameter.getValue(null));
        for (String attribute : parameter.getAttributeNames()) {
            standard.setAttribute(attribute, parameter.getAttribute(attribute));
        }
        return standard;
    }
}
