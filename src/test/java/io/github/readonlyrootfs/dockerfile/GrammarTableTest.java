// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.readonlyrootfs.dockerfile.text.Expansion;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.TemplatePlaceholders;
import io.github.readonlyrootfs.dockerfile.text.TextBuilder;
import io.github.readonlyrootfs.dockerfile.text.Variables;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares our reader and builder with BuildKit's own answers: the instructions, the image's configuration, or the line
 * of the mistake. The mistakes are those of the grammar; other values that BuildKit rejects are left to it. What is
 * unknown here equals everything.
 */
class GrammarTableTest {

    /**
     * Images of which all is unknown here: an ARG without a value, which a build argument may set; the platform of the build; a
     * placeholder that a template engine replaces; a pattern in FROM; the ONBUILD instructions of a published image.
     */
    private static final Set<String> OPEN = Set.of(
            "arguments/arg",
            "arguments/arg-many",
            "arguments/arg-platform",
            "volume/at",
            "from/base-onbuild",
            "expansions/prefix-from",
            "expansions/suffix-from",
            "expansions/replace-from",
            "expansions/global-arg-same-line",
            "expansions/global-arg-chain");

    /**
     * What BuildKit rejects and we accept: placeholders, findings of BuildKit's own lint that fail the build, and patterns
     * in substitutions, which are not evaluated.
     */
    private static final Set<String> ACCEPTED = Set.of(
            "volume/maven",
            "from/placeholder-braces",
            "directives/check-error-json-args",
            "expansions/prefix-bad-escape");

    /** The largest part of the images that may be unknown in part. */
    private static final int MOST_UNKNOWN_PERCENT = 10;

    @TempDir
    private Path directory;

    static List<GrammarTable.Case> cases() {
        return GrammarTable.cases();
    }

    static Stream<GrammarTable.Case> rejected() {
        return cases().stream().filter(c -> c.failedIn("parse", "instructions"));
    }

    static Stream<GrammarTable.Case> read() {
        return cases().stream().filter(c -> !c.failedIn("parse", "instructions"));
    }

    static Stream<GrammarTable.Case> built() {
        return read().filter(c -> !c.failedIn("convert"));
    }

    static Stream<GrammarTable.Case> notBuilt() {
        return read().filter(c -> c.failedIn("convert"));
    }

    static List<GrammarTable.Word> words() {
        return GrammarTable.words();
    }

    @Test
    void theTableHasHundredsOfCases() {
        assertThat(cases()).hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void filesThatBuildkitRejectsHaveAProblemOnTheSameLine(GrammarTable.Case c) throws Exception {
        Optional<Problem> problem = firstProblem(c);

        if (ACCEPTED.contains(c.name())) {
            assertThat(problem).isEmpty();
            return;
        }
        assertThat(problem).isPresent();
        String message = c.recorded().at("/failure/message").asText();
        if (message.equals("file with no instructions")) {
            return;
        }
        // BuildKit counts these lines only after it has read them without an error, or not at all.
        int tolerance = message.matches("(only one|invalid escape|dockerfile line greater).*") ? 1 : 0;
        int line = problem.orElseThrow().location().line();
        // BuildKit reports all lines of the instruction, we report the one with the mistake.
        assertThat(line)
                .as(c.name())
                .isBetween(
                        c.recorded().at("/failure/line").asInt(),
                        c.recorded().at("/failure/endLine").asInt() + tolerance);
    }

    @ParameterizedTest
    @MethodSource("read")
    void filesThatBuildkitReadsHaveTheSameInstructions(GrammarTable.Case c) throws Exception {
        Dockerfile file = parse(c);

        if (c.recorded().at("/failure/message").asText().equals("dockerfile contains no stages to build")) {
            assertThat(file.problems()).extracting("message").containsExactly("the file has no FROM");
            return;
        }
        assertThat(file.problems()).isEmpty();
        assertThat(file.escape()).hasToString(c.recorded().get("escape").asText());
        compare(file, file.globalArgs(), c.recorded().path("globalArgs"));
        JsonNode stages = c.recorded().get("stages");
        assertThat(file.stages()).hasSize(stages.size());
        for (Dockerfile.Stage stage : file.stages()) {
            JsonNode recorded = stages.get(stage.index());
            assertThat(stage.name().orElse("")).isEqualTo(recorded.get("name").asText());
            assertThat(stage.from().image().text())
                    .isEqualTo(recorded.get("base").asText());
            assertThat(stage.from().platform().map(JoinedText::text).orElse(""))
                    .isEqualTo(recorded.path("platform").asText());
            compareLines(file, stage.from(), recorded);
            compare(file, stage.instructions(), recorded.get("instructions"));
        }
    }

    @ParameterizedTest
    @MethodSource("built")
    void aBuiltImageEqualsTheRecordedOne(GrammarTable.Case c) throws Exception {
        ImageBuild build = RecordedBuild.of(parse(c), c.recorded());

        assertThat(build.diagnostics().problems()).isEmpty();
        if (OPEN.contains(c.name())) {
            assertThat(build.image().config().volumes().complete()).isFalse();
        } else {
            Map<String, Object> expected = RecordedBuild.describe(c.recorded().get("config"));
            assertThat(RecordedBuild.describe(build.image(), expected)).isEqualTo(expected);
        }
    }

    @Test
    void fewImagesAreUnknownInPart() throws Exception {
        int unknown = 0;
        int all = 0;
        for (GrammarTable.Case c : built().toList()) {
            Image image = RecordedBuild.of(parse(c), c.recorded()).image();
            all++;
            unknown += RecordedBuild.isKnown(image) ? 0 : 1;
        }
        assertThat(100.0 * unknown / all).as("%d of %d", unknown, all).isLessThanOrEqualTo(MOST_UNKNOWN_PERCENT);
    }

    @ParameterizedTest
    @MethodSource("notBuilt")
    void filesThatBuildkitCannotBuildHaveAProblemOnTheSameLine(GrammarTable.Case c) throws Exception {
        ImageBuild build = RecordedBuild.of(parse(c), c.recorded());

        if (ACCEPTED.contains(c.name())) {
            assertThat(build.diagnostics().problems()).isEmpty();
            return;
        }
        assertThat(build.diagnostics().problems()).isNotEmpty();
        int line = build.diagnostics().problems().get(0).location().line();
        if (c.name().contains("onbuild-triggered") || c.name().endsWith("windows-onbuild")) {
            // BuildKit reports the FROM that triggers it, we report the trigger.
            assertThat(SourceFile.of("Dockerfile", new String(c.text(), UTF_8)).line(line))
                    .startsWith("ONBUILD ");
        } else if (c.recorded().at("/failure/line").asInt() > 0) {
            assertThat(line)
                    .isBetween(
                            c.recorded().at("/failure/line").asInt(),
                            c.recorded().at("/failure/endLine").asInt());
        }
    }

    @ParameterizedTest
    @MethodSource("words")
    void aWordExpandsAsInBuildkit(GrammarTable.Word word) {
        Map<String, String> values = GrammarTable.variables();
        Variables variables = name ->
                values.containsKey(name) ? new Variables.State.Set(values.get(name)) : new Variables.State.Unset();

        Expansion expansion = Expansion.of(text(word.word()), word.escape(), variables);

        if (TemplatePlaceholders.first(word.word()).isPresent()) {
            assertThat(expansion).isInstanceOf(Expansion.Unknown.class);
        } else if (expansion instanceof Expansion.Unknown) {
            assertThat(hasPattern(word.word())).isTrue();
        } else if (word.recorded().has("result")) {
            assertThat(expansion)
                    .isInstanceOfSatisfying(
                            Expansion.Known.class,
                            known -> assertThat(known.text())
                                    .isEqualTo(word.recorded().get("result").asText()));
        } else {
            assertThat(expansion).isInstanceOf(Expansion.Rejected.class);
        }
    }

    /** With an unknown variable the result may be unknown, but never a different one. */
    @ParameterizedTest
    @MethodSource("words")
    void aWordWithUnknownVariablesIsUnknownOrTheSame(GrammarTable.Word word) {
        Map<String, String> values = GrammarTable.variables();
        for (String hidden : values.keySet()) {
            Variables variables = name -> {
                if (name.equals(hidden)) {
                    return new Variables.State.Unknown("hidden");
                }
                return values.containsKey(name)
                        ? new Variables.State.Set(values.get(name))
                        : new Variables.State.Unset();
            };

            Expansion expansion = Expansion.of(text(word.word()), word.escape(), variables);

            if (expansion instanceof Expansion.Known known) {
                assertThat(known.text())
                        .isEqualTo(word.recorded().path("result").asText(null));
            } else if (expansion instanceof Expansion.Rejected) {
                assertThat(word.recorded().has("result")).isFalse();
            }
        }
    }

    /** Whether a substitution has a pattern, which is not evaluated. */
    private static boolean hasPattern(String word) {
        return word.matches("(?s).*\\$\\{\\w*:?[#%/].*");
    }

    private static JoinedText text(String text) {
        TextBuilder builder = new TextBuilder(SourceFile.of("word", text));
        builder.append(0, text.length());
        return builder.build(0);
    }

    /** A file that is not a text for BuildKit is a problem of the whole file. */
    private Optional<Problem> firstProblem(GrammarTable.Case c) throws IOException {
        try {
            return parse(c).problems().stream().findFirst();
        } catch (UnreadableSourceException e) {
            return Optional.of(e.problem());
        }
    }

    private Dockerfile parse(GrammarTable.Case c) throws IOException, UnreadableSourceException {
        Path file = Files.write(directory.resolve("Dockerfile"), c.text());
        return DockerfileParser.parse(SourceFile.read(file, "Dockerfile"));
    }

    private static void compare(Dockerfile file, List<? extends Instruction> ours, JsonNode recorded) {
        List<Shape> expected = new ArrayList<>();
        List<Shape> actual = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            if (!(ours.get(i) instanceof Instruction.Onbuild)) {
                actual.add(Shape.of(ours.get(i)));
            }
        }
        for (JsonNode node : recorded) {
            if (!node.get("keyword").asText().equals("ONBUILD")) {
                expected.add(Shape.recorded(node));
            }
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(ours).hasSize(recorded.size());
        for (int i = 0; i < ours.size(); i++) {
            compareLines(file, ours.get(i), recorded.get(i));
            if (ours.get(i) instanceof Instruction.Onbuild onbuild
                    && !(onbuild.trigger() instanceof Instruction.Unknown)) {
                assertThat(Shape.of(onbuild.trigger()))
                        .isEqualTo(
                                Shape.parsed(recorded.get(i).at("/arguments/0").asText()));
            }
        }
    }

    private static void compareLines(Dockerfile file, Instruction ours, JsonNode recorded) {
        int start = ours.location().line();
        // It also counts lines before the keyword that contain only a continuation character.
        while (start > recorded.get("start").asInt() && isEmpty(file, start - 1)) {
            start--;
        }
        assertThat(start).as(ours.toString()).isEqualTo(recorded.get("start").asInt());
        int end = Math.max(ours.location().endLine(), lastHeredocLine(ours));
        Instruction own = ours instanceof Instruction.Onbuild onbuild ? onbuild.trigger() : ours;
        if (own instanceof Instruction.Copy copy && isSplitOpener(copy)) {
            return;
        }
        // BuildKit counts the comments and blank lines that end a continuation.
        while (end < recorded.get("end").asInt() && isEmpty(file, end + 1)) {
            end++;
        }
        assertThat(end).as(ours.toString()).isEqualTo(recorded.get("end").asInt());
    }

    /** A blank in a heredoc's opener: BuildKit reads the body, ignores it, and reads the words as paths. */
    private static boolean isSplitOpener(Instruction.Copy copy) {
        return copy.sources().stream().anyMatch(source -> source.text().matches("<<(\".*)?"));
    }

    private static boolean isEmpty(Dockerfile file, int line) {
        return file.source().line(line).strip().matches("(#.*)?\\\\?");
    }

    private static int lastHeredocLine(Instruction instruction) {
        List<Instruction.Heredoc> heredocs = List.of();
        if (instruction instanceof Instruction.Run run) {
            heredocs = run.heredocs();
        } else if (instruction instanceof Instruction.Copy copy) {
            heredocs = copy.heredocs();
        } else if (instruction instanceof Instruction.Onbuild onbuild) {
            return lastHeredocLine(onbuild.trigger());
        }
        return heredocs.stream()
                .mapToInt(heredoc -> heredoc.body().location().endLine())
                .max()
                .orElse(0);
    }
}
