// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RunInputs;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.assembly.RecordFile;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.need.observed.ObservedNeed;
import io.github.readonlyrootfs.observe.ContainerObservation;
import io.github.readonlyrootfs.observe.ContainerObservation.Seen;
import io.github.readonlyrootfs.observe.ContainerRun;
import io.github.readonlyrootfs.observe.ContainerTrial.NothingSeenException;
import io.github.readonlyrootfs.observe.Engine;
import io.github.readonlyrootfs.observe.EngineSession;
import io.github.readonlyrootfs.observe.RunSettings;
import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Runs the task's containers with docker, podman, nerdctl or finch, with a read-only root as ECS would start them. Finds out
 * which paths each of them needs, by granting all that it may need and taking away what it does not miss, and records that
 * in {@code readonly-rootfs-needs.json} beside the task definition, which {@code check} reads.
 */
@Mojo(name = "observe", requiresProject = false, threadSafe = true, configurator = StrictConfigurator.NAME)
public final class ObserveMojo extends TrialMojo {

    /** The names of the containers to observe. Default: those whose images are built from the project, else all. */
    @Parameter(property = "readonly-rootfs.observeContainers")
    private List<String> observeContainers = List.of();

    /** How often a container is started at most. */
    @Parameter(property = "readonly-rootfs.maxRuns", defaultValue = "40")
    private int maxRuns = 40;

    @Override
    Policy policy(MavenBuild place) {
        return Policy.DEFAULT;
    }

    @Override
    void run(CheckRequest request, MavenBuild place)
            throws ConfigurationException, MojoExecutionException, MojoFailureException {
        sayChoices();
        if (maxRuns < 1) {
            throw new ConfigurationException("maxRuns is a number from 1 on");
        }
        RunSettings settings = settings();
        Analysis tasks = ReadOnlyRootAnalysis.check(request).tasks();
        List<JudgedContainer> chosen = chosen(tasks);
        Engine engine = engine(Objects.requireNonNullElse(System.getenv("PATH"), ""), "observed nothing");
        RecordFile file = RecordFile.of(request);
        // Not later: it may be no record, or nobody's to write.
        file.read();
        directory(file, place);
        List<String> failures = new ArrayList<>();
        List<Seen> all = new ArrayList<>();
        try (EngineSession session = EngineSession.open(engine)) {
            for (JudgedContainer on : chosen) {
                String name = on.task().nameOf(on.container());
                say("observing container " + name + " with " + engine.name() + ": at most " + maxRuns
                        + " runs, each of at most " + settings.readyTimeout().toSeconds() + " s"
                        + (settings.drive().isPresent() ? ", and as long for drive" : ""));
                ContainerObservation observation = new ContainerObservation(
                        session,
                        settings,
                        maxRuns,
                        LocalDate.now(ZoneOffset.UTC).toString(),
                        this::say);
                try {
                    ContainerRun run = ContainerRun.of(on, request);
                    Seen seen = observation.of(
                            run,
                            RunInputs.of(
                                    on.container().context(), on.container().build(), run.buildArgs()),
                            on.task()
                                    .definition()
                                    .map(task -> RunInputs.asTask(
                                            on.platform(),
                                            on.container().build(),
                                            task.document().source()))
                                    .orElse(""));
                    tell(name, seen);
                    all.add(seen);
                } catch (NothingSeenException e) {
                    String line = ConsoleReport.printable("container " + name + " " + e.getMessage());
                    getLog().error(line);
                    failures.add(line);
                }
            }
        }
        if (!all.isEmpty()) {
            write(file, all, place);
            if (!all.stream().allMatch(Seen::asTask)) {
                say("next: run `" + place.command("fix") + "`, which mounts what is needed");
            }
        }
        if (!failures.isEmpty()) {
            throw new MojoFailureException(failures.get(0));
        }
    }

    private void say(String line) {
        getLog().info(ConsoleReport.printable(line));
    }

    private void tell(String name, Seen seen) {
        List<ObservedNeed> needs = seen.container().needs();
        String runs = Wording.count(seen.runs(), "run");
        if (seen.asTask()) {
            say("container " + name + " does its job as the task says, with a read-only root: " + seen.first() + " ("
                    + runs + ")");
        }
        say("container " + name + " needs "
                + (needs.isEmpty()
                        ? "no writable path"
                        : needs.stream()
                                .map(need -> need.path() + " (" + need.impact().word() + ")")
                                .collect(Collectors.joining(", ")))
                + (seen.asTask() ? "" : ": " + runs));
        if (!seen.container().run().given().isEmpty()) {
            say("only this run knows the values of "
                    + String.join(", ", seen.container().run().given())
                    + ", which may say where it writes: it proves nothing until templateValues has them");
        }
        if (!seen.unneeded().isEmpty()) {
            say("it also writes, and does not miss: "
                    + seen.unneeded().stream().map(ContainerPath::toString).collect(Collectors.joining(", ")));
        }
    }

    /** The directory of the record, which can be written. */
    private static Path directory(RecordFile file, MavenBuild place) throws MojoExecutionException {
        Path directory = Objects.requireNonNull(file.path().toAbsolutePath().getParent());
        try {
            ReportFiles.refuseToLeave(directory, List.of(place.directory(), place.repository()));
        } catch (IOException e) {
            throw new MojoExecutionException(ConsoleReport.printable("observe: " + e.getMessage()));
        }
        if (!Files.isWritable(directory)) {
            throw new MojoExecutionException(ConsoleReport.printable("observe: permission denied to write "
                    + NeedsRecord.FILE_NAME + " into the directory " + directory));
        }
        return directory;
    }

    /** Another observation may have written the record while this one ran. */
    private void write(RecordFile file, List<Seen> all, MavenBuild place)
            throws ConfigurationException, MojoExecutionException {
        Path directory = directory(file, place);
        try {
            ReportFiles.<ConfigurationException>inTurn(file.lock(), () -> {
                NeedsRecord record = file.read();
                for (Seen seen : all) {
                    record = record.with(seen.container());
                }
                String text = record.text();
                ReportFiles.write(directory, NeedsRecord.FILE_NAME, writer -> writer.write(text));
            });
        } catch (IOException e) {
            throw new MojoExecutionException(ConsoleReport.printable("observe: " + e.getMessage()));
        }
        say("wrote " + place.displayed(file.path()) + ": commit it, check reads it");
    }

    private List<JudgedContainer> chosen(Analysis tasks) throws ConfigurationException, MojoFailureException {
        Map<String, JudgedContainer> all = new LinkedHashMap<>();
        for (TaskAnalysis task : tasks.all()) {
            if (task.isWindows()) {
                throw new MojoFailureException(
                        "observed nothing: a Windows container cannot have a read-only root file system");
            }
            JudgedContainer.linux(task).forEach(on -> all.putIfAbsent(task.nameOf(on.container()), on));
        }
        Set<String> names =
                all.values().stream().map(JudgedContainer::name).collect(Collectors.toCollection(TreeSet::new));
        rejectUnknown("observeContainers", observeContainers, names);
        List<JudgedContainer> chosen = all.values().stream()
                .filter(on -> observeContainers.isEmpty()
                        ? on.container().isOfProject()
                        : observeContainers.contains(on.name()))
                .toList();
        if (!chosen.isEmpty()) {
            return chosen;
        }
        if (all.isEmpty()) {
            throw new MojoFailureException("observed nothing: the task definition has no container that can be read");
        }
        return List.copyOf(all.values());
    }
}
