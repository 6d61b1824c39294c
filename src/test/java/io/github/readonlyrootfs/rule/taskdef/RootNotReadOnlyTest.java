// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.TASK_DEFINITION;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.need;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.rule.CheckedTaskFixture.Container;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootNotReadOnlyTest {

    private final RootNotReadOnly rule = new RootNotReadOnly();

    @Test
    void falseIsAnErrorAtTheValue() {
        assertThat(task().container("app", app -> app.readOnlyRoot(known(false, 6)))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(6),
                                "readonlyRootFilesystem of container app is false: "
                                        + "an attacker in the container could modify or add programs (Security Hub ECS.5)",
                                "add `\"readonlyRootFilesystem\": true` to container app")
                        .in("app"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void absentIsAnErrorAtTheContainersName() {
        assertThat(task().container("app", app -> app.readOnlyRoot(Value.absent()))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(4),
                                "readonlyRootFilesystem of container app is not set: "
                                        + "an attacker in the container could modify or add programs (Security Hub ECS.5)",
                                "add `\"readonlyRootFilesystem\": true` to container app")
                        .in("app"));
    }

    @ParameterizedTest
    @CsvSource({"'', 3, 25", "' null', 27, 31", "' ~', 27, 28"})
    void aMissingValueIsLocatedAtItsKeyAndNullAtItself(String value, int column, int endColumn, @TempDir Path directory)
            throws Exception {
        Path file = Files.writeString(
                directory.resolve("taskdef.yaml"),
                "containerDefinitions:\n- name: app\n  image: i\n  readonlyRootFilesystem:" + value + "\n");
        assertThat(new RequestBuilder(file).check().findings())
                .filteredOn(finding -> finding.rule().equals(rule.id()))
                .extracting(Finding::location)
                .containsExactly(new Location("taskdef.yaml", 4, column, 4, endColumn));
    }

    @Test
    void aMisspeltFlagIsToBeRenamed() {
        SchemaProblem misspelt = new SchemaProblem(
                SchemaProblem.Kind.UNKNOWN_FIELD,
                new Problem(
                        new Location(TASK_DEFINITION, 2, 3, 2, 27),
                        "`readOnlyRootFilesystem` is not a key of a container definition",
                        "write `readonlyRootFilesystem`",
                        Optional.of("readonlyRootFilesystem")),
                Optional.of("app"),
                Optional.of("readOnlyRootFilesystem"));
        assertThat(task().source(
                                TASK_DEFINITION,
                                "{\"containerDefinitions\": [{\"name\": \"app\",\n  \"readOnlyRootFilesystem\": true}]}\n")
                        .schemaProblem(misspelt)
                        .container("app", app -> app.readOnlyRoot(Value.absent()))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly(
                        "write `\"readonlyRootFilesystem\"` instead of `\"readOnlyRootFilesystem\"` in line 2");
    }

    @Test
    void whatIsToBeDoneBeforeTheFlagIsSaidOnce() {
        Access readOnly = refused(WriteAccess.READ_ONLY, Access.Cause.NO_MOUNT, "nothing is mounted", "/data");
        Evidence evidence = new Evidence(Evidence.Kind.INFERRED, "the start command", Optional.of(inDockerfile(4)));
        Gap gap = new Gap(Gap.Kind.PROGRAM, "/usr/local/bin/server", "nobody read it", Impact.FATAL, evidence);
        Consumer<Container> failing = app -> app.readOnlyRoot(known(false, 6))
                .runsAs(user("app", 1000))
                .need(need("/data", Impact.FATAL))
                .access("/data", readOnly);

        assertThat(help(failing))
                .isEqualTo(
                        "add `\"readonlyRootFilesystem\": true` to container app; container app fails with it until it"
                                + " can write /data");
        assertThat(help(failing.andThen(app -> app.gap(gap))))
                .isEqualTo(
                        "make /data writable and say with imageFacts or writablePaths in <containers> what container app"
                                + " writes, then add `\"readonlyRootFilesystem\": true` to container app");
        assertThat(help(app -> app.readOnlyRoot(known(false, 6))
                        .startFailure(new StartFailure(
                                new StartProblem.VolumeAtRoot(), inDockerfile(4), Optional.of(ContainerPath.ROOT)))))
                .isEqualTo("fix the other findings of container app first, then add"
                        + " `\"readonlyRootFilesystem\": true` to container app");
        assertThat(help(app -> app.readOnlyRoot(known(false, 6)).gap(gap)))
                .isEqualTo("say with imageFacts or writablePaths in <containers> what container app writes, then add"
                        + " `\"readonlyRootFilesystem\": true` to container app");
        assertThat(help(app ->
                        app.image("<IMAGE1_NAME>").readOnlyRoot(known(false, 6)).gap(gap)))
                .startsWith("name the Dockerfile of container app in <containers>, or say there with imageFacts or"
                        + " writablePaths what it writes, then add");
    }

    private String help(Consumer<Container> app) {
        return CheckedTaskFixture.help(
                task().container("app", app).findings(rule).get(0));
    }

    @Test
    void sidecarsAreCheckedToo() {
        assertThat(task().container("app", app -> {})
                        .container("init", init -> init.notEssential().readOnlyRoot(Value.absent()))
                        .findings(rule))
                .extracting(finding -> finding.container().orElseThrow())
                .containsExactly("init");
    }

    @Test
    void trueAndPlaceholdersAreNotReported() {
        assertThat(task().container("app", app -> {})
                        .container("log", log -> log.readOnlyRoot(unknown("${RO} has no value", 6)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void windowsContainersAreNotReported() {
        assertThat(task().windows()
                        .container("app", app -> app.readOnlyRoot(Value.absent()))
                        .findings(rule))
                .isEmpty();
    }
}
