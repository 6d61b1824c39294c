// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.TASK_DEFINITION;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
                                        + "an attacker in the container could modify or add programs",
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
                                        + "an attacker in the container could modify or add programs",
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
