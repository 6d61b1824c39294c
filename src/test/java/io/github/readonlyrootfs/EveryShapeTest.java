// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.github.readonlyrootfs.baseline.Baseline;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.HelpText;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the task definitions of fixtures in every shape. Each shape must have the same findings at the same words of
 * the file, and the same fixes must work.
 */
@Tag("slow")
class EveryShapeTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final String TASK_DEFINITION = "taskdef.json";

    @TempDir
    Path scratch;

    /** Keys that only ECS spells this way. */
    private final Pattern keys = Pattern.compile("(?<![\\w./-])(?:" + ecsKeys() + ")(?![\\w./-])");

    private static String ecsKeys() {
        try (Stream<String> schema =
                Files.lines(Path.of("src/main/resources/io/github/readonlyrootfs/taskdef/schema/ecs-schema.txt"))) {
            return schema.filter(line -> !line.startsWith("#"))
                    .map(line -> line.strip().split(" ", 2)[0])
                    .filter(key -> key.matches("[a-z]+[A-Z]\\w*"))
                    .distinct()
                    .collect(Collectors.joining("|"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A finding without its location and without the terms of the format. */
    private record Verdict(
            String rule,
            Severity severity,
            String container,
            String path,
            String platforms,
            String message,
            boolean inTask) {

        static Verdict of(Finding finding) {
            return new Verdict(
                    finding.rule(),
                    finding.severity(),
                    finding.container().orElse(""),
                    finding.path().map(Object::toString).orElse(""),
                    finding.platforms().toString(),
                    finding.message()
                            .replaceAll("(?:taskdef|template)\\.(?:json|yaml):\\d+:\\d+", "@")
                            .replaceAll("line \\d+", "line @")
                            .replace(": CloudFormation refuses it", ": ECS ignores it")
                            .toLowerCase(Locale.ROOT),
                    isTask(finding.location().file()));
        }
    }

    private static List<Path> fixtures() throws IOException {
        try (Stream<Path> all = Files.list(FIXTURES)) {
            return all.filter(directory -> Files.exists(directory.resolve(TASK_DEFINITION)))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Map<String, Object>> task(Path fixture) throws IOException {
        // One whose containers are a string has a shape of its own.
        return TaskShape.parse(Files.readString(fixture.resolve(TASK_DEFINITION)))
                .filter(task -> !(task.get("containerDefinitions") instanceof String));
    }

    @Test
    void mostFixturesCanBeWrittenInEveryShape() throws IOException {
        int written = 0;
        for (Path fixture : fixtures()) {
            written += task(fixture).isPresent() ? 1 : 0;
        }
        assertThat(written).isGreaterThan(fixtures().size() * 9 / 10);
    }

    /** A fixture as it is: its findings, and which of them an edit of the task definition fixes. */
    private record Original(
            Path directory,
            Fixture fixture,
            Map<String, Object> task,
            Map<String, String> files,
            List<Finding> findings,
            Set<Finding> fixed) {}

    /** What a run as the task says has shown holds for the task as it was written. */
    private static boolean holdsForThisTextOnly(Path fixture) throws IOException {
        Path record = fixture.resolve(NeedsRecord.FILE_NAME);
        return Files.exists(record) && Files.readString(record).contains("\"asTask\"");
    }

    private List<Original> originals() throws Exception {
        List<Original> originals = new ArrayList<>();
        for (Path directory : fixtures()) {
            Optional<Map<String, Object>> task = task(directory);
            // A baseline names the file of its findings.
            if (task.isPresent()
                    && !Files.exists(directory.resolve(Baseline.FILE_NAME))
                    && !holdsForThisTextOnly(directory)) {
                Fixture fixture = Fixture.in(directory);
                Map<String, String> files = fixture.files();
                List<Finding> findings = fixture.check().findings();
                Set<Finding> fixed = new HashSet<>();
                for (Finding finding : findings) {
                    if (!finding.isSuppressed() && isFixedBy(fixture, files, finding)) {
                        fixed.add(finding);
                    }
                }
                originals.add(new Original(directory, fixture, task.get(), files, findings, fixed));
            }
        }
        return originals;
    }

    @Test
    void everyShapeHasTheSameFindingsAndFixes() throws Exception {
        List<Original> originals = originals();
        assertThat(originals.stream()
                        .flatMap(original -> original.fixed().stream())
                        .map(Finding::rule)
                        .distinct())
                .hasSizeGreaterThan(10);
        assertAll(Stream.of(TaskShape.values())
                .flatMap(shape -> compared(shape, originals).stream()
                        .<Executable>map(original -> () -> compare(shape, original))));
    }

    /** All fixtures if the run is thorough, otherwise enough for a finding of each rule in each shape. */
    private static List<Original> compared(TaskShape shape, List<Original> originals) {
        if (Thorough.isOn()) {
            return originals;
        }
        // Each shape starts with another fixture, so that together they cover most of them.
        List<Original> rotated = new ArrayList<>(originals);
        Collections.rotate(rotated, shape.ordinal() * originals.size() / TaskShape.values().length);
        List<Original> compared = new ArrayList<>();
        Set<String> rules = new HashSet<>();
        for (Original original : rotated) {
            if (rules.addAll(original.findings().stream().map(Finding::rule).toList())) {
                compared.add(original);
            }
        }
        return compared;
    }

    private void compare(TaskShape shape, Original original) throws Exception {
        Map<String, String> reshaped = new TreeMap<>(original.files());
        reshaped.remove(TASK_DEFINITION);
        reshaped.put(shape.file, shape.write(original.task()));
        List<Finding> found = copy(original.fixture(), reshaped).check().findings();
        // CloudFormation reads "true" as true.
        List<Finding> expected = original.findings().stream()
                .filter(finding -> !shape.isCloudFormation()
                        || !finding.rule().equals("wrong-type")
                        || !finding.message().endsWith(" was expected"))
                .toList();

        assertThat(verdicts(found))
                .as("%s as %s:%n%s", original.directory(), shape, reshaped.get(shape.file))
                .containsExactlyInAnyOrderElementsOf(verdicts(expected));
        if (shape.isCloudFormation() && !shape.isGenerated()) {
            assertThat(found)
                    .allSatisfy(finding -> assertThat(finding.message() + "\n" + help(finding, reshaped))
                            .as("%s as %s", original.directory(), shape)
                            .doesNotContainPattern(keys));
        }
        for (Finding finding : expected) {
            Finding twin = twin(finding, found);
            comparePlaces(finding, original.files(), twin, reshaped);
            if (original.fixed().contains(finding) && shape.isGenerated()) {
                assertThat(help(twin, reshaped))
                        .as("%s as %s", original.directory(), shape)
                        .contains("(construct Shop/Task)");
            } else if (original.fixed().contains(finding)) {
                assertThat(isFixedBy(original.fixture(), reshaped, twin))
                        .as(
                                "%s as %s: %s%n%s",
                                original.directory(), shape, help(twin, reshaped), reshaped.get(shape.file))
                        .isTrue();
            }
        }
    }

    /** Fixtures written by people, not by {@link TaskShape}. */
    @Test
    void theShopIsTheSameInEveryShape() throws Exception {
        List<Path> shops;
        try (Stream<Path> all = Files.list(FIXTURES)) {
            shops = all.filter(directory -> directory.getFileName().toString().startsWith("the-shop-"))
                    .sorted()
                    .toList();
        }
        assertThat(shops).hasSizeGreaterThan(8);
        List<Verdict> expected = verdicts(Fixture.in(shops.get(0)).check().findings());
        assertThat(expected).hasSize(4);
        for (Path shop : shops) {
            Fixture fixture = Fixture.in(shop);
            List<Finding> found = fixture.check().findings();
            assertThat(verdicts(found)).as("%s", shop).containsExactlyInAnyOrderElementsOf(expected);
            for (Finding finding : found) {
                String help = help(finding, fixture.files());
                assertThat(help.contains("(construct ") || isFixedBy(fixture, fixture.files(), finding))
                        .as("%s: %s", shop, help(finding, fixture.files()))
                        .isTrue();
            }
        }
    }

    private static Finding twin(Finding finding, List<Finding> found) {
        return found.stream()
                .filter(other -> Verdict.of(other).equals(Verdict.of(finding)))
                .findFirst()
                .orElseThrow();
    }

    private static void comparePlaces(
            Finding finding, Map<String, String> files, Finding twin, Map<String, String> reshaped) {
        String words = words(twin, reshaped);
        if (!words.equals("null")) {
            assertThat(words).as("the place of %s", twin).contains(words(finding, files));
        }
    }

    /** The characters that a finding points at, without quotes and brackets. */
    private static String words(Finding finding, Map<String, String> files) {
        String file = finding.location().file();
        return files.containsKey(file)
                ? SourceFile.of(file, files.get(file))
                        .text(finding.location())
                        .replaceAll("!Sub|[^\\w/]", "")
                        .toLowerCase(Locale.ROOT)
                : "";
    }

    /** Whether a fix edits the task definition; then its finding must disappear. */
    private boolean isFixedBy(Fixture original, Map<String, String> files, Finding finding) throws Exception {
        Optional<EditedFiles> edited = new EditedFiles(files).applying(finding);
        String file = files.keySet().stream()
                .filter(EveryShapeTest::isTask)
                .findFirst()
                .orElseThrow();
        if (edited.isEmpty() || edited.get().files().get(file).equals(files.get(file))) {
            return false;
        }
        assertThat(verdicts(copy(original, edited.get().files()).check().findings()))
                .as("after `%s` in%n%s", help(finding, files), edited.get().files())
                .doesNotContain(Verdict.of(finding))
                .noneMatch(verdict ->
                        verdict.rule().startsWith("invalid") && !finding.rule().startsWith("invalid"));
        return true;
    }

    private static String help(Finding finding, Map<String, String> files) {
        Map<String, SourceFile> sources = new TreeMap<>();
        files.forEach((name, text) -> sources.put(name, SourceFile.of(name, text)));
        return new HelpText(sources, PublicText::new).of(finding.remedy(), finding.location());
    }

    private static boolean isTask(String file) {
        return file.matches("(?:taskdef|template)\\.(?:json|yaml)");
    }

    private static List<Verdict> verdicts(Collection<Finding> findings) {
        return findings.stream().map(Verdict::of).toList();
    }

    private Fixture copy(Fixture original, Map<String, String> files) throws IOException {
        return original.with(files, Files.createTempDirectory(scratch, "shape"));
    }
}
