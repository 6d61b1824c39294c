// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.VerdictText;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.request.ProjectFiles;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.jspecify.annotations.Nullable;

/** The parameters of all goals that analyse a task, and the analysis itself. */
@SuppressWarnings("NullAway.Init") // Maven sets those that have no other value.
abstract class AnalysisMojo extends AbstractMojo {

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution mojoExecution;

    /** Skips the goal. */
    @Parameter(property = "readonly-rootfs.skip", defaultValue = "false")
    private boolean skip;

    /**
     * The Dockerfile of the application's image; it overrides an image that a plugin of the pom builds. {@code none}
     * judges only the task definition. Default: the one in a usual place below the project's directory or
     * the reactor's root, else the most likely one in the repository.
     */
    @Parameter(property = "readonly-rootfs.dockerfile")
    @Nullable
    String dockerfile;

    /**
     * The directory that COPY reads from. Default: the project's directory, that of the whole build, the Dockerfile's own,
     * or the Git repository, whichever has the files that are copied.
     */
    @Parameter(property = "readonly-rootfs.context")
    @Nullable
    File context;

    /** The ECS task definition; a directory for Terraform. Default: the one in the repository, as for {@code dockerfile}. */
    @Parameter(property = "readonly-rootfs.taskDefinition")
    @Nullable
    File taskDefinition;

    /**
     * The task definition to check if a file has several: its logical id in a template, its address in Terraform,
     * otherwise its family. Default: all.
     */
    @Parameter(property = "readonly-rootfs.taskDefinitionResource")
    @Nullable
    String taskDefinitionResource;

    /**
     * The values that the deployment uses for the task definition's placeholders, by name, and for a CloudFormation
     * template's parameters or Terraform's variables: {@code true} for <code>${READ_ONLY}</code> as {@code <READ_ONLY>}.
     */
    @Parameter
    Map<String, String> templateValues = Map.of();

    /** {@code templateValues} on the command line, where they override the pom's: {@code A=1,B=2}. */
    @Parameter(property = "readonly-rootfs.templateValues")
    @Nullable
    String templateValuesProperty;

    /** A file with more {@code templateValues}, a {@code NAME=value} on each line. Names that are not used are allowed. */
    @Parameter(property = "readonly-rootfs.templateValuesFile")
    @Nullable
    File templateValuesFile;

    /** The Dockerfile's stage to build. Default: the last one. */
    @Parameter(property = "readonly-rootfs.target")
    @Nullable
    String target;

    /** The values of build arguments, by name. */
    @Parameter
    Map<String, String> buildArgs = Map.of();

    /** {@code buildArgs} on the command line: {@code A=1,B=2}. */
    @Parameter(property = "readonly-rootfs.buildArgs")
    @Nullable
    String buildArgsProperty;

    /** Who builds the image: {@code buildkit} or {@code classic}. */
    @Parameter(property = "readonly-rootfs.builder", defaultValue = "buildkit")
    String builder;

    /** The name of the container that runs the Dockerfile's image. Default: detected from the containers' images. */
    @Parameter(property = "readonly-rootfs.container")
    @Nullable
    String container;

    /**
     * Settings for single containers, one {@code <container>} each: {@code name}, {@code dockerfile},
     * {@code context}, {@code target}, {@code buildArgs}, {@code writablePaths}, {@code imageFacts}. In the pom only.
     */
    @Parameter
    List<Container> containers = List.of();

    /**
     * The paths that the containers built from the Dockerfile must be able to write: {@code /tmp}, {@code ~/.cache},
     * {@code ./work}; a trailing {@code ?} for an optional path, {@code |} between alternatives.
     */
    @Parameter(property = "readonly-rootfs.writablePaths")
    List<String> writablePaths = List.of();

    /**
     * The platforms to judge: {@code FARGATE}, {@code EC2}, {@code EXTERNAL}, {@code MANAGED_INSTANCES}. Default: those
     * that the task definition names.
     */
    @Parameter(property = "readonly-rootfs.platforms")
    List<String> platforms = List.of();

    /**
     * Whether ECS Exec is switched on for the service. A service in the same CloudFormation template or in Terraform
     * says so itself. {@code observe} does not use it.
     */
    @Parameter(property = "readonly-rootfs.executeCommand", defaultValue = "false")
    boolean executeCommand;

    /**
     * Whether to infer which paths containers write from their commands, images and libraries: {@code true},
     * {@code false}, or the names of the kinds of evidence to use, separated by commas.
     */
    @Parameter(property = "readonly-rootfs.inference", defaultValue = "true")
    String inference = "true";

    /**
     * What a fix adds at a path without a mount: {@code dockerfile} for a VOLUME in the Dockerfile, {@code
     * volume} for an empty volume of the task, {@code tmpfs}; {@code auto} for the Dockerfile where the project has one,
     * else a tmpfs. {@code init} and {@code observe} do not use it.
     */
    @Parameter(property = "readonly-rootfs.fixWith", defaultValue = "auto")
    String fixWith = "auto";

    @Inject
    BuildPluginManager plugins;

    @Inject
    ProjectDependenciesResolver dependenciesResolver;

    final Reading reading = new Reading();

    /** Which files were taken of those that are there, as far as it is not said yet. */
    final List<String> choices = new ArrayList<>();

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped: readonly-rootfs.skip is set");
            return;
        }
        try {
            run();
        } catch (ConfigurationException e) {
            throw exception(e);
        } catch (RuntimeException | StackOverflowError e) {
            throw exception(reading.failed("readonly-rootfs:" + mojoExecution.getGoal(), e));
        }
    }

    /** With the stack trace of the original error, but without its message, which may quote a file. */
    private static MojoExecutionException exception(ConfigurationException failure) {
        MojoExecutionException exception =
                new MojoExecutionException(ConsoleReport.printable(String.valueOf(failure.getMessage())));
        exception.setStackTrace(failure.getStackTrace());
        return exception;
    }

    private void run() throws ConfigurationException, MojoExecutionException, MojoFailureException {
        if (runWithoutFiles()) {
            return;
        }
        ReactorCall call = new ReactorCall(session, mojoExecution, plugins, getLog());
        if (call.isOne()) {
            call.run();
            return;
        }
        MavenBuild place = new MavenBuild(session, project, mojoExecution, dependenciesResolver);
        new KnownNames(mojoExecution).check(place, session.getUserProperties());
        reading.of("severities and ignores");
        Policy policy = policy(place);
        try {
            Optional<CheckRequest> request = new RequestFactory(this, place, reading).request(policy);
            reading.ends();
            if (request.isPresent()) {
                run(request.get(), place);
            } else {
                sayThatNothingIsChecked(place);
            }
        } finally {
            sayChoices();
        }
    }

    /** Says which files were taken; at the end of the goal where it did not do so before. */
    final void sayChoices() {
        choices.forEach(choice -> getLog().info(ConsoleReport.printable(choice)));
        choices.clear();
    }

    /**
     * A warning where the user asked for a check of this very project: a goal that does nothing must not look like a pass.
     */
    private void sayThatNothingIsChecked(MavenBuild place) {
        String nothing = "this project has no Dockerfile and no task definition: nothing to check";
        List<String> modules = ProjectFiles.directoriesWithFiles(place.modules()).stream()
                .map(place::displayed)
                .toList();
        boolean isCall = mojoExecution.getSource() == MojoExecution.Source.CLI;
        if (isCall && !modules.isEmpty()) {
            getLog().warn(ConsoleReport.printable(
                    nothing + "; run it in " + String.join(", ", modules) + ", or without -N"));
        } else if (isCall || (modules.isEmpty() && !place.modulesBuildImages() && place.asksForCheck())) {
            String where = place.displayed(place.directory());
            getLog().warn(ConsoleReport.printable(nothing + " in " + (where.equals(".") ? "this directory" : where)
                    + "; set readonly-rootfs.dockerfile and readonly-rootfs.taskDefinition to the files"));
        } else {
            getLog().info(nothing);
        }
    }

    /**
     * Does what needs no file of a project.
     *
     * @return whether that is all that was asked for
     */
    boolean runWithoutFiles() throws ConfigurationException {
        return false;
    }

    /** The user's settings for rules and findings. */
    abstract Policy policy(MavenBuild place) throws ConfigurationException;

    /** Says that an application is not compiled, without which nothing of what its goal prints is complete. */
    final void warnOfMissingClasses(Analysis tasks) {
        Optional<String> missing = VerdictText.missingClasses(tasks);
        if (missing.isPresent()) {
            getLog().warn(ConsoleReport.printable(missing.get()));
        }
    }

    /** How a program edits what it can. */
    static final String howToFix(CheckResult result, MavenBuild place) {
        long problems = result.findings().stream().filter(Finding::isProblem).count();
        int fixable = Fix.fixable(result, place::isEditable).size();
        String which = problems == 1 ? "it" : fixable == problems ? "all" : fixable + " of them";
        return fixable == 0 ? "" : "\nto fix " + which + ", run: " + place.command("fix");
    }

    /** For containers of the project that write what no source shows. */
    static final String howToObserve(CheckRequest request, CheckResult result, MavenBuild place) {
        boolean hides = result.tasks().containers().stream()
                .filter(container -> container.isOfProject() && container.isBuilt())
                .flatMap(container -> container.gaps(true).stream())
                .anyMatch(gap -> gap.kind() != Gap.Kind.NOT_BUILT && gap.kind() != Gap.Kind.LIBRARY);
        // Where each container has a Dockerfile of its own, the paths are declared for each of them, in a pom.
        boolean each = request.application().dockerfile().isEmpty()
                && !request.application().candidates().isEmpty();
        String declare = place.isDeclared() || each
                ? ""
                : "\nto say what a container writes, add to the command: -Dreadonly-rootfs.writablePaths=PATH,PATH (or none)";
        return hides
                ? "\nto find out what a container writes by running it, run: " + place.command("observe") + declare
                : "";
    }

    /** Runs the goal itself. */
    abstract void run(CheckRequest request, MavenBuild place)
            throws ConfigurationException, MojoExecutionException, MojoFailureException;
}
