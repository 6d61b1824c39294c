package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.source.ContainerPath;
import org.junit.jupiter.api.Test;

class RelativeVolumeTest {

    private final RelativeVolume rule = new RelativeVolume();

    @Test
    void aRelativeVolumeIsAWarningThatNamesWhereItIsMounted() {
        assertThat(task().container("app", app -> app.built().workdir("/app", 2).imageVolume("cache", 3))
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                inDockerfile(3),
                                "VOLUME cache is mounted at /cache, whatever WORKDIR says: a VOLUME is relative to /",
                                "write `/app/cache` instead of `cache` in line 3, if that is meant")
                        .at(ContainerPath.of("/cache"))
                        .about("cache"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void anArrayInSingleQuotesIsNoArray() {
        assertThat(task().container(
                                "app", app -> app.built().imageVolume("[/a,", 3).imageVolume("/b]", 3))
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                inDockerfile(3),
                                "VOLUME [/a, is mounted at /[/a,: this is not a JSON array, "
                                        + "so its brackets are taken for parts of paths",
                                "write `VOLUME [\"/a\", \"/b\"]` in line 3")
                        .at(ContainerPath.of("/[/a,"))
                        .about("[/a,"));
    }

    @Test
    void theWholeArrayMayBeOneWord() {
        assertThat(task().container(
                                "app",
                                app -> app.built()
                                        .imageVolume("/x", 2)
                                        .imageVolume("[/a,/b]", 3)
                                        .imageVolume("/y", 4))
                        .findings(rule))
                .extracting(Finding::help)
                .containsExactly("write `VOLUME [\"/a\", \"/b\"]` in line 3");
    }

    @Test
    void anArrayWithoutAnEndGoesNoFurtherThanToTheNextOne() {
        assertThat(task().container(
                                "app",
                                app -> app.built()
                                        .imageVolume("[/a,", 2)
                                        .imageVolume("/b", 2)
                                        .imageVolume("[/c]", 3))
                        .findings(rule))
                .extracting(Finding::help)
                .containsExactly("write `VOLUME [\"/a\", \"/b\"]` in line 2", "write `VOLUME [\"/c\"]` in line 3");
    }

    @Test
    void aCommentBehindAnArrayMakesPathsOfAllOfIt() {
        assertThat(task().container(
                                "app",
                                app -> app.built()
                                        .imageVolume("[/a,", 3)
                                        .imageVolume("/b]", 3)
                                        .imageVolume("#", 3)
                                        .imageVolume("cache", 3)
                                        .imageVolume("data", 4))
                        .findings(rule))
                .extracting(Finding::message, Finding::help)
                .containsExactlyInAnyOrder(
                        tuple(
                                "VOLUME # is mounted at /#: a comment cannot stand behind an instruction, "
                                        + "so its words are taken for paths",
                                "put the comment on a line of its own"),
                        tuple(
                                "VOLUME [/a, is mounted at /[/a,: this is not a JSON array, "
                                        + "so its brackets are taken for parts of paths",
                                "write `VOLUME [\"/a\", \"/b\"]` in line 3"),
                        tuple(
                                "VOLUME data is mounted at /data, whatever WORKDIR says: a VOLUME is relative to /",
                                "write `/data` instead of `data` in line 4, if that is meant"));
    }

    @Test
    void whatFollowsTheBracketWithoutABlankIsNoPartOfThePath() {
        assertThat(task().container("app", app -> app.built().imageVolume("[/a,/b]#", 3))
                        .findings(rule))
                .extracting(Finding::help)
                .containsExactly("write `VOLUME [\"/a\", \"/b\"]` in line 3");
    }

    @Test
    void absoluteOnesAreFineAndThoseOfTheBaseImageAreNotTheProjects() {
        assertThat(task().container(
                                "app",
                                app -> app.built().imageVolume("/cache", 3).inheritedVolume("data"))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void onWindowsPathsLookDifferent() {
        assertThat(task().windows()
                        .container("app", app -> app.built().imageVolume("C:data", 3))
                        .findings(rule))
                .isEmpty();
    }
}
