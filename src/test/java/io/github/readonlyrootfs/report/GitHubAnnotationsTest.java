// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubAnnotationsTest {

    private static final Analysis TASK = TaskFixture.task(Platform.EC2, Platform.FARGATE);

    private static List<String> annotations(String prefix, Finding... findings) {
        return GitHubAnnotations.of(
                TASK,
                List.of(findings),
                new ReportSettings("1", "shop", "mvn readonly-rootfs:fix", prefix, List::of, Finding::isProblem));
    }

    private static Finding finding(Severity severity, Location location, String message, Remedy remedy) {
        return Finding.of("unused-volume", severity, location, message, remedy);
    }

    @Test
    void eachFindingIsACommandWithItsLevelAndLocation() {
        Location place = new Location("Dockerfile", 5, 8, 5, 20);
        assertThat(annotations(
                        "shop/app",
                        finding(Severity.ERROR, place, "one", Remedy.NONE),
                        finding(Severity.WARNING, new Location("../a.json", 2, 1, 4, 3), "two", Remedy.NONE),
                        finding(Severity.INFO, place, "three", Remedy.advice("do this"))))
                .containsExactly(
                        "::error file=shop/app/Dockerfile,line=5,endLine=5,col=8,endColumn=20,title=unused-volume::one",
                        "::warning file=shop/a.json,line=2,endLine=4,title=unused-volume::two",
                        "::notice file=shop/app/Dockerfile,line=5,endLine=5,col=8,endColumn=20,title=unused-volume"
                                + "::three%0Ahelp: do this");
    }

    @Test
    void suppressedFindingsAreNotAnnotated() {
        assertThat(annotations("", TaskFixture.SUPPRESSED)).isEmpty();
    }

    @Test
    void textOfAFileCannotEndACommandOrStartAnother() {
        Location place = new Location("a,b:c%.json", 1, 1, 1, 2);
        assertThat(annotations(
                        "", finding(Severity.ERROR, place, "100 %\r\n::error::x\u001b[31m", Remedy.advice("a\n::b"))))
                .singleElement()
                .asString()
                .startsWith("::error file=a%2Cb%3Ac%25.json,line=1,")
                .contains("::100 %25")
                .doesNotContain("\n", "\r", "\u001b");
    }
}
