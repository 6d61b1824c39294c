// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.github.readonlyrootfs.dockerfile.text.Expansion;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.Variables;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of all texts, tried with generated ones: each seed is a text. */
class DockerfileParserPropertiesTest {

    private static final Variables UNSET = name -> new Variables.State.Unset();

    private static final List<String> PIECES = List.of(
            "FROM a\n",
            "FROM a AS b\n",
            "ARG X=1\n",
            "ENV A=b ",
            "USER ",
            "VOLUME ",
            "COPY ",
            "RUN ",
            "CMD ",
            "ONBUILD ",
            "HEALTHCHECK ",
            "SHELL ",
            "LABEL ",
            "WORKDIR ",
            "EXPOSE ",
            "foo ",
            "# escape=`\n",
            "# c\n",
            "\n",
            "\r\n",
            "\\\n",
            "\\",
            "`\n",
            "[\"a\"",
            ", \"b\"]",
            "[",
            "]",
            "{",
            "}",
            "{{ x }}",
            "{{",
            "}}",
            "<%",
            "@x@",
            "${a.b}",
            "<<EOF ",
            "<<-E",
            "EOF\n",
            "E\n",
            "<< E",
            "--flag=",
            "--from=x ",
            "--",
            "$",
            "${x",
            ":-",
            "}",
            "\"",
            "'",
            " ",
            "\t",
            "=",
            "/a/b",
            "a",
            "\u00a0",
            "ü",
            "\uD83D\uDE00",
            "\uD83D",
            "\u0000",
            ",",
            "1",
            "\\u00",
            "#",
            "%",
            "?",
            "*",
            "/");

    private static final int SEEDS = 3_000;

    private static SourceFile file(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(random.nextInt(3) > 0 ? "FROM a\n" : "");
        for (int i = random.nextInt(40); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return SourceFile.of("Dockerfile", text.toString());
    }

    @Test
    void everyTextHasAResultWithLocationsInTheFile() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Dockerfile file = DockerfileParser.parse(file(seed));

            file.problems().stream().map(Problem::location).forEach(location -> assertInside(file, location));
            file.comments().forEach(comment -> assertInside(file, comment.location()));
            texts(file).forEach(text -> assertInside(file, text.location()));
            texts(file).forEach(text -> Expansion.of(text, file.escape(), UNSET));
        }
    }

    @Test
    void theTextAtTheLocationOfAnArgumentOnOneLineIsTheArgument() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Dockerfile file = DockerfileParser.parse(file(seed));
            for (JoinedText text : texts(file)) {
                Location location = text.location();
                if (location.line() != location.endLine()) {
                    continue;
                }
                String excerpt = excerpt(file, location);
                // Quotes and escapes of flags and of JSON are within the place, but not in the text.
                if (excerpt.length() == text.length()) {
                    assertThat(text.text()).as("seed %d", seed).isEqualTo(excerpt);
                } else {
                    assertThat(excerpt).as("seed %d", seed).hasSizeGreaterThan(text.length());
                }
            }
        }
    }

    private static String excerpt(Dockerfile file, Location location) {
        int start = file.source().lineStart(location.line()) - 1;
        return file.source().text().substring(start + location.column(), start + location.endColumn());
    }

    @Test
    void readingAFileTwiceGivesEqualResults() {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(DockerfileParser.parse(file(seed)).problems())
                    .isEqualTo(DockerfileParser.parse(file(seed)).problems());
        }
    }

    static Stream<Named<String>> hostileTexts() {
        String from = "FROM a\n";
        return Stream.of(
                named("instructions", from + "RUN a\n".repeat(100_000)),
                named("unknown instructions", from + "FOO\n".repeat(100_000)),
                named("continuations", from + "RUN a \\\n".repeat(100_000)),
                named("ever more continuations", from + "x \\\n".repeat(1_000_000)),
                named("nested ONBUILD", from + "ONBUILD \\\n".repeat(100_000)),
                named("heredocs with a blank that none closes", from + "RUN cat << E\n".repeat(100_000)),
                named("a heredoc that none closes", from + "RUN <<E\n".repeat(100_000)),
                named("heredocs on one line", from + "RUN " + "<<E ".repeat(16_000) + "\n" + "E\n".repeat(16_000)),
                named("paths", from + "VOLUME " + "/a ".repeat(20_000)),
                named("JSON elements", from + "VOLUME [" + "\"/a\",".repeat(13_000) + "\"\"]"),
                named("nested arrays", from + "VOLUME " + "[".repeat(60_000)),
                named("nested objects", from + "VOLUME " + "[{\"a\":".repeat(5_000)),
                named("template blocks on one line", from + "USER " + "{{".repeat(30_000)),
                named("template blocks that none closes", from + "{{\n".repeat(100_000)),
                named("template lines between continuations", from + "RUN a \\\n{{ x }}\n".repeat(30_000)),
                named("filter placeholders", from + "USER " + "@a".repeat(30_000)),
                named("property placeholders", from + "USER " + "${a".repeat(20_000)),
                named("nested substitutions", from + "USER " + "${a:-".repeat(13_000)),
                named("nested substitutions around a heredoc", from + "RUN <<E ${a:-".repeat(5_000)),
                named("flags", from + "COPY " + "--exclude=a ".repeat(5_000) + "a /b"),
                named("assignments", from + "ENV " + "A=$A ".repeat(13_000)),
                named("a line that is too long", from + "USER " + "x".repeat(70_000)),
                named("a directive of equals signs", "#" + "=".repeat(60_000)),
                named("a directive of blanks", "# escape=" + " ".repeat(60_000) + "x"),
                named("blank lines", "\n".repeat(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void hostileTextIsReadInBoundedTime(String text) {
        // Enough for a busy machine; an algorithm that is quadratic takes minutes.
        Dockerfile file = DockerfileParser.parse(SourceFile.of("Dockerfile", text));
        texts(file).forEach(argument -> Expansion.of(argument, '\\', UNSET));
    }

    @Test
    void variablesThatDoubleInSizeBecomeUnknown() {
        String value = "x".repeat(1_000);
        Variables variables = name -> new Variables.State.Set(value);
        Dockerfile file = DockerfileParser.parse(SourceFile.of("Dockerfile", "FROM a\nUSER " + "$A".repeat(5_000)));

        assertThat(Expansion.of(texts(file).get(1), '\\', variables)).isInstanceOf(Expansion.Unknown.class);
    }

    private static void assertInside(Dockerfile file, Location location) {
        assertThat(location.line()).isBetween(1, file.source().lineCount());
        assertThat(location.endLine()).isBetween(location.line(), file.source().lineCount());
        assertThat(location.column()).isPositive();
        int end = file.source().lineStart(location.endLine()) + location.endColumn() - 1;
        assertThat(end).isLessThanOrEqualTo(file.source().text().length());
        assertThat(file.source().lineStart(location.line()) + location.column() - 1)
                .isLessThanOrEqualTo(end);
    }

    /** Every text of a file, without heredoc bodies, which lose their tabs. */
    private static List<JoinedText> texts(Dockerfile file) {
        List<JoinedText> texts = new ArrayList<>();
        file.globalArgs().forEach(arg -> add(arg, texts));
        file.stages().forEach(stage -> {
            add(stage.from(), texts);
            stage.instructions().forEach(instruction -> add(instruction, texts));
        });
        return texts;
    }

    private static void add(Instruction instruction, List<JoinedText> texts) {
        if (instruction instanceof Instruction.From from) {
            texts.add(from.image());
            from.platform().ifPresent(texts::add);
            from.alias().ifPresent(texts::add);
        } else if (instruction instanceof Instruction.Arg arg) {
            add(arg.assignments(), texts);
        } else if (instruction instanceof Instruction.Env env) {
            add(env.assignments(), texts);
        } else if (instruction instanceof Instruction.Label label) {
            add(label.assignments(), texts);
        } else if (instruction instanceof Instruction.User user) {
            texts.add(user.user());
        } else if (instruction instanceof Instruction.Workdir workdir) {
            texts.add(workdir.path());
        } else if (instruction instanceof Instruction.Volume volume) {
            texts.addAll(volume.paths());
        } else if (instruction instanceof Instruction.Copy copy) {
            copy.flags().forEach(flag -> texts.add(flag.value()));
            texts.addAll(copy.sources());
            texts.add(copy.destination());
        } else if (instruction instanceof Instruction.Run run) {
            run.flags().forEach(flag -> texts.add(flag.value()));
            add(run.command(), texts);
        } else if (instruction instanceof Instruction.Cmd cmd) {
            add(cmd.command(), texts);
        } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
            add(entrypoint.command(), texts);
        } else if (instruction instanceof Instruction.Healthcheck healthcheck) {
            healthcheck.command().ifPresent(command -> add(command, texts));
        } else if (instruction instanceof Instruction.Shell shell) {
            texts.addAll(shell.words());
        } else if (instruction instanceof Instruction.Onbuild onbuild) {
            add(onbuild.trigger(), texts);
        } else if (instruction instanceof Instruction.Other other) {
            texts.add(other.arguments());
        }
    }

    private static void add(List<Instruction.Assignment> assignments, List<JoinedText> texts) {
        assignments.forEach(assignment -> {
            texts.add(assignment.key());
            assignment.value().ifPresent(texts::add);
        });
    }

    private static void add(Instruction.Command command, List<JoinedText> texts) {
        if (command instanceof Instruction.Command.Exec exec) {
            texts.addAll(exec.words());
        } else if (command instanceof Instruction.Command.ShellForm shellForm) {
            texts.add(shellForm.text());
        }
    }
}
