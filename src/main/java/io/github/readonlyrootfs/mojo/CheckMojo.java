// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.report.GitHubAnnotations;
import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.LegalValues;
import io.github.readonlyrootfs.request.Policy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Fails the build when a container of the ECS task would not run with a read-only root file system: when its user
 * cannot write a path that the application needs, or when the root is not read-only at all.
 */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresProject = false,
        threadSafe = true,
        configurator = StrictConfigurator.NAME)
public final class CheckMojo extends JudgingMojo {

    /** The ids of executions that Maven makes up. */
    private static final Set<String> MADE_UP = Set.of("default", "default-cli", "default-check");

    private static final Object CONSOLE = new Object();

    /**
     * The lowest severity that fails the build: {@code error}, {@code warning} or {@code info}; {@code unproven}: errors, and
     * containers that are not proven to run with a read-only root; or {@code never}.
     */
    @Parameter(property = "readonly-rootfs.failOn", defaultValue = "error")
    private String failOn = "error";

    /** The reports to write: {@code json}, {@code sarif}, {@code html}, {@code junit}, {@code gitlab}; or {@code all}. */
    @Parameter(property = "readonly-rootfs.reports", defaultValue = "json")
    private List<String> reports = List.of("json");

    /**
     * The directory of the reports; an execution with its own id adds {@code /<id>}. Default:
     * <code>${project.build.directory}/readonly-rootfs</code>.
     */
    @Parameter(property = "readonly-rootfs.outputDirectory")
    @Nullable
    private File outputDirectory;

    /** Replaces the findings that the baseline lists with today's. */
    @Parameter(property = "readonly-rootfs.updateBaseline", defaultValue = "false")
    private boolean updateBaseline;

    /** How findings are printed: {@code full}, or {@code short} for editors, a line each: {@code file:line:column: severity rule message}. */
    @Parameter(property = "readonly-rootfs.format", defaultValue = "full")
    private String format = "full";

    /**
     * Whether findings are printed as annotations of GitHub Actions too. Default: in a build that GitHub Actions runs.
     */
    @Parameter(property = "readonly-rootfs.githubAnnotations", defaultValue = "${env.GITHUB_ACTIONS}")
    private boolean githubAnnotations;

    @Override
    Policy policy(MavenBuild place) throws ConfigurationException {
        // First, so that a wrong value is reported before any finding.
        FailOn.parse(failOn);
        formats();
        isShort();
        return super.policy(place);
    }

    @Override
    void run(CheckRequest request, MavenBuild place)
            throws ConfigurationException, MojoExecutionException, MojoFailureException {
        FailOn threshold = FailOn.parse(failOn);
        // Before the work, so that an unreadable file is reported at once.
        reading.of("baseline");
        BaselineFile known = BaselineFile.of(baseline, place, updateBaseline);
        reading.ends();
        CheckResult found = ReadOnlyRootAnalysis.check(request);
        if (updateBaseline) {
            getLog().info(ConsoleReport.printable(known.update(request, found, threshold.leastRecorded())));
        }
        CheckResult result = found.against(known.baseline(), request);
        ReportSettings settings =
                place.reportSettings(threshold, request.policy().off());
        write(result, place, settings);
        ConsoleReport console = new ConsoleReport(result.tasks(), result.findings());
        boolean fails = threshold.isReachedBy(result);
        // With -T, the lines of one module stay together.
        synchronized (CONSOLE) {
            Optional<String> module = place.moduleLine();
            if (module.isPresent()) {
                getLog().info(module.get());
            }
            if (isShort()) {
                // A log's prefix would keep an editor from seeing the file.
                console.shortLines().forEach(System.out::println);
            } else {
                console.verdict().ifPresent(this::print);
                print(console);
            }
            if (githubAnnotations) {
                // A log's prefix would keep GitHub from seeing them.
                GitHubAnnotations.of(result.tasks(), result.findings(), settings)
                        .forEach(System.out::println);
            }
            sayChoices();
            String summary = console.summary() + reportPaths(place);
            if (fails) {
                getLog().error(summary);
            } else {
                getLog().info(summary);
            }
        }
        String observe = howToObserve(request, result, place);
        if (!fails) {
            observe.strip().lines().forEach(getLog()::info);
        }
        if (fails) {
            throw new MojoFailureException(console.failureMessage()
                    + howToFix(result, place)
                    + observe
                    + howToRead(console, place)
                    + known.howToStart(result, place));
        }
    }

    private boolean isShort() throws ConfigurationException {
        return LegalValues.of("format", List.of("full", "short")).parse(format).equals("short");
    }

    private String reportPaths(MavenBuild place) throws ConfigurationException {
        Path directory = directory(place);
        List<String> files = new ArrayList<>();
        for (ReportFormat report : formats()) {
            files.add(report.fileName());
        }
        if (files.isEmpty()) {
            return "";
        }
        return ConsoleReport.printable(
                files.size() == 1
                        ? "; see " + place.displayed(directory.resolve(files.get(0)))
                        : "; see " + String.join(", ", files) + " in " + place.displayed(directory));
    }

    private static String howToRead(ConsoleReport console, MavenBuild place) {
        return console.worst()
                .map(first -> "\nto read about the rule, run: " + place.bareCommand("explain")
                        + " -Dreadonly-rootfs.rule=" + first.rule())
                .orElse("");
    }

    private void write(CheckResult result, MavenBuild place, ReportSettings settings)
            throws ConfigurationException, MojoExecutionException {
        try {
            Path directory = directory(place);
            ReportFiles.refuseToLeave(directory, List.of(place.directory(), place.buildDirectory()));
            ReportFiles.write(directory, formats(), result.tasks(), result.findings(), settings);
        } catch (IOException e) {
            throw new MojoExecutionException(ConsoleReport.printable(String.valueOf(e.getMessage())));
        }
    }

    private Set<ReportFormat> formats() throws ConfigurationException {
        Map<String, ReportFormat> labels = new LinkedHashMap<>();
        for (ReportFormat format : ReportFormat.values()) {
            labels.put(format.label(), format);
        }
        LegalValues<ReportFormat> choices = new LegalValues<>("reports", labels);
        Set<ReportFormat> formats = EnumSet.noneOf(ReportFormat.class);
        for (String report : reports) {
            if (report.strip().equalsIgnoreCase("all")) {
                return EnumSet.allOf(ReportFormat.class);
            }
            formats.add(choices.parse(report));
        }
        return formats;
    }

    private Path directory(MavenBuild place) {
        Path directory =
                outputDirectory == null ? place.buildDirectory().resolve("readonly-rootfs") : outputDirectory.toPath();
        return MADE_UP.contains(place.executionId()) ? directory : directory.resolve(place.executionId());
    }
}
