// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriedRemediesTest {

    private static final String FAILED = "no edit could be tried: the plugin failed with "
            + "ArrayIndexOutOfBoundsException; this is a bug of the plugin: report it, with a file that shows it";

    @TempDir
    Path directory;

    private CheckRequest request;
    private CheckResult found;

    @BeforeEach
    void check() throws Exception {
        request = new RequestBuilder(Files.writeString(
                        directory.resolve("taskdef.json"),
                        "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"debian:13\"}]}\n"))
                .build();
        found = ReadOnlyRootAnalysis.judge(request);
    }

    /** A finding whose edit is beyond the end of the file. */
    private static Finding broken(int number) {
        Location nowhere = new Location("taskdef.json", 99, 1, 99, 2);
        return Finding.of(
                "wrong-type",
                Severity.ERROR,
                Location.of("taskdef.json"),
                "broken " + number,
                Remedy.of(new TextEdit(nowhere, "x")));
    }

    private List<Finding> tried(int broken) {
        List<Finding> findings = new ArrayList<>(found.findings());
        for (int i = 0; i < broken; i++) {
            findings.add(broken(i));
        }
        CheckResult result = new CheckResult(found.tasks(), findings);
        return new TriedRemedies(request, 0, rejected -> result, ReadOnlyRootAnalysis::judge)
                .result()
                .findings();
    }

    @Test
    void anEditWhoseTrialFailsBecomesAdviceAndTheOthersAreOffered() {
        List<Finding> tried = tried(1);

        assertThat(tried).hasSize(found.findings().size() + 1);
        assertThat(tried)
                .filteredOn(finding -> finding.rule().equals("wrong-type"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.remedy().edits()).isEmpty();
                    assertThat(finding.remedy().advice()).contains(FAILED);
                });
        assertThat(tried)
                .filteredOn(finding -> finding.rule().equals("root-not-read-only"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.remedy().isApplicable()).isTrue());
    }

    @Test
    void tooManyEditsToTryEachBecomeAdviceAndNoFindingIsLost() {
        assertThat(tried(50)).hasSize(found.findings().size() + 50).allSatisfy(finding -> {
            assertThat(finding.remedy().edits()).isEmpty();
            assertThat(finding.remedy().advice()).contains(FAILED);
        });
    }

    @Test
    void anEditThatWouldStopTheCheckHidesNoFinding() throws Exception {
        String text = Files.readString(directory.resolve("taskdef.json"));
        request = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(Files.writeString(directory.resolve("Dockerfile"), "FROM debian:13\n"))
                .container("app")
                .build();
        int name = text.indexOf("app");
        TextEdit renamed = new TextEdit(SourceFile.of("taskdef.json", text).location(name, name + 3), "other");
        CheckResult before = ReadOnlyRootAnalysis.judge(request);
        CheckResult result = new CheckResult(
                before.tasks(),
                before.findings().stream()
                        .map(finding -> finding.with(Remedy.of(renamed)))
                        .toList());

        assertThat(new TriedRemedies(request, 0, rejected -> result, ReadOnlyRootAnalysis::judge)
                        .result()
                        .findings())
                .hasSameSizeAs(before.findings())
                .extracting(finding -> finding.remedy().advice().orElse(""))
                .allSatisfy(advice -> assertThat(advice)
                        .startsWith("decide by hand: an edit was tried, but with it the check would stop: "));
    }
}
