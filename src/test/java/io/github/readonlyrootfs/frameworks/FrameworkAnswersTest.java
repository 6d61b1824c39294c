// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reads random configurations as the framework itself reads them. Its answers are recorded; the tests of the group
 * "framework" let Maven resolve it and ask it again, about recorded and new configurations.
 *
 * <pre>
 * mvn -Pframeworks test
 * </pre>
 *
 * {@code -Dframeworks.seed=1} repeats a run, {@code -Dframeworks.sets=300} sets the number of configurations,
 * {@code -Dframeworks.only=SPRING_BOOT_4} selects a framework; {@code -Dframeworks.update} records the answers.
 *
 * <p>Random sets have more ties between sources than real ones. Unknown is a right answer to them, but not to more than one key
 * of ten; only a wrong answer is a defect.
 */
class FrameworkAnswersTest {

    private static final Path RECORDED = Path.of("src/test/resources/frameworks");
    private static final boolean RECORDS = System.getProperty("frameworks.update") != null;
    private static final int SETS = Integer.getInteger("frameworks.sets", 300);
    private static final int KEPT = 80;
    private static final double UNKNOWN_AT_MOST = 0.10;

    /** The most sets that are generated to find one with which the framework starts. */
    private static final int MOST_PER_SET = 3;

    /** The counts of a comparison. */
    private static final class Tally {

        private int compared;
        private int answers;
        private final List<String> refused = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private final List<String> different = new ArrayList<>();

        void count(Framework framework, FrameworkAnswers right, FrameworkAnswers ours) {
            if (!right.starts()) {
                refused.add(right.refusal().lines().findFirst().orElse(""));
                return;
            }
            compared++;
            answers += framework.keys().size();
            framework.keys().stream()
                    .filter(key -> ours.of(key).startsWith(FrameworkAnswers.UNKNOWN))
                    .map(key -> key + ": " + ours.of(key))
                    .forEach(reasons::add);
        }

        String summary(Framework framework) {
            return "%s: %d of %d answers in %d sets unknown, %d more sets do not start"
                    .formatted(framework.title(), reasons.size(), answers, compared, refused.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void recordedSettingsAreReadLikeTheFrameworkReadsThem(Framework framework, @TempDir Path directory)
            throws IOException {
        OurReader reader = new OurReader(framework, directory);
        Tally tally = new Tally();
        for (Recorded each : Recorded.read(RECORDED.resolve(framework.file()))) {
            FrameworkAnswers ours = reader.ask(each.set(), framework.keys());
            tally.count(framework, each.answers(), ours);
            difference(framework, each.answers(), ours)
                    .ifPresent(different ->
                            tally.different.add(different + "\n" + each.set().text()));
        }
        check(framework, tally);
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    @Tag("framework")
    void theFrameworkStillGivesTheRecordedAnswers(Framework framework, @TempDir Path directory) throws IOException {
        if (!asks(framework)) {
            return;
        }
        try (FrameworkProcess process = FrameworkProcess.start(framework, directory)) {
            for (Recorded each : Recorded.read(RECORDED.resolve(framework.file()))) {
                FrameworkAnswers now = process.ask(each.set(), framework.keys());
                assertThat(now.values())
                        .as(each.set().text())
                        .isEqualTo(each.answers().values());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    @Tag("framework")
    void newRandomSettingsAreReadLikeTheFrameworkReadsThem(Framework framework, @TempDir Path directory)
            throws IOException {
        if (!asks(framework)) {
            return;
        }
        long seed = Long.getLong("frameworks.seed", System.currentTimeMillis() / 1000);
        System.out.println(framework + ", seed " + seed);
        List<Recorded> kept = new ArrayList<>();
        Tally tally = new Tally();
        try (FrameworkProcess process = FrameworkProcess.start(framework, directory.resolve("framework"))) {
            OurReader reader = new OurReader(framework, directory.resolve("ours"));
            for (int i = 0; tally.compared < SETS && i < MOST_PER_SET * SETS; i++) {
                ConfigurationSet set = framework.random(seed * 10_000 + i);
                FrameworkAnswers right = process.ask(set, framework.keys());
                FrameworkAnswers ours = reader.ask(set, framework.keys());
                tally.count(framework, right, ours);
                if (right.starts() && kept.size() < KEPT) {
                    kept.add(new Recorded(set, right));
                }
                Optional<String> different = difference(framework, right, ours);
                if (different.isPresent() && tally.different.size() < 10) {
                    tally.different.add(
                            differs(framework, set, process, reader).equals(different)
                                    ? reduced(framework, set, different, process, reader)
                                    : different.get() + ", and only after other sets\n" + set.text());
                }
            }
        }
        if (RECORDS) {
            Recorded.write(RECORDED.resolve(framework.file()), kept);
        }
        assertThat(tally.compared).as("" + tally.refused).isEqualTo(SETS);
        check(framework, tally);
    }

    private static boolean asks(Framework framework) {
        boolean asked = framework.name().startsWith(System.getProperty("frameworks.only", ""));
        assumeTrue(
                !asked || Runtime.version().feature() >= framework.java(),
                framework + " needs Java " + framework.java());
        return asked;
    }

    private static Optional<String> difference(Framework framework, FrameworkAnswers right, FrameworkAnswers ours) {
        return !right.starts()
                ? Optional.empty()
                : framework.keys().stream()
                        .filter(key -> !ours.of(key).startsWith(FrameworkAnswers.UNKNOWN))
                        .filter(key -> !ours.of(key).equals(right.of(key)))
                        .map(key -> key + ": " + framework + " has " + right.of(key) + ", we have " + ours.of(key))
                        .findFirst();
    }

    /** The smallest set found that is still read differently, and the difference. */
    private static String reduced(
            Framework framework,
            ConfigurationSet set,
            Optional<String> difference,
            FrameworkProcess process,
            OurReader reader)
            throws IOException {
        ConfigurationSet smallest = set;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (ConfigurationSet each : smallest.smaller()) {
                if (differs(framework, each, process, reader).equals(difference)) {
                    smallest = each;
                    smaller = true;
                    break;
                }
            }
        }
        return difference.orElseThrow() + "\n" + smallest.text();
    }

    private static Optional<String> differs(
            Framework framework, ConfigurationSet set, FrameworkProcess process, OurReader reader) throws IOException {
        FrameworkAnswers right = process.ask(set, framework.keys());
        return right.starts() ? difference(framework, right, reader.ask(set, framework.keys())) : Optional.empty();
    }

    private static void check(Framework framework, Tally tally) {
        System.out.println(tally.summary(framework));
        tally.reasons.stream()
                .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()))
                .forEach((reason, count) -> System.out.println(count + " times " + reason));
        assertThat(tally.different).as(String.join("\n", tally.different)).isEmpty();
        assertThat(tally.reasons).hasSizeLessThanOrEqualTo((int) (tally.answers * UNKNOWN_AT_MOST));
    }

    /** A set with the framework's answers. */
    private record Recorded(ConfigurationSet set, FrameworkAnswers answers) {

        private static final String SET = "=== ";
        private static final String ANSWERS = "--- answers\n";

        static List<Recorded> read(Path file) throws IOException {
            List<Recorded> all = new ArrayList<>();
            for (String text : Files.readString(file).split("(?m)^" + SET + ".*\n", -1)) {
                int end = text.indexOf(ANSWERS);
                if (end >= 0) {
                    all.add(new Recorded(
                            ConfigurationSet.parse(text.substring(0, end)),
                            new FrameworkAnswers(
                                    "", ConfigurationSet.assignments(text.substring(end + ANSWERS.length())))));
                }
            }
            return all;
        }

        static void write(Path file, List<Recorded> all) throws IOException {
            StringBuilder text = new StringBuilder();
            for (Recorded each : all) {
                text.append(SET).append('\n').append(each.set.text()).append(ANSWERS);
                each.answers
                        .values()
                        .forEach((key, value) ->
                                text.append(key).append('=').append(value).append('\n'));
            }
            Files.writeString(file, text);
        }
    }
}
