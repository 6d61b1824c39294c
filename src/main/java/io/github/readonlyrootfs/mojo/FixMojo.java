// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.observe.ContainerRun;
import io.github.readonlyrootfs.observe.ContainerTrial;
import io.github.readonlyrootfs.observe.Engine;
import io.github.readonlyrootfs.observe.EngineSession;
import io.github.readonlyrootfs.observe.RunSettings;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ShortNames;
import io.github.readonlyrootfs.report.text.VerdictText;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Edits the task definition, the Dockerfile and the pom so that {@code check} passes: applies the edits of errors and
 * warnings, and lists the findings that a person must decide. Every other byte stays as it is.
 */
@Mojo(name = "fix", requiresProject = false, threadSafe = true, configurator = StrictConfigurator.NAME)
public final class FixMojo extends TrialMojo {

    private static final int MAX_TRIES = 3;

    /**
     * Writes nothing, and prints the changes to standard output as a diff for {@code git apply --unidiff-zero}. Lines that
     * may hold secrets are left out.
     */
    @Parameter(property = "readonly-rootfs.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * The names of the containers to fix, also of those that are not proven to run with a read-only root. Default: all, but
     * the root of an unproven container is left as it is.
     */
    @Parameter(property = "readonly-rootfs.fixContainers")
    private List<String> fixContainers = List.of();

    /**
     * Builds the fixed images with docker, podman, nerdctl or finch, and starts the containers that were changed, or those
     * whose root is read-only already, with a read-only root, as {@code observe} does. One that does not get ready fails the
     * goal.
     */
    @Parameter(property = "readonly-rootfs.try", defaultValue = "false")
    private boolean tryFixed;

    @Override
    void run(CheckRequest request, MavenBuild place)
            throws ConfigurationException, MojoExecutionException, MojoFailureException {
        sayChoices();
        if (dryRun && tryFixed) {
            throw new ConfigurationException("tryFixed: nothing is fixed with dryRun; set one of the two");
        }
        RunSettings settings = settings();
        BaselineFile known = BaselineFile.of(baseline, place, false);
        Fix fix = Fix.of(request, place.repository(), Set.copyOf(fixContainers));
        Set<String> containers = fix.result().tasks().containers().stream()
                .map(ContainerAnalysis::name)
                .collect(Collectors.toCollection(TreeSet::new));
        rejectUnknown("fixContainers", fixContainers, containers);
        try {
            if (!dryRun) {
                fix.write();
            }
            report(fix, List.of(place.start(), place.repository()));
        } catch (IOException e) {
            throw new MojoExecutionException(ConsoleReport.printable("fix: " + e.getMessage()));
        }
        known.removeFixed(request, fix.result(), dryRun)
                .ifPresent(line -> getLog().info(ConsoleReport.printable(line)));
        if (fix.changedFiles().isEmpty()) {
            howToObserve(request, fix.result(), place).strip().lines().forEach(getLog()::info);
        }
        if (dryRun && !fix.changedFiles().isEmpty()) {
            boolean above = fix.changedFiles().stream().anyMatch(name -> name.startsWith("../"));
            String command = place.command("fix");
            getLog().info(ConsoleReport.printable("next: run `" + command + "`, or `"
                    + command.replaceFirst("^mvn ", "mvn -q ")
                    + " -Dreadonly-rootfs.dryRun | git apply --unidiff-zero`"
                    + (above ? " at the root of the repository" : "")));
        }
        if (!dryRun) {
            List<String> commands =
                    fix.runs().stream().map(run -> run.shown(place::displayed)).toList();
            tries(commands).forEach(line -> getLog().info(ConsoleReport.printable(line)));
            String first = !fix.changedFiles().isEmpty()
                    ? "read `git diff`"
                    : fix.refused().isEmpty() ? "" : "do what is left to you";
            if (!first.isEmpty()) {
                getLog().info(ConsoleReport.printable("next: " + first + ", then run `" + place.checkCommand() + "`"));
            }
        }
        if (tryFixed) {
            String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
            tryContainers(fix.toTry(), path, settings, getLog());
        }
    }

    /**
     * Starts containers with the engine that is found.
     *
     * @param path where to look for it, as in the environment variable PATH
     * @throws MojoFailureException if there is none, or if a container does not work
     */
    static void tryContainers(List<ContainerRun> runs, String path, RunSettings settings, Log log)
            throws MojoFailureException {
        if (runs.isEmpty()) {
            log.info("tried nothing: no container was changed, and none has a read-only root");
            return;
        }
        Engine engine = engine(path, "tried nothing");
        List<String> failures = new ArrayList<>();
        try (EngineSession session = EngineSession.open(engine)) {
            for (ContainerRun run : runs) {
                ContainerTrial.Outcome outcome = ContainerTrial.of(
                        session, settings, said -> log.info(ConsoleReport.printable("tried: " + said)), run);
                String line = ConsoleReport.printable("container " + run.name() + " " + outcome.text());
                if (outcome.works()) {
                    log.info("tried: " + line);
                } else {
                    log.error("tried: " + line);
                    failures.add(line);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new MojoFailureException("tried: " + failures.get(0));
        }
    }

    /** How to try what was fixed. */
    static List<String> tries(List<String> commands) {
        List<String> lines = new ArrayList<>();
        commands.stream()
                .limit(MAX_TRIES)
                .forEach(command -> lines.add(
                        (command.contains(" --env ") ? "export its variables, and try it: " : "try it: ") + command));
        if (commands.size() > MAX_TRIES) {
            lines.add("and the other " + Wording.count(commands.size() - MAX_TRIES, "container") + " in the same way");
        }
        return lines;
    }

    /** In UTF-8 and with line feeds, independent of the stream's own settings. */
    static void print(List<String> diff, PrintStream out) {
        byte[] bytes = diff.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** @param bases where the names in a diff may start */
    private void report(Fix fix, List<Path> bases) throws IOException {
        warnOfMissingClasses(fix.result().tasks());
        List<String> changed = fix.changedFiles();
        ShortNames names = names(fix);
        fix.choices().forEach(choice -> getLog().info(ConsoleReport.printable(choice)));
        for (Finding finding : fix.fixed()) {
            getLog().info(ConsoleReport.printable((dryRun ? "would fix " : "fixed ")
                    + names.in(line(onDisk(finding, fix).orElse(finding)))));
        }
        if (dryRun) {
            // For a pipe to git apply: a log's prefixes would be in its way.
            List<String> diff = fix.diff(bases, new PublicTexts(fix.result().tasks())::of);
            print(diff.stream().map(names::in).toList(), System.out);
        }
        left(fix.refused()).forEach((reason, findings) -> {
            getLog().warn(ConsoleReport.printable(reason));
            findings.forEach(finding -> print(asOnDisk(finding, fix)));
        });
        fix.ignored()
                .forEach(finding -> getLog().info(ConsoleReport.printable("left as it is, since it is ignored ("
                        + finding.suppressed().map(Suppression::reason).orElse("") + "): " + names.in(line(finding)))));
        String edits = Wording.count(fix.edits(), "edit");
        String files = changed.isEmpty()
                ? "nothing to change"
                : (dryRun ? "would change " : "changed ") + String.join(", ", changed) + " (" + edits + ")";
        getLog().info(ConsoleReport.printable(files + "; " + summary(fix, dryRun)));
    }

    /** What is to be printed below each reason; of a flag the reason says it all. */
    static Map<String, List<Finding>> left(List<Fix.Refused> all) {
        Map<String, List<Finding>> reasons = new LinkedHashMap<>();
        for (Fix.Refused refused : all) {
            String reason = refused.unproven()
                    .map(VerdictText::whyNotReadOnly)
                    .orElseGet(() -> "left to you, because " + refused.reason() + ":");
            List<Finding> findings = reasons.computeIfAbsent(reason, key -> new ArrayList<>());
            if (refused.unproven().isEmpty()) {
                findings.add(refused.finding());
            }
        }
        return reasons;
    }

    /** The same finding in the files as they are: nothing was written in a dry run. */
    private Optional<Finding> onDisk(Finding finding, Fix fix) {
        return fix.before().findings().stream()
                .filter(known -> dryRun && known.isSame(finding))
                .findFirst();
    }

    /** With the lines that the files have. */
    private ConsoleReport asOnDisk(Finding finding, Fix fix) {
        return onDisk(finding, fix)
                .map(known -> new ConsoleReport(fix.before().tasks(), List.of(known)))
                .orElseGet(() -> new ConsoleReport(fix.result().tasks(), List.of(finding)));
    }

    /** The remaining findings, and the edits that no check has seen. */
    static String summary(Fix fix, boolean dryRun) {
        String left = new ConsoleReport(fix.result().tasks(), fix.left()).summary();
        String unread = "has not seen the new " + String.join(", ", fix.unreadFiles());
        return fix.unreadFiles().isEmpty()
                ? left
                : left + (dryRun ? "; this check " + unread : "; run the check again: this one " + unread);
    }

    private static ShortNames names(Fix fix) {
        return ShortNames.of(fix.result().tasks(), fix.result().findings());
    }

    private static String line(Finding finding) {
        return finding.location().file() + ":" + finding.location().line() + ": " + finding.message() + " ["
                + finding.rule() + "]";
    }
}
