// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HelpTextTest {

    private static final SourceFile DOCKERFILE =
            SourceFile.of("Dockerfile", "FROM alpine\nVOLUME /data /logs\nVOLUME ['/a',\\\n  '/b']\nUSER node\n");

    private static final SourceFile YAML = SourceFile.of("taskdef.yaml", """
            containerDefinitions:
              - name: app
                image: a
                mountPoints: [{sourceVolume: v, containerPath: /v}]
            """);

    private static final SourceFile JSON = SourceFile.of(
            "taskdef.json",
            "{\"containerDefinitions\":[{\"name\":\"app\",\"user\":\"1\"},{\"name\":\"log\",\"user\":\"1\"}]}");

    private static final SourceFile POM = SourceFile.of("pom.xml", "<container>\n</container>\n");

    private static final Map<String, SourceFile> SOURCES =
            Map.of("Dockerfile", DOCKERFILE, "taskdef.yaml", YAML, "taskdef.json", JSON, "pom.xml", POM);

    /** A file that may be quoted completely. */
    private static PublicText open(SourceFile source) {
        PublicText text = new PublicText(source);
        text.show(0, source.text().length());
        return text;
    }

    /** The text for a reader at a location of the edited file. */
    private static String help(Remedy remedy) {
        String file = remedy.edits().isEmpty()
                ? "Dockerfile"
                : remedy.edits().get(0).location().file();
        return new HelpText(SOURCES, HelpTextTest::open).of(remedy, Location.of(file));
    }

    private static String help(TextEdit edit) {
        return help(Remedy.of(edit));
    }

    /** Inserts a text before another one, or replaces it. */
    private static TextEdit edit(SourceFile file, String before, String old, String text) {
        int start = file.text().indexOf(before + old);
        assertThat(start).as(before + old).isNotNegative();
        start += before.length();
        return new TextEdit(file.location(start, start + old.length()), text);
    }

    private static TextEdit insert(SourceFile file, int line, String text) {
        return new TextEdit(file.location(file.lineStart(line), file.lineStart(line)), text);
    }

    @Test
    void aLineGoesAboveAnother() {
        assertThat(help(insert(DOCKERFILE, 2, "RUN mkdir /data\n"))).isEqualTo("put `RUN mkdir /data` above line 2");
    }

    @Test
    void aLineGoesBelowTheLastOne() {
        assertThat(help(insert(DOCKERFILE, 6, "CMD [\"a\"]\n"))).isEqualTo("put `CMD [\"a\"]` below line 5");
        assertThat(help(insert(DOCKERFILE, 3, "\nUSER a\n"))).isEqualTo("put `USER a` above line 3");
    }

    @Test
    void aLineGoesBelowALastOneWithoutANewline() {
        int end = JSON.text().length();

        assertThat(help(new TextEdit(JSON.location(end, end), "\n\"a\": 1"))).isEqualTo("put `\"a\": 1` below line 1");
    }

    @Test
    void severalLinesAreShownBelowTheSentence() {
        assertThat(help(insert(DOCKERFILE, 2, "USER root\nRUN mkdir /data\n"))).isEqualTo("""
                put these lines above line 2:
                USER root
                RUN mkdir /data""");
    }

    @Test
    void significantIndentationIsKept() {
        assertThat(help(insert(YAML, 3, "    user: node\n"))).isEqualTo("""
                put this line above line 3:
                    user: node""");
    }

    @Test
    void insignificantIndentationIsOmitted() {
        assertThat(help(insert(POM, 2, "  <user>1</user>\n"))).isEqualTo("put `<user>1</user>` above line 2");
    }

    @Test
    void anInsertionWithinALineNamesTheKeyAfterIt() {
        assertThat(help(edit(YAML, "[{", "", "readOnly: true, ")))
                .isEqualTo("put `readOnly: true,` before `sourceVolume` in line 4");
    }

    @Test
    void aDuplicateKeyIsNamedWithItsColumn() {
        assertThat(help(edit(JSON, "},{", "", "\"essential\": false, ")))
                .isEqualTo("put `\"essential\": false,` before `\"name\"` in line 1, column 53");
    }

    @Test
    void anInsertionThatNoKeyFollowsNamesItsColumn() {
        assertThat(help(edit(YAML, "/v}", "", ", {sourceVolume: w}")))
                .isEqualTo("put `, {sourceVolume: w}` in line 4, column 55");
    }

    @Test
    void aNewValueOfAKeyIsDescribedAsSet() {
        assertThat(help(edit(YAML, "    ", "image: a", "image: b"))).isEqualTo("set `image: b` in line 3");
        assertThat(help(edit(JSON, "\"log\",", "\"user\":\"1\"", "\"user\": \"2\"")))
                .isEqualTo("set `\"user\": \"2\"` in line 1, column 66");
    }

    @Test
    void aNewValueOfSeveralLinesIsShownWithItsIndentation() {
        assertThat(help(edit(YAML, "    ", "image: a", "image:\n      Fn::Sub: b")))
                .isEqualTo("""
                replace line 3 with:
                    image:
                      Fn::Sub: b""");
    }

    @Test
    void aNewValueOfSeveralLinesIsShownWithTheKeyThatStays() {
        TextEdit edit =
                edit(YAML, "mountPoints:", " [{sourceVolume: v, containerPath: /v}]", "\n      - a: b\n      - c: d");

        assertThat(help(edit)).isEqualTo("""
                replace line 4 with:
                    mountPoints:
                      - a: b
                      - c: d""");
    }

    @Test
    void aWordIsWrittenInsteadOfAnother() {
        assertThat(help(edit(DOCKERFILE, "VOLUME ", "/data", "/srv")))
                .isEqualTo("write `/srv` instead of `/data` in line 2");
    }

    @Test
    void linesAreReplaced() {
        assertThat(help(edit(DOCKERFILE, "", "VOLUME /data /logs\n", "VOLUME /data\n")))
                .isEqualTo("write `VOLUME /data` in line 2");
        assertThat(help(edit(DOCKERFILE, "", "VOLUME /data /logs\n", "VOLUME /data\nVOLUME /logs\n")))
                .isEqualTo("""
                        replace line 2 with:
                        VOLUME /data
                        VOLUME /logs""");
    }

    @Test
    void linesOfAnInstructionAreReplacedTogether() {
        assertThat(help(edit(DOCKERFILE, "", "VOLUME ['/a',\\\n  '/b']\n", "VOLUME [\"/a\", \"/b\"]\n")))
                .isEqualTo("write `VOLUME [\"/a\", \"/b\"]` in lines 3 to 4");
    }

    @Test
    void wholeLinesAreRemoved() {
        assertThat(help(edit(DOCKERFILE, "", "VOLUME /data /logs\n", ""))).isEqualTo("remove line 2");
        assertThat(help(edit(DOCKERFILE, "", "VOLUME ['/a',\\\n  '/b']\n", ""))).isEqualTo("remove lines 3 to 4");
        assertThat(help(edit(DOCKERFILE, "", "USER node\n", ""))).isEqualTo("remove line 5");
    }

    @Test
    void aWordIsRemovedWithoutItsComma() {
        assertThat(help(edit(DOCKERFILE, "/data", " /logs", ""))).isEqualTo("remove `/logs` from line 2");
        assertThat(help(edit(JSON, "\"name\":\"app\"", ",\"user\":\"1\"", "")))
                .isEqualTo("remove `\"user\":\"1\"` from line 1, column 40");
    }

    @Test
    void keysOfAnObjectAreNotQuoted() {
        assertThat(help(edit(YAML, "    ", "mountPoints: [{sourceVolume: v, containerPath: /v}]", "")))
                .isEqualTo("remove `mountPoints: […]` from line 4, column 5");
        assertThat(help(edit(YAML, "[", "{sourceVolume: v, containerPath: /v}", "")))
                .isEqualTo("remove `{…}` from line 4, column 19 (`sourceVolume: v`)");
        assertThat(help(edit(JSON, "", ",{\"name\":\"log\",\"user\":\"1\"}", "")))
                .isEqualTo("remove `{…}` from line 1, column 52 (`\"name\":\"log\"`)");
    }

    @Test
    void aRemovalOfSeveralLinesIsDescribedByItsPlace() {
        assertThat(help(edit(YAML, "- ", "name: app\n    image: a\n    ", "")))
                .isEqualTo("remove the text in lines 2 to 3 from column 5 (`name: app`)");
    }

    @Test
    void aKeyBesideADashIsRemovedFromItsOwnLine() {
        assertThat(help(edit(YAML, "- ", "name: app\n    ", ""))).isEqualTo("remove `name: app` from line 2");
    }

    @Test
    void anEditOfAnotherFileNamesTheFile() {
        HelpText texts = new HelpText(SOURCES, HelpTextTest::open);
        Location reader = Location.of("taskdef.json");

        assertThat(texts.of(Remedy.of(insert(DOCKERFILE, 2, "RUN mkdir /data\n")), reader))
                .isEqualTo("put `RUN mkdir /data` above line 2 of Dockerfile");
        assertThat(texts.of(Remedy.of(edit(DOCKERFILE, "VOLUME ", "/data", "/srv")), reader))
                .isEqualTo("write `/srv` instead of `/data` in line 2 of Dockerfile");
        assertThat(texts.of(Remedy.of(edit(DOCKERFILE, "", "USER node\n", "")), reader))
                .isEqualTo("remove line 5 of Dockerfile");
    }

    @Test
    void editsAreDescribedOneAfterTheOther() {
        TextEdit volume = edit(DOCKERFILE, "VOLUME ", "/data", "/srv");
        TextEdit lines = insert(DOCKERFILE, 2, "USER root\nRUN mkdir /srv\n");

        assertThat(help(Remedy.of(volume, edit(DOCKERFILE, "", "USER node\n", ""))))
                .isEqualTo("write `/srv` instead of `/data` in line 2, and remove line 5");
        assertThat(help(Remedy.of(lines, volume))).isEqualTo("""
                put these lines above line 2:
                USER root
                RUN mkdir /srv
                and write `/srv` instead of `/data` in line 2""");
    }

    @Test
    void aNoteFollowsTheEdits() {
        TextEdit volume = edit(DOCKERFILE, "VOLUME ", "/data", "/srv");
        TextEdit lines = insert(DOCKERFILE, 2, "USER root\nRUN mkdir /srv\n");

        assertThat(help(Remedy.of(volume).noting("/data is a link")))
                .isEqualTo("write `/srv` instead of `/data` in line 2: /data is a link");
        assertThat(help(Remedy.of(lines).noting("/data is a link"))).isEqualTo("""
                put these lines above line 2:
                USER root
                RUN mkdir /srv
                note: /data is a link""");
    }

    @Test
    void adviceIsShownAloneOrBesideEdits() {
        TextEdit volume = edit(DOCKERFILE, "VOLUME ", "/data", "/srv");

        assertThat(help(Remedy.advice("keep it in S3"))).isEqualTo("keep it in S3");
        assertThat(help(Remedy.advice("keep it in S3").noting("it is lost else")))
                .isEqualTo("keep it in S3; it is lost else");
        assertThat(help(Remedy.of(volume).and(Remedy.advice("mount it at /srv"))))
                .isEqualTo("mount it at /srv, and write `/srv` instead of `/data` in line 2");
        assertThat(help(Remedy.advice("keep it in S3").and(Remedy.advice("remove it"))))
                .isEqualTo("keep it in S3, and remove it");
    }

    @Test
    void advicePrecedesTheEdits() {
        TextEdit volume = edit(DOCKERFILE, "VOLUME ", "/data", "/srv");

        assertThat(help(Remedy.of(volume).advising("if that is intended,")))
                .isEqualTo("if that is intended, write `/srv` instead of `/data` in line 2");
        assertThat(help(Remedy.advice("remove it").advising("declare it, or"))).isEqualTo("declare it, or remove it");
        assertThat(help(Remedy.of(volume).and(Remedy.advice("mount it at /srv")).advising("for a definite answer,")))
                .isEqualTo("for a definite answer, mount it at /srv, and write `/srv` instead of `/data` in line 2");
        assertThat(help(Remedy.of(volume).advising("or").advising("mount it at /srv,")))
                .isEqualTo("mount it at /srv, or write `/srv` instead of `/data` in line 2");
    }

    @Test
    void aRemedyWithoutEditNoteOrAdviceHasNoHelp() {
        assertThat(help(Remedy.NONE)).isEmpty();
    }
}
