// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileParserTest {

    private static Dockerfile parse(String text) {
        return DockerfileParser.parse(SourceFile.of("Dockerfile", text));
    }

    private static List<Instruction> instructions(String lines) {
        Dockerfile file = parse("FROM a\n" + lines);
        assertThat(file.problems()).isEmpty();
        return file.stages().get(0).instructions();
    }

    private static <T extends Instruction> T only(Class<T> type, String lines) {
        List<Instruction> instructions = instructions(lines);
        assertThat(instructions).hasSize(1).first().isInstanceOf(type);
        return type.cast(instructions.get(0));
    }

    private static Problem firstProblem(String text) {
        List<Problem> problems = parse(text).problems();
        assertThat(problems).isNotEmpty();
        return problems.get(0);
    }

    private static List<String> texts(List<JoinedText> texts) {
        return texts.stream().map(JoinedText::text).toList();
    }

    @Test
    void theWellKnownExampleIsRead() {
        Dockerfile file = parse("""
                FROM node:15.14.0-alpine
                VOLUME /usr/local/share/
                VOLUME /tmp/
                USER node
                ENTRYPOINT [ "yarn", "start" ]
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.stages()).hasSize(1);
        assertThat(file.stages().get(0).from().image().text()).isEqualTo("node:15.14.0-alpine");
        List<Instruction> instructions = file.stages().get(0).instructions();
        assertThat(((Instruction.Volume) instructions.get(0)).paths().get(0).location())
                .hasToString("Dockerfile:2:8");
        assertThat(((Instruction.User) instructions.get(2)).user().text()).isEqualTo("node");
        Instruction.Entrypoint entrypoint = (Instruction.Entrypoint) instructions.get(3);
        assertThat(texts(((Instruction.Command.Exec) entrypoint.command()).words()))
                .containsExactly("yarn", "start");
    }

    @Test
    void anArgumentKeepsItsLocationAcrossJoinedLines() {
        Instruction.Volume volume = only(Instruction.Volume.class, "VOLUME /a \\\n  # a comment\n\n  /b\\\nc\n");

        assertThat(texts(volume.paths())).containsExactly("/a", "/bc");
        assertThat(volume.paths().get(1).location().line()).isEqualTo(5);
        assertThat(volume.paths().get(1).location().endLine()).isEqualTo(6);
    }

    @Test
    void aMalformedArrayIsSplitAtBlanks() {
        Instruction.Volume volume = only(Instruction.Volume.class, "VOLUME ['/a', '/b']\n");

        assertThat(texts(volume.paths())).containsExactly("['/a',", "'/b']");
    }

    /** The recorded BuildKit ignores what follows the array; since dockerfile 1.9 all of it is plain text. */
    @Test
    void anArrayFollowedByTextIsPlainText() {
        assertThat(texts(only(Instruction.Volume.class, "VOLUME [\"/a\"] # c\n").paths()))
                .containsExactly("[\"/a\"]", "#", "c");
        assertThat(texts(
                        only(Instruction.Volume.class, "VOLUME [\"/a\", 1] x\n").paths()))
                .containsExactly("[\"/a\",", "1]", "x");
        assertThat(texts(only(Instruction.Volume.class, "VOLUME [] /a\n").paths()))
                .containsExactly("[]", "/a");
        assertThat(only(Instruction.Run.class, "RUN [ \"$x\" ] && y\n").command())
                .isInstanceOf(Instruction.Command.ShellForm.class);
        assertThat(only(Instruction.Cmd.class, "CMD [\"a\"] \n").command())
                .isInstanceOf(Instruction.Command.Exec.class);
    }

    @Test
    void theEscapeDirectiveChangesTheContinuationCharacter() {
        Dockerfile file = parse("# escape=`\nFROM a\nVOLUME C:\\ `\n /b\n");

        assertThat(file.escape()).isEqualTo('`');
        Instruction.Volume volume =
                (Instruction.Volume) file.stages().get(0).instructions().get(0);
        assertThat(texts(volume.paths())).containsExactly("C:\\", "/b");
    }

    @Test
    void theBodyOfAHeredocIsNotReadAsInstructions() {
        Instruction.Run run = only(Instruction.Run.class, "RUN <<-EOF\n\tmkdir /a\n\tUSER x\n\tEOF\n");

        assertThat(run.heredocs()).hasSize(1);
        assertThat(run.heredocs().get(0).body().text()).isEqualTo("mkdir /a\nUSER x\n");
    }

    @Test
    void anUnclosedHeredocIsReportedAtItsInstruction() {
        Problem problem = firstProblem("FROM a\nRUN <<EOF\nx\n EOF\n");

        assertThat(problem.location()).hasToString("Dockerfile:2:5");
        assertThat(problem.message()).isEqualTo("the heredoc is not closed");
    }

    @Test
    void anUnknownInstructionIsReportedWithTheClosestMatch() {
        Problem problem = firstProblem("FROM a\nVOLUMES /a\n");

        assertThat(problem.location()).hasToString("Dockerfile:2:1");
        assertThat(problem.help()).isEqualTo("did you mean VOLUME?");
    }

    @Test
    void aLineAfterAMissingContinuationIsNotQuoted() {
        Problem problem = firstProblem("FROM a\nENV A=b\n  PASSWORD=secret\n");

        assertThat(problem.message()).isEqualTo("line 3 does not begin with an instruction");
    }

    @Test
    void aSyntaxErrorComesBeforeAnyOtherProblem() {
        List<Problem> problems = parse("FROM a\nFOO\nENV x\nUSER\n").problems();

        assertThat(problems).extracting(problem -> problem.location().line()).containsExactly(3, 2, 4);
    }

    @Test
    void aTemplatePlaceholderIsNeverAProblem() {
        Dockerfile file = parse("""
                {{ if .Proxy }}
                FROM {{ .Registry }}/node AS ${project.artifactId}
                {{ end }}
                EXPOSE @port@
                ENV {{ .Env }}
                RUN a; \\
                {{ if .Debug }}
                    b; \\
                {{ end }}
                    c
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.stages()).hasSize(1);
        assertThat(file.stages().get(0).from().image().text()).isEqualTo("{{ .Registry }}/node");
        assertThat(file.stages().get(0).instructions()).hasSize(4);
    }

    @Test
    void aCommentBelongsToTheInstructionBelowIt() {
        Dockerfile file = parse("FROM a\n# one\n\n  # two \nUSER x\n# three\n");

        assertThat(file.comments()).extracting(Dockerfile.Comment::text).containsExactly("one", "two", "three");
        assertThat(file.comments()).extracting(Dockerfile.Comment::subject).containsExactly(5, 5, 0);
    }

    @Test
    void flagsAreUnquotedAndKeepTheirLocation() {
        Instruction.Copy copy = only(Instruction.Copy.class, "COPY --chown=\"node\":x --link a b /c/\n");

        assertThat(copy.flag("chown").orElseThrow().text()).isEqualTo("node:x");
        assertThat(copy.flag("chown").orElseThrow().location().column()).isEqualTo(15);
        assertThat(copy.flag("link").orElseThrow().text()).isEmpty();
        assertThat(texts(copy.sources())).containsExactly("a", "b");
        assertThat(copy.destination().text()).isEqualTo("/c/");
    }

    @Test
    void aTemplateBlockOverSeveralLinesIsOneUnknownInstruction() {
        Dockerfile file = parse("""
                {{
                  def java: 17
                -}}
                FROM a
                {{ if .Debug
                }}
                USER b
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.stages().get(0).instructions())
                .extracting(instruction -> instruction.location().line())
                .containsExactly(5, 7);
    }

    @Test
    void aTemplateLineThatEndsAnInstructionDoesNotSwallowTheNextOne() {
        List<Instruction> instructions = instructions("RUN a \\\n  {{ .More }}\nUSER b\n");

        assertThat(instructions).hasSize(2);
        assertThat(((Instruction.User) instructions.get(1)).user().text()).isEqualTo("b");
    }

    @Test
    void anUnreadableFromStillBeginsAStage() {
        Dockerfile file = parse("FROM a b\nUSER c\n");

        assertThat(file.problems()).hasSize(1);
        assertThat(file.stages().get(0).from().image().text()).isEqualTo("a");
        assertThat(file.stages().get(0).instructions()).hasSize(1);
    }

    @Test
    void readingContinuesAfterAProblem() {
        Dockerfile file = parse("FROM a\nUSER\nVOLUME /v\n");

        assertThat(file.problems()).hasSize(1);
        assertThat(file.stages().get(0).instructions()).hasSize(1).first().isInstanceOf(Instruction.Volume.class);
    }

    @Test
    void aTriggerThatIsNotAnInstructionIsUnknown() {
        Instruction.Onbuild onbuild = only(Instruction.Onbuild.class, "ONBUILD VOLUMES /a\n");

        assertThat(onbuild.trigger())
                .isInstanceOfSatisfying(
                        Instruction.Unknown.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo("unknown instruction `VOLUMES`"));
    }

    @Test
    void theFrontendIsRecorded() {
        assertThat(parse("# syntax=docker/dockerfile:1 x\nFROM a\n").frontend()).contains("docker/dockerfile:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker/dockerfile",
                "docker/dockerfile:1-labs",
                "docker.io/docker/dockerfile:1.7@sha256:0123",
                "docker/dockerfile-upstream:master-labs",
                "mirror.example.org:5000/hub/docker/dockerfile:1"
            })
    void buildkitsOwnFrontendHasTheKnownGrammar(String frontend) {
        Dockerfile file = parse("# syntax=" + frontend + "\nFROM a\nVOLUMES /a\n");

        assertThat(file.hasKnownGrammar()).isTrue();
        assertThat(file.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example/frontend", "notdocker/dockerfile:1", "docker/dockerfiles", "docker/other:1"})
    void instructionsOfAnUnknownFrontendAreUnknown(String frontend) {
        Dockerfile file = parse("# syntax=" + frontend + "\nFROM a\nINCLUDE b\nVOLUME /a\nUSER\n");

        assertThat(file.hasKnownGrammar()).isFalse();
        assertThat(file.problems()).isEmpty();
        List<Instruction> instructions = file.stages().get(0).instructions();
        assertThat(instructions).hasSize(3);
        assertThat(instructions.get(0))
                .isInstanceOfSatisfying(
                        Instruction.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .isEqualTo("the grammar of the frontend " + frontend + " is not known"));
        assertThat(instructions.get(1)).isInstanceOf(Instruction.Volume.class);
    }

    @Test
    void aFileForAnotherFrontendNeedsNoFrom() {
        assertThat(parse("# syntax=example/frontend\nUSER a\n").problems()).isEmpty();
        assertThat(parse("# syntax=example/frontend\nsteps:\n- a\n").problems()).isEmpty();
    }

    @Test
    void anArrayElementIsLocatedWithoutItsQuotes() {
        Instruction.Volume volume = only(Instruction.Volume.class, "VOLUME [ \"/a\", \"/b\\u002fc\" ]\n");

        assertThat(texts(volume.paths())).containsExactly("/a", "/b/c");
        assertThat(volume.paths().get(0).location().column()).isEqualTo(11);
        assertThat(volume.paths().get(0).location().endColumn()).isEqualTo(13);
        assertThat(volume.paths().get(1).location().endColumn()).isEqualTo(26);
    }

    @Test
    void aTooLongLineIsReportedAtItsLocation() {
        Problem problem = firstProblem("FROM a\nRUN " + "x".repeat(70_000) + "\nUSER b\n");

        assertThat(problem.location().line()).isEqualTo(2);
        assertThat(problem.message()).isEqualTo("this line is longer than 65,535 bytes, and BuildKit reads no further");
    }

    @Test
    void whatIsMountedOfTheContextIsKnown() {
        assertThat(parse("""
                        FROM a AS b
                        RUN --mount=type=cache,target=/c --mount=type=bind,source=requirements.txt,target=/r pip
                        RUN --mount=target=/p,src=package.json,type=bind --mount=type=bind,target=/all npm ci
                        # RUN --mount=type=bind,source=comment,target=/x
                        FROM a
                        RUN --mount=type=bind,from=b,source=/other,target=/o cp
                        """).mounted()).containsExactly("requirements.txt", "package.json");
    }
}
