// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.baseline.Baseline;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/** The file of the project that lists known findings. */
final class BaselineFile {

    /** With fewer findings than these, a baseline is not suggested. */
    private static final int MANY = 5;

    private final Path file;
    private final String name;
    private final List<Path> places;
    private Baseline baseline;

    /** @param name of the file, for messages */
    private BaselineFile(Path file, String name, List<Path> places, Baseline baseline) {
        this.file = file;
        this.name = name;
        this.places = places;
        this.baseline = baseline;
    }

    /**
     * Reads it, if it is there.
     *
     * @param configured by the user
     * @param updates whether it is going to be written
     * @throws ConfigurationException when it cannot be read, or is configured and not there
     */
    static BaselineFile of(@Nullable File configured, MavenBuild place, boolean updates) throws ConfigurationException {
        Path file = configured == null ? place.directory().resolve(Baseline.FILE_NAME) : configured.toPath();
        String name = place.displayed(file);
        boolean exists = Files.exists(file);
        if (configured != null && !exists && !updates) {
            throw new ConfigurationException("baseline: there is no " + name
                    + "; correct the name, or record today's findings there with -Dreadonly-rootfs.updateBaseline");
        }
        return new BaselineFile(
                file,
                name,
                List.of(place.directory(), place.repository()),
                exists ? Baseline.read(file, name) : Baseline.empty(name));
    }

    Baseline baseline() {
        return baseline;
    }

    /**
     * Replaces the entries of a task definition with the findings of a check.
     *
     * @param least the least severity that is listed
     * @return a message about what was done
     */
    String update(CheckRequest request, CheckResult found, Severity least) throws MojoExecutionException {
        String taskDefinition = request.taskDefinition().file().written();
        int before = baseline.size(taskDefinition);
        baseline = baseline.listing(taskDefinition, request.taskDefinition().resource(), found.findings(), least);
        int now = baseline.size(taskDefinition);
        if (now == 0 && before == 0) {
            return "no findings to list in a baseline";
        }
        write();
        return name + " lists " + Wording.count(now, "finding") + " of " + taskDefinition + " (before: " + before + ")";
    }

    /**
     * Takes the entries out whose findings are gone.
     *
     * @param dryRun whether it only says so
     * @return a message about what was done; empty where there are none
     */
    Optional<String> removeFixed(CheckRequest request, CheckResult fixed, boolean dryRun)
            throws MojoExecutionException {
        Baseline.Comparison comparison = baseline.compare(
                request.taskDefinition().file().written(),
                request.taskDefinition().resource(),
                fixed.findings());
        int number = comparison.fixed().size();
        if (number == 0) {
            return Optional.empty();
        }
        if (!dryRun) {
            baseline = comparison.left();
            write();
        }
        return Optional.of((dryRun ? "would remove " : "removed ") + Wording.count(number, "finding")
                + (number == 1 ? " that is" : " that are") + " fixed from " + name);
    }

    private void write() throws MojoExecutionException {
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        try {
            ReportFiles.refuseToLeave(directory, places);
            ReportFiles.write(directory, String.valueOf(file.getFileName()), baseline::write);
        } catch (IOException e) {
            throw new MojoExecutionException(ConsoleReport.printable("baseline: " + e.getMessage()));
        }
    }

    /** How a project with many findings begins. */
    String howToStart(CheckResult result, MavenBuild place) {
        long problems = result.findings().stream().filter(Finding::isProblem).count();
        return !baseline.isEmpty() || problems < MANY
                ? ""
                : "\nto list them as known and fail on new ones only, run: " + place.command("check")
                        + " -Dreadonly-rootfs.updateBaseline";
    }
}
