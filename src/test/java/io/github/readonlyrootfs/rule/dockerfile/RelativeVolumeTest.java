// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.DOCKERFILE;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RelativeVolumeTest {

    private final RelativeVolume rule = new RelativeVolume();

    /** A task whose image is built from a Dockerfile with VOLUMEs on these lines. */
    private static CheckedTaskFixture built(
            String dockerfile, Consumer<CheckedTaskFixture.Container> with, int... lines) {
        return task().source(DOCKERFILE, dockerfile).container("app", app -> {
            for (int line : lines) {
                app.step("VOLUME", line, 0, Value.absent());
            }
            with.accept(app);
        });
    }

    @Test
    void aRelativeVolumeIsAWarningThatNamesWhereItIsMounted() {
        assertThat(built(
                                "FROM alpine\nWORKDIR /app\nVOLUME cache\n",
                                app -> app.workdir("/app", 2).imageVolume("cache", 3),
                                3)
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                word("cache", 3),
                                "VOLUME cache is mounted at /cache: a VOLUME is relative to /, not to WORKDIR",
                                "if /app/cache is intended, write `/app/cache` instead of `cache` in line 3")
                        .at(ContainerPath.of("/cache"))
                        .about("cache"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aWindowsPathInALinuxTaskIsNotConvertedToALinuxPath() {
        assertThat(built("FROM windows\n\nVOLUME C:\\data\n", app -> app.imageVolume("C:\\data", 3), 3)
                        .findings(rule))
                .extracting(Finding::message, found -> found.remedy().edits())
                .containsExactly(tuple(
                        "VOLUME C:\\data is mounted at /C:\\data: this is a path of Windows, and the task is for Linux",
                        List.of()));
    }

    @Test
    void anArrayInSingleQuotesIsReadAsWords() {
        assertThat(built(
                                "FROM alpine\n\nVOLUME ['/a', '/b']\n",
                                app -> app.imageVolume("[/a,", 3).imageVolume("/b]", 3),
                                3)
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                word("[/a,", 3),
                                "VOLUME [/a, is mounted at /[/a,: this is not a JSON array, "
                                        + "so its brackets become part of the paths",
                                "write `VOLUME [\"/a\", \"/b\"]` in line 3")
                        .at(ContainerPath.of("/[/a,"))
                        .about("[/a,"));
    }

    @Test
    void theWholeArrayMayBeOneWord() {
        assertThat(built(
                                "FROM alpine\nVOLUME /x\nVOLUME ['/a','/b']\nVOLUME /y\n",
                                app -> app.imageVolume("/x", 2)
                                        .imageVolume("[/a,/b]", 3)
                                        .imageVolume("/y", 4),
                                2,
                                3,
                                4)
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("write `VOLUME [\"/a\", \"/b\"]` in line 3");
    }

    @Test
    void anUnclosedArrayEndsAtTheNextOne() {
        assertThat(built(
                                "FROM alpine\nVOLUME ['/a', '/b'\nVOLUME ['/c']\n",
                                app -> app.imageVolume("[/a,", 2)
                                        .imageVolume("/b", 2)
                                        .imageVolume("[/c]", 3),
                                2,
                                3)
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("write `VOLUME [\"/a\", \"/b\"]` in line 2", "write `VOLUME [\"/c\"]` in line 3");
    }

    @Test
    void anArrayFollowedByACommentIsReadAsWords() {
        assertThat(built(
                                "FROM alpine\n\nVOLUME ['/a', '/b'] # cache\nVOLUME data\n",
                                app -> app.imageVolume("[/a,", 3)
                                        .imageVolume("/b]", 3)
                                        .imageVolume("#", 3)
                                        .imageVolume("cache", 3)
                                        .imageVolume("data", 4),
                                3,
                                4)
                        .findings(rule))
                .extracting(Finding::message, CheckedTaskFixture::help)
                .containsExactlyInAnyOrder(
                        tuple(
                                "VOLUME # is mounted at /#: an instruction cannot be followed by a comment, "
                                        + "so its words become paths",
                                "put the comment on its own line"),
                        tuple(
                                "VOLUME [/a, is mounted at /[/a,: this is not a JSON array, "
                                        + "so its brackets become part of the paths",
                                "write `VOLUME [\"/a\", \"/b\"]` in line 3"),
                        tuple(
                                "VOLUME data is mounted at /data: a VOLUME is relative to /, not to WORKDIR",
                                "if /data is intended, write `/data` instead of `data` in line 4"));
    }

    @Test
    void textRightAfterTheBracketIsNotPartOfThePath() {
        assertThat(built("FROM alpine\n\nVOLUME ['/a','/b']#\n", app -> app.imageVolume("[/a,/b]#", 3), 3)
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("write `VOLUME [\"/a\", \"/b\"]` in line 3");
    }

    @Test
    void absoluteVolumesAndVolumesOfTheBaseImageAreNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.built().imageVolume("/cache", 3).inheritedVolume("data"))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void windowsPathsAreNotReportedForWindows() {
        assertThat(task().windows()
                        .container("app", app -> app.built().imageVolume("C:data", 3))
                        .findings(rule))
                .isEmpty();
    }
}
