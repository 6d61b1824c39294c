// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.Fixture;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.mojo.PomFile;
import io.github.readonlyrootfs.pom.Assemblies;
import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.ReportTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.ProjectFiles;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Properties of a check that hold for any content of the files. */
final class Invariants {

    /** Many times the usual processor time for a file of this size, even on a slow machine. */
    private static final long MAX_CPU_NANOS = 10_000_000_000L;

    private static final long MAX_ALLOCATED = 2L << 30;

    /** Findings that an edit must not cause. */
    private static final Set<String> BROKEN = Set.of("invalid-dockerfile", "invalid-task-definition", "duplicate-key");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzProject project;
    private final Language language;

    Invariants(FuzzProject project, Language language) {
        this.project = project;
        this.language = language;
    }

    /** A broken invariant; the first word of the message names it. */
    static final class Broken extends AssertionError {

        private static final long serialVersionUID = 1;

        Broken(String which, String what) {
            super(which + ": " + what);
        }
    }

    /** Invariants that need several checks; the others are tested in every check. */
    enum Costly {
        BYTES,
        COMMENTS,
        FIX,
        SEARCH
    }

    /** @throws Broken if an invariant is broken; any other exception breaks the first one: no check throws */
    void check(byte[] content, Set<Costly> costly) {
        project.write(content);
        if (costly.contains(Costly.SEARCH)) {
            search();
        }
        Optional<CheckResult> first = bounded();
        if (first.isEmpty()) {
            return;
        }
        CheckResult result = first.get();
        new Places(result).check();
        if (costly.contains(Costly.BYTES)) {
            sameBytes(result);
        }
        if (costly.contains(Costly.COMMENTS)) {
            commentsChangeNothing(content, result);
            project.write(content);
        }
        if (costly.contains(Costly.FIX)) {
            editsLeaveFilesThatCanBeRead(result);
        }
    }

    /** What the goals look for before the check: the project's files, and what its pom's plugins make of them. */
    private void search() {
        Path directory = project.directory();
        try {
            ProjectFiles.find(new ProjectFiles.Search(
                    new ProjectFiles.Directories(directory, directory, directory, List.of()),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    List.of(),
                    false));
        } catch (ConfigurationException e) {
            requireWords(e);
        }
        if (project.file().equals("dist.xml")) {
            Assemblies.of(PomFile.build(directory.resolve("pom.xml"), Map.of()), List::of);
        }
    }

    private static void requireWords(ConfigurationException question) {
        if (question.getMessage() == null || question.getMessage().isBlank()) {
            throw new Broken("question", "one without words");
        }
    }

    private Optional<CheckResult> bounded() {
        long thread = Thread.currentThread().getId();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        Optional<CheckResult> result = judge(project.request());
        long nanos = THREADS.getCurrentThreadCpuTime() - cpu;
        long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
        if (nanos > MAX_CPU_NANOS) {
            throw new Broken("time", "a check took " + nanos / 1_000_000 + " ms of processor time");
        }
        if (bytes > MAX_ALLOCATED) {
            throw new Broken("memory", "a check allocated " + (bytes >> 20) + " MiB");
        }
        return result;
    }

    /** Empty if the check asks the user a question. */
    private static Optional<CheckResult> judge(CheckRequest request) {
        try {
            return Optional.of(ReadOnlyRootAnalysis.check(request));
        } catch (ConfigurationException e) {
            requireWords(e);
            return Optional.empty();
        }
    }

    /** Every location is within its file. */
    private final class Places {

        private final CheckResult result;
        private final Map<String, SourceFile> sources = new TreeMap<>();

        Places(CheckResult result) {
            this.result = result;
            result.tasks().sources().forEach(sources::put);
        }

        void check() {
            for (Finding finding : result.findings()) {
                within(finding.location(), finding.rule());
                finding.related()
                        .forEach(related -> related.location().ifPresent(place -> within(place, related.label())));
                finding.remedy().edits().forEach(edit -> within(edit.location(), "edit of " + finding.rule()));
            }
            for (TaskAnalysis task : result.tasks().all()) {
                JudgedContainer.all(task)
                        .flatMap(container -> container.verdicts().stream())
                        .forEach(verdict -> verdict.need()
                                .evidence()
                                .forEach(
                                        evidence -> evidence.location().ifPresent(place -> within(place, "evidence"))));
            }
        }

        private void within(Location place, String of) {
            if (place.equals(Fixture.POM)) {
                return;
            }
            Optional<SourceFile> source =
                    Optional.ofNullable(sources.get(place.file())).or(() -> read(place.file()));
            boolean ordered = place.line() < place.endLine()
                    || (place.line() == place.endLine() && place.column() <= place.endColumn());
            boolean inside = source.isEmpty()
                    || (isIn(source.get(), place.line(), place.column())
                            && isIn(source.get(), place.endLine(), place.endColumn()));
            if (!ordered || place.line() < 1 || place.column() < 1 || !inside) {
                throw new Broken("place", of + " at " + place + " to " + place.endLine() + ":" + place.endColumn());
            }
        }

        private boolean isIn(SourceFile source, int line, int column) {
            int lines = Math.max(1, source.lineCount());
            if (line > lines + 1 || line < 1) {
                return false;
            }
            int start = line <= source.lineCount()
                    ? source.lineStart(line)
                    : source.text().length();
            int end = line < source.lineCount()
                    ? source.lineStart(line + 1)
                    : source.text().length();
            return column - 1 <= end - start;
        }

        /** A file that the check read without keeping its text. */
        private Optional<SourceFile> read(String name) {
            try {
                Path path = project.directory().resolve(name);
                return Files.isRegularFile(path) ? Optional.of(SourceFile.read(path, name)) : Optional.empty();
            } catch (UnreadableSourceException e) {
                return Optional.empty();
            }
        }
    }

    private void sameBytes(CheckResult result) {
        CheckResult again = judge(project.request())
                .orElseThrow(() -> new Broken("bytes", "the second check of the same files asks something"));
        Map<String, byte[]> first = reports(result);
        Map<String, byte[]> second = reports(again);
        first.forEach((name, bytes) -> {
            if (!Arrays.equals(bytes, second.get(name))) {
                throw new Broken("bytes", name + " differs from one check to the next");
            }
        });
    }

    private Map<String, byte[]> reports(CheckResult result) {
        Path directory = project.directory().resolveSibling(project.directory().getFileName() + "-reports");
        Map<String, byte[]> reports = new LinkedHashMap<>();
        try {
            ReportFiles.write(
                    directory,
                    EnumSet.allOf(ReportFormat.class),
                    result.tasks(),
                    result.findings(),
                    ReportTexts.SETTINGS);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    reports.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConsoleReport console = new ConsoleReport(result.tasks(), result.findings());
        StringBuilder printed = new StringBuilder();
        console.lines().forEach(line -> printed.append(line.text()).append('\n'));
        printed.append(console.summary()).append('\n').append(console.failureMessage());
        new ExplainReport(result.tasks(), result.findings())
                .lines()
                .forEach(line -> printed.append('\n').append(line));
        reports.put("console", printed.toString().getBytes(StandardCharsets.UTF_8));
        return reports;
    }

    private void commentsChangeNothing(byte[] content, CheckResult result) {
        Optional<byte[]> commented = language.withComments(content);
        if (commented.isEmpty() || isBroken(result)) {
            return;
        }
        project.write(commented.get());
        List<String> before = verdicts(result);
        List<String> after = judge(project.request()).map(Invariants::verdicts).orElse(List.of("a question"));
        if (!before.equals(after)) {
            List<String> gone = new ArrayList<>(before);
            after.forEach(gone::remove);
            List<String> come = new ArrayList<>(after);
            before.forEach(come::remove);
            throw new Broken("comments", "with comments and blank lines goes " + gone + " and comes " + come);
        }
    }

    private static boolean isBroken(CheckResult result) {
        return result.findings().stream().anyMatch(finding -> finding.rule().startsWith("invalid-"));
    }

    private static List<String> verdicts(CheckResult result) {
        List<String> verdicts = new ArrayList<>();
        for (Finding finding : result.findings()) {
            verdicts.add(finding.rule() + " " + finding.severity() + " " + finding.containers() + " "
                    + finding.path().map(Object::toString).orElse("") + " " + finding.platforms() + " "
                    + finding.isSuppressed());
        }
        for (TaskAnalysis task : result.tasks().all()) {
            JudgedContainer.all(task).forEach(container -> {
                for (Verdict verdict : container.verdicts()) {
                    verdicts.add(container.name() + " " + container.platform() + " " + verdict.paths() + " "
                            + verdict.need().impact() + " " + verdict.access().verdict());
                }
            });
        }
        verdicts.sort(null);
        return verdicts;
    }

    private void editsLeaveFilesThatCanBeRead(CheckResult result) {
        if (result.findings().stream()
                .allMatch(finding -> finding.remedy().edits().isEmpty())) {
            return;
        }
        Fix fix;
        try {
            fix = Fix.of(project.request(), project.directory(), Set.of());
        } catch (ConfigurationException e) {
            throw new Broken("fix", "it asks what the check did not: " + e.getMessage());
        }
        if (fix.changedFiles().isEmpty()) {
            return;
        }
        for (Finding left : fix.result().findings()) {
            if (BROKEN.contains(left.rule())
                    && result.findings().stream()
                            .noneMatch(known -> known.rule().equals(left.rule()))) {
                throw new Broken("fix", "it leaves " + left.rule() + " at " + left.location() + ": " + left.message());
            }
        }
        fixAgain(fix);
    }

    private void fixAgain(Fix fix) {
        Map<String, byte[]> before = new TreeMap<>();
        try {
            try {
                write(fix, before);
                Fix next = Fix.of(project.request(), project.directory(), Set.of());
                if (!fix.unreadFiles().isEmpty()) {
                    // The first fix asks for another check, because it does not read a pom anew.
                    write(next, before);
                    next = Fix.of(project.request(), project.directory(), Set.of());
                }
                Set<String> again = Set.copyOf(next.changedFiles());
                if (!again.isEmpty()) {
                    throw new Broken("fix", "a second one changes " + again);
                }
            } finally {
                for (Map.Entry<String, byte[]> file : before.entrySet()) {
                    Files.write(project.directory().resolve(file.getKey()), file.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigurationException e) {
            throw new Broken("fix", "a second one asks: " + e.getMessage());
        }
    }

    /** @param before gets the bytes of the files that the fix changes */
    private void write(Fix fix, Map<String, byte[]> before) throws IOException {
        for (String file : fix.changedFiles()) {
            if (!before.containsKey(file)) {
                before.put(file, Files.readAllBytes(project.directory().resolve(file)));
            }
        }
        fix.write();
    }
}
