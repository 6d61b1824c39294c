// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need.Impact;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeedsUnknownTest {

    private final NeedsUnknown rule = new NeedsUnknown();

    private static Evidence evidence(Evidence.Kind kind) {
        return new Evidence(kind, "the start command", Optional.of(inDockerfile(4)), Optional.of("program"));
    }

    private static Gap gap(Gap.Kind kind, String subject, String reason, Impact hides) {
        return new Gap(kind, subject, reason, hides, evidence(Evidence.Kind.INFERRED));
    }

    private static final Gap SERVER =
            gap(Gap.Kind.PROGRAM, "/usr/local/bin/server", "this check does not know the program", Impact.FATAL);

    private static final Gap UPLOAD =
            gap(Gap.Kind.COMPUTED, "the path of Files.write", "the code computes it", Impact.FEATURE);

    @Test
    void anUnknownProgramOfTheProjectIsAWarningThatSaysHowToCloseTheGap() {
        assertThat(task().container("app", app -> app.built().gap(SERVER)).findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.location()).isEqualTo(inDockerfile(4));
                    assertThat(finding.message())
                            .isEqualTo("container app may fail with a read-only root: nothing is known about what"
                                    + " /usr/local/bin/server writes: this check does not know the program");
                    assertThat(help(finding))
                            .isEqualTo(
                                    "declare in writablePaths what the container writes, or `none` if it writes nothing");
                });
    }

    @Test
    void aKnownWriteWhosePlaceMayBeSetIsNoReasonToDeclareNone() {
        Gap cache = gap(Gap.Kind.PLACE, "/var/cache/nginx", "the build changes /etc/nginx/nginx.conf", Impact.FATAL);
        Gap pid = gap(Gap.Kind.PLACE, "/run/nginx.pid", "the build changes /etc/nginx/nginx.conf", Impact.FATAL);
        assertThat(task().container("app", app -> app.built().gap(cache).gap(pid))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .endsWith("whether /var/cache/nginx, /run/nginx.pid or another path is written is unknown:"
                                + " the build changes /etc/nginx/nginx.conf"));
        assertThat(task().container("app", app -> app.built().gap(cache)).findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .endsWith("whether /var/cache/nginx or another path is written is unknown:"
                                    + " the build changes /etc/nginx/nginx.conf");
                    assertThat(help(finding)).isEqualTo("declare in writablePaths what the container writes");
                });
    }

    @Test
    void aContainerHasOneFindingThatListsTheGaps() {
        Gap library = gap(Gap.Kind.LIBRARY, "`g:a:1`", "the build could not resolve it", Impact.FATAL);
        assertThat(task().container(
                                "app",
                                app -> app.built().gap(UPLOAD).gap(SERVER).gap(library))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.related())
                            .extracting(Finding.Related::text)
                            .containsExactly(
                                    "nothing is known about what `g:a:1` writes: the build could not resolve it");
                    assertThat(help(finding))
                            .startsWith(
                                    "let Maven download the dependencies (without -o), and declare in writablePaths");
                });
    }

    @Test
    void containersThatLackTheSameAreOneFinding() {
        assertThat(task().container("web", app -> app.built().gap(SERVER))
                        .container("other", app -> app.built().gap(UPLOAD))
                        .container("worker", app -> app.built().gap(SERVER))
                        .findings(rule))
                .filteredOn(finding -> !finding.containers().contains("other"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.containers()).containsExactly("web", "worker");
                    assertThat(finding.message())
                            .startsWith("containers web, worker may fail with a read-only root: nothing is known");
                });
    }

    @Test
    void whatCanOnlyCostAFunctionIsAnInfo() {
        Gap jars = gap(Gap.Kind.WRITES, "module shop", "the code computes the paths", Impact.FEATURE);
        assertThat(task().container("app", app -> app.built().gap(jars)).findings(rule))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
    }

    @Test
    void whatTheProjectsOwnCodeWritesSomewhereIsAWarning() {
        assertThat(task().container("app", app -> app.built().gap(UPLOAD)).findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.message())
                            .isEqualTo(
                                    "container app may lose a function with a read-only root: the path of Files.write"
                                            + " is unknown: the code computes it");
                });
    }

    @Test
    void unknownPublishedImagesAreOneInfo() {
        Gap agent = gap(Gap.Kind.IMAGE, "image example/agent:1", "what it runs is not known", Impact.FATAL);
        assertThat(task().container("one", it -> it.gap(agent))
                        .container("other", it -> it.gap(agent))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                    assertThat(finding.containers()).containsExactly("one", "other");
                    assertThat(finding.message())
                            .isEqualTo(
                                    "containers one, other may fail with a read-only root: nothing is known about what"
                                            + " their images write");
                    assertThat(help(finding)).startsWith("describe the image with imageFacts; or declare");
                });
    }

    @Test
    void aDeclaredPathWhosePlaceIsUnknownIsNotAnUnknownNeed() {
        Gap home = Gap.place(
                "~/.cache",
                "its home is not known",
                Impact.FATAL,
                new Evidence(Evidence.Kind.DECLARED, "<writablePaths>", Optional.of(at(9))));
        assertThat(task().container("app", app -> app.built().gap(home)).findings(rule))
                .isEmpty();
    }
}
