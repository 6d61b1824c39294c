// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.EditTrial.Outcome;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditTrialTest {

    private static final String DOCKERFILE =
            "FROM debian:13\nRUN mkdir /data && chown 1000 /data\nVOLUME /data\nUSER 1000\n";

    @TempDir
    Path directory;

    private Finding refused;
    private EditTrial trial;

    /** A container takes a volume from another one, whose user owns it. */
    @BeforeEach
    void check() throws Exception {
        Path dockerfile = Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        Path taskDefinition = Files.writeString(directory.resolve("taskdef.json"), """
                {"containerDefinitions": [
                  {"name": "app", "image": "a", "readonlyRootFilesystem": true},
                  {
                    "name": "reader",
                    "image": "debian:13",
                    "user": "2000",
                    "readonlyRootFilesystem": true,
                    "volumesFrom": [{"sourceContainer": "app"}]
                  }
                ]}
                """);
        CheckRequest request = new RequestBuilder(taskDefinition)
                .dockerfile(dockerfile)
                .container("app")
                .containers("reader", "/data")
                .platforms(Platform.EC2)
                .build();
        CheckResult before = ReadOnlyRootAnalysis.check(request);
        refused = before.findings().stream()
                .filter(finding -> finding.rule().equals("path-not-permitted"))
                .findFirst()
                .orElseThrow();
        trial = ReadOnlyRootAnalysis.trial(request, before);
    }

    /** The finding with edits that write a text in place of its first owner. */
    private Finding owned(String... owners) {
        SourceFile source = SourceFile.of("Dockerfile", DOCKERFILE);
        int at = DOCKERFILE.indexOf("1000");
        return refused.with(Remedy.of(Stream.of(owners)
                .map(owner -> new TextEdit(source.location(at, at + 4), owner))
                .toArray(TextEdit[]::new)));
    }

    @Test
    void anEditForOneContainerMustNotHarmAnother() throws Exception {
        Finding given = owned("2000");
        Outcome outcome = trial.of(List.of(given));

        assertThat(outcome.leaves(refused)).isFalse();
        assertThat(trial.broughtBy(outcome)).map(Finding::rule).contains("mount-not-usable");
        assertThat(trial.fixes(outcome)).isFalse();
    }

    @Test
    void aPathWhoseMountIsRemovedIsNotFixed() throws Exception {
        int at = DOCKERFILE.indexOf("VOLUME");
        SourceFile source = SourceFile.of("Dockerfile", DOCKERFILE);

        Finding unmounted =
                refused.with(Remedy.of(new TextEdit(source.location(at, at + "VOLUME".length()), "LABEL a")));

        assertThat(trial.fixes(trial.of(List.of(unmounted)))).isFalse();
    }

    @Test
    void editsThatContradictEachOtherFixNothing() throws Exception {
        assertThat(trial.fixes(trial.of(List.of(owned("1000:2000", "2000:1000")))))
                .isFalse();
    }
}
