// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.ReportTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ExplainReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Malicious or very unusual files. For each of them all reports can be written, and stay small enough to be read. */
abstract class HostileFiles {

    static final String DOCKERFILE = "FROM debian:12\nUSER 1000\n";
    static final String APP = "{\"name\": \"app\", \"image\": \"<IMAGE>\", \"readonlyRootFilesystem\": true";
    static final String TASK = task(APP + "}");

    /**
     * The most memory that a check of a small input and all reports may allocate. Allocation measures steps
     * independently of the load.
     */
    private static final long MAX_ALLOCATED = 5L << 30;

    private static final long MAX_REPORT = 60_000_000;

    /** A size that a browser shows without delay. */
    private static final long MAX_PAGE = 12_000_000;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x80-\\x9f]");

    @TempDir
    Path directory;

    /** Creates files beside the Dockerfile. */
    @FunctionalInterface
    interface Preparation {
        void make(Path directory) throws Exception;
    }

    /** A check that may allocate so much memory, and no more. */
    static CheckResult bounded(Callable<CheckResult> check) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        CheckResult result = check.call();
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(MAX_ALLOCATED);
        return result;
    }

    static String task(String containers) {
        return "{\"family\": \"f\", \"requiresCompatibilities\": [\"FARGATE\"], \"containerDefinitions\": ["
                + containers + "]}";
    }

    static String many(int count, String separator, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
    }

    List<String> invalid(String dockerfile, String task) throws Exception {
        return invalid(check(dockerfile, task));
    }

    List<String> invalidFiles() throws Exception {
        return invalid(check());
    }

    static List<String> invalid(CheckResult result) {
        return result.findings().stream()
                .filter(finding -> finding.rule().startsWith("invalid-"))
                .map(finding -> finding.location() + ": " + finding.message())
                .toList();
    }

    CheckResult check(String dockerfile, String task) throws Exception {
        return check(dockerfile, task, "/tmp");
    }

    CheckResult check(String dockerfile, String task, String writablePath) throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        Files.writeString(directory.resolve("taskdef.json"), task);
        return check(writablePath);
    }

    CheckResult check() throws Exception {
        return check("/tmp");
    }

    CheckResult check(String writablePath) throws Exception {
        CheckResult result = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .writablePaths(writablePath)
                .check();
        report(result);
        return result;
    }

    /** Writes all reports. Text for the console must be printable. */
    void report(CheckResult result) throws IOException {
        ConsoleReport console = new ConsoleReport(result.tasks(), result.findings());
        Stream<String> printed = Stream.of(
                        console.lines().stream().map(ConsoleReport.Line::text),
                        Stream.of(console.failureMessage(), console.summary()),
                        new ExplainReport(result.tasks(), result.findings()).lines())
                .flatMap(lines -> lines);
        assertThat(printed.filter(
                        line -> line.length() > 11_000 || CONTROL.matcher(line).find()))
                .isEmpty();
        assertThat(result.findings())
                .extracting(Finding::location)
                .allMatch(location -> location.line() > 0 && location.column() > 0);
        Path reports = directory.resolve("reports");
        ReportFiles.write(
                reports, EnumSet.allOf(ReportFormat.class), result.tasks(), result.findings(), ReportTexts.SETTINGS);
        assertThat(reports.toFile().listFiles())
                .hasSize(ReportFormat.values().length)
                .allSatisfy(file -> assertThat(file.length()).isLessThan(MAX_REPORT));
        assertThat(reports.resolve(ReportFormat.HTML.fileName()))
                .satisfies(page -> assertThat(Files.size(page)).isLessThan(MAX_PAGE));
    }

    static String deepMounts(int count, int depth) {
        String mounts = many(
                count, ",", i -> "{\"sourceVolume\": \"v\", \"containerPath\": \"/" + "d/".repeat(depth) + i + "\"}");
        return "{\"volumes\": [{\"name\": \"v\"}], "
                + task(APP + ", \"mountPoints\": [" + mounts + "]}").substring(1);
    }
}
