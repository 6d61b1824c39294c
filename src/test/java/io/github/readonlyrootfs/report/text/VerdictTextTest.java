// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.need;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.writable;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.rule.CheckedTaskFixture.Container;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VerdictTextTest {

    private static final Mount DATA = mount("/data", Mount.Kind.IMAGE_VOLUME, Ownership.ROOT_0755, inDockerfile(2));

    private static final Access READ_ONLY =
            refused(WriteAccess.READ_ONLY, Access.Cause.NO_MOUNT, "nothing is mounted", "/data");

    private static final Access UNKNOWN =
            refused(WriteAccess.UNKNOWN, Access.Cause.UNKNOWN_OWNER, "a script decides", DATA);

    private static Consumer<Container> needing(Impact impact, Access access) {
        return app -> app.runsAs(user("app", 1000)).need(need("/data", impact)).access("/data", access);
    }

    private static Consumer<Container> with(Gap.Kind kind, Impact hides) {
        return with(kind, "/usr/local/bin/server", hides);
    }

    private static Consumer<Container> with(Gap.Kind kind, String subject, Impact hides) {
        Evidence evidence = new Evidence(Evidence.Kind.INFERRED, "the start command", Optional.of(inDockerfile(4)));
        return app -> app.gap(new Gap(kind, subject, "nobody read it", hides, evidence));
    }

    private static String verdict(Consumer<Container> app) {
        return VerdictText.of(task().container("app", app).analysis());
    }

    @Test
    void aProvenContainerWhoseFlagIsNotTrueIsNotSaidToRunWithIt() {
        assertThat(headline(app -> {})).contains("container app runs with a read-only root");
        assertThat(headline(app -> app.readOnlyRoot(unknown("${RO} has no value", 6))))
                .contains("container app runs with a read-only root");
        assertThat(headline(app -> app.readOnlyRoot(Value.absent())))
                .contains(
                        "container app can run with a read-only root (proven), but readonlyRootFilesystem is not set");
        assertThat(headline(app -> app.readOnlyRoot(known(false, 6))))
                .contains(
                        "container app can run with a read-only root (proven), but readonlyRootFilesystem is not true");
        assertThat(VerdictText.headline(task().container("app", app -> {})
                        .container("log", log -> log.readOnlyRoot(Value.absent()))
                        .analysis()))
                .contains(
                        "both containers can run with a read-only root (proven), but readonlyRootFilesystem is not set"
                                + " for log");
    }

    private static Optional<String> headline(Consumer<Container> app) {
        return VerdictText.headline(task().container("app", app).analysis());
    }

    @Test
    void aNameThatAShellWouldExpandIsQuotedInTheCommand() {
        TaskAnalysis task = task().container("${it's}", with(Gap.Kind.PROGRAM, Impact.FATAL))
                .analysis()
                .all()
                .get(0);
        assertThat(JudgedContainer.linux(task).map(VerdictText::whyNotReadOnly))
                .singleElement()
                .asString()
                .endsWith("or set it nevertheless with -Dreadonly-rootfs.fixContainers='${it'\\''s}'");
    }

    @Test
    void aContainerFailsIfAFatalNeedIsRefusedWhateverElseIsUnknown() {
        assertThat(verdict(needing(Impact.FATAL, READ_ONLY))).isEqualTo(": fails");
        assertThat(verdict(needing(Impact.FATAL, READ_ONLY).andThen(with(Gap.Kind.PROGRAM, Impact.FATAL))))
                .isEqualTo(": fails");
    }

    private static Consumer<Container> perhapsNeeding(Access access) {
        Evidence evidence = new Evidence(Evidence.Kind.INFERRED, "touch writes it", Optional.of(inDockerfile(4)));
        return app -> app.runsAs(user("app", 1000))
                .need(new Need(
                        List.of(ContainerPath.of("/data")),
                        Impact.TOLERATED,
                        false,
                        false,
                        List.of(evidence.perhaps(true))))
                .access("/data", access);
    }

    @Test
    void aContainerIsUnprovenIfItsStartMayWriteWhatItCannot() {
        assertThat(verdict(perhapsNeeding(READ_ONLY))).isEqualTo(": unproven");
        assertThat(headline(perhapsNeeding(READ_ONLY)))
                .contains(
                        "container app is unproven with a read-only root: whether it works without writing /data is unknown");
        assertThat(verdict(perhapsNeeding(writable(DATA)))).isEqualTo(": proven");
    }

    @Test
    void aContainerIsProvenIfNothingUnknownCouldBeFatal() {
        assertThat(verdict(app -> {})).isEqualTo(": proven");
        assertThat(verdict(needing(Impact.FATAL, writable(DATA)))).isEqualTo(": proven");
        assertThat(verdict(needing(Impact.FEATURE, READ_ONLY))).isEqualTo(": proven");
        assertThat(verdict(needing(Impact.FEATURE, UNKNOWN))).isEqualTo(": proven");
        assertThat(verdict(with(Gap.Kind.COMPUTED, Impact.FEATURE))).isEqualTo(": proven");
    }

    @Test
    void aPathThatTheCodeComputesIsSaidBesideWhatTheContainerCannotWrite() {
        Consumer<Container> computed = with(Gap.Kind.COMPUTED, "the path of Files.write in a.B.c", Impact.FEATURE);
        assertThat(headline(computed))
                .contains("container app runs with a read-only root, but the path of Files.write in a.B.c is unknown");
        assertThat(headline(needing(Impact.FEATURE, READ_ONLY).andThen(computed)))
                .contains("container app runs with a read-only root, but it cannot write /data, and the path of"
                        + " Files.write in a.B.c is unknown");
        assertThat(headline(with(Gap.Kind.PROGRAM, Impact.FATAL).andThen(computed)))
                .as("one thing that is unknown says enough")
                .hasValueSatisfying(line -> assertThat(line).doesNotContain("Files.write"));
        assertThat(VerdictText.headline(task().container("app", computed)
                        .container("log", log -> {})
                        .analysis()))
                .contains("both containers run with a read-only root, but in app the path of Files.write in a.B.c is"
                        + " unknown");
    }

    @Test
    void aContainerIsUnprovenIfSomethingUnknownCouldBeFatal() {
        assertThat(verdict(with(Gap.Kind.PROGRAM, Impact.FATAL))).isEqualTo(": unproven");
        assertThat(headline(with(Gap.Kind.PROGRAM, Impact.FATAL)))
                .contains(
                        "container app is unproven with a read-only root: nothing is known about what /usr/local/bin/server writes");
        assertThat(headline(needing(Impact.FATAL, UNKNOWN)))
                .contains(
                        "container app is unproven with a read-only root: whether user app (uid 1000) can write /data is unknown");
    }

    @Test
    void theFirstSentenceSaysWhichPathsOfFunctionsCannotBeWritten() {
        assertThat(headline(needing(Impact.FEATURE, READ_ONLY)))
                .contains("container app runs with a read-only root, but it cannot write /data");
        assertThat(headline(needing(Impact.FEATURE, READ_ONLY).andThen(app -> app.readOnlyRoot(Value.absent()))))
                .contains(
                        "container app can run with a read-only root (proven), but it cannot write /data, and readonlyRootFilesystem is not set");
        assertThat(headline(needing(Impact.FEATURE, READ_ONLY).andThen(with(Gap.Kind.PROGRAM, Impact.FATAL))))
                .contains(
                        "container app is unproven with a read-only root: nothing is known about what /usr/local/bin/server writes; it cannot write /data");
    }

    @Test
    void severalContainersAreCountedByVerdict() {
        CheckedTaskFixture several = task().container("one", needing(Impact.FATAL, READ_ONLY))
                .container("two", with(Gap.Kind.PROGRAM, Impact.FATAL))
                .container("three", app -> {})
                .container("four", app -> {});
        assertThat(VerdictText.of(several.analysis()))
                .isEqualTo(": 1 fails (one),"
                        + " 1 unproven (two: nothing is known about what /usr/local/bin/server writes), 2 proven");
        assertThat(VerdictText.of(task().container("one", needing(Impact.FATAL, READ_ONLY))
                        .container("two", needing(Impact.FATAL, READ_ONLY))
                        .analysis()))
                .isEqualTo(": all fail");
    }

    @Test
    void aTaskWithoutContainersHasNoVerdict() {
        assertThat(VerdictText.of(task().analysis())).isEmpty();
    }

    @Test
    void missingClassesAreNamed() {
        assertThat(VerdictText.missingClasses(task().container("app", with(Gap.Kind.NOT_BUILT, Impact.FATAL))
                        .analysis()))
                .contains("compile the project first: nothing is known about what /usr/local/bin/server writes:"
                        + " nobody read it");
        assertThat(VerdictText.missingClasses(task().container("app", app -> app.need(declared("/data")))
                        .analysis()))
                .isEmpty();
    }
}
