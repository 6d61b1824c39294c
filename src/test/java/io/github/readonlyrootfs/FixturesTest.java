// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the projects in {@code src/test/resources/fixtures}, one in each directory, and compares the printed text with
 * {@code expected.txt}, and what {@code explain} prints with {@code explained.txt}, where there is one. Then it applies the edits of each finding and checks again: the finding must disappear, and new
 * findings must be listed in the last section of {@code expected.txt}. If a person must decide the fix, the directory
 * {@code fixed} contains the files as a person would fix them: those findings must disappear, and nothing more severe than
 * an info may appear.
 *
 * <p>A new case is a new directory. {@code mvn test -Dtest=FixturesTest -Dfixtures.update} writes each
 * {@code expected.txt} again; read the difference.
 */
class FixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final boolean UPDATE = System.getProperty("fixtures.update") != null;

    @TempDir
    Path scratch;

    private static List<Path> fixtures() throws IOException {
        try (Stream<Path> directories = Files.list(FIXTURES)) {
            return directories.filter(Files::isDirectory).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachSaysWhatIsExpectedAndItsHelpHelps() throws IOException {
        return fixtures().stream()
                .map(directory ->
                        DynamicTest.dynamicTest(directory.getFileName().toString(), () -> check(directory)));
    }

    /** The messages of a rule without a fixture would never be read. */
    @Test
    void everyRuleHasAFixture() throws Exception {
        Set<String> found = new HashSet<>();
        for (Path directory : fixtures()) {
            Fixture.in(directory).check().findings().forEach(finding -> found.add(finding.rule()));
        }
        assertThat(found).containsAll(Rules.ids());
    }

    private void check(Path directory) throws Exception {
        Fixture fixture = Fixture.in(directory);
        CheckResult result = fixture.check();
        if (Files.exists(directory.resolve(Fixture.FIXED))) {
            checkMendedByHand(fixture, result);
        }
        compare(
                directory.resolve(Fixture.EXPECTED),
                printed(fixture, result) + helps(fixture, result) + fix(fixture, result));
        Path explained = directory.resolve(Fixture.EXPLAINED);
        if (Files.exists(explained)) {
            compare(
                    explained,
                    new ExplainReport(result.tasks(), result.findings()).lines().collect(Collectors.joining("\n"))
                            + "\n");
        }
    }

    private static void compare(Path file, String said) throws IOException {
        if (UPDATE) {
            Files.writeString(file, said);
        }
        assertThat(said).isEqualTo(Files.readString(file));
    }

    private void checkMendedByHand(Fixture fixture, CheckResult before) throws Exception {
        Map<String, String> files = fixture.files();
        files.putAll(new Fixture(fixture.directory().resolve(Fixture.FIXED), fixture.options()).files());
        assertThat(copy(fixture, files).check().findings())
                .as("what is left in %s", fixture.directory().resolve(Fixture.FIXED))
                .noneMatch(left -> (left.severity() != Severity.INFO && !saysWhatIsUnknown(left))
                        || before.findings().stream()
                                .anyMatch(known -> known.isSame(left) && !saysWhatIsUnknown(left)));
    }

    /** No edit of the files tells what a program writes. */
    private static boolean saysWhatIsUnknown(Finding finding) {
        return finding.rule().equals("needs-unknown");
    }

    private static String printed(Fixture fixture, CheckResult result) {
        ConsoleReport console = new ConsoleReport(result.tasks(), result.findings());
        StringBuilder text = new StringBuilder();
        console.verdict().ifPresent(line -> append(text, line.severity().name(), line.text()));
        console.lines().forEach(line -> append(text, line.severity().name(), line.text()));
        boolean fails = result.findings().stream()
                .anyMatch(finding -> !finding.isSuppressed() && fixture.isFailedBy(finding.severity()));
        append(text, fails ? "ERROR" : "INFO", console.summary());
        if (fails) {
            append(text, "ERROR", "Failed to execute goal: " + console.failureMessage());
        }
        List<Finding> infos = result.findings().stream()
                .filter(finding -> finding.severity() == Severity.INFO && !finding.isSuppressed())
                .map(finding -> finding.as(Severity.WARNING))
                .toList();
        if (!infos.isEmpty()) {
            text.append("\n--- infos as the reports have them\n");
            new ConsoleReport(result.tasks(), infos).lines().forEach(line -> append(text, "INFO", line.text()));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String prefix, String line) {
        text.append((prefix.equals("WARN") ? "[WARNING] " : "[" + prefix + "] ") + line)
                .append('\n');
    }

    /** The project after each fix, applied separately. */
    private String helps(Fixture fixture, CheckResult before) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Finding finding : before.findings()) {
            if (!finding.isSuppressed()) {
                text.append(place(finding) + " " + after(fixture, before, finding))
                        .append('\n');
            }
        }
        return text.isEmpty() ? "" : "\n--- after its edits\n" + text;
    }

    /** The findings that remain after all fixes; a second fix must change nothing. */
    private String fix(Fixture fixture, CheckResult before) throws Exception {
        Fixture copied = copy(fixture, fixture.files());
        Fix fix = Fix.of(copied.request(), copied.directory(), Set.of());
        if (fix.changedFiles().isEmpty()) {
            return "";
        }
        fix.write();
        assertThat(Fix.of(copied.request(), copied.directory(), Set.of()).changedFiles())
                .as("a second fix changes nothing")
                .isEmpty();
        StringBuilder text = new StringBuilder("\n--- after fix (" + String.join(", ", fix.changedFiles()) + ": "
                + fix.edits() + (fix.edits() == 1 ? " edit" : " edits") + ")\n");
        for (Finding left : fix.left()) {
            if (!left.isSuppressed() && left.severity() != Severity.INFO) {
                boolean known = before.findings().stream().anyMatch(finding -> finding.isSame(left));
                text.append(known ? "left" : "new ")
                        .append(" [" + left.severity() + "] " + left.message() + " [" + left.rule() + "]\n");
            }
        }
        return text.toString();
    }

    private static String place(Finding finding) {
        return finding.location().file() + ":" + finding.location().line() + " " + finding.rule();
    }

    private String after(Fixture fixture, CheckResult before, Finding finding) throws Exception {
        Optional<EditedFiles> edited = new EditedFiles(fixture.files()).applying(finding);
        if (edited.isEmpty()) {
            return "is for a person to fix";
        }
        // An edit may replace a placeholder that has a value.
        CheckResult after = ReadOnlyRootAnalysis.check(
                copy(fixture, edited.get().files()).request().with(Map.of()));
        assertThat(after.findings())
                .as("%s, after its help in %s", place(finding), edited.get().files())
                .noneMatch(left -> left.isSame(finding));
        List<String> come = after.findings().stream()
                .filter(left -> !left.isSuppressed())
                .filter(left -> before.findings().stream().noneMatch(known -> known.isSame(left)))
                .map(left -> "\n    [" + left.severity() + "] " + left.message() + " [" + left.rule() + "]")
                .toList();
        return come.isEmpty() ? "is fixed" : "is fixed, and next comes" + String.join("", come);
    }

    private Fixture copy(Fixture fixture, Map<String, String> files) throws IOException {
        return fixture.with(files, Files.createTempDirectory(scratch, "applied"));
    }
}
