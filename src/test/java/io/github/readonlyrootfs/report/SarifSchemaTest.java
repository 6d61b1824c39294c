// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SARIF's own schema. */
class SarifSchemaTest {

    private static final ReportSettings SETTINGS = new ReportSettings(
            "1.2.3",
            "shop",
            "mvn readonly-rootfs:fix",
            "services/app",
            () -> RuleDescription.allBut(Set.of()),
            Finding::isProblem);

    private static List<Error> errors(String sarif) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(JsonReportTest.golden("schema/sarif-2.1.0-rtm.5.json"), InputFormat.JSON);
        return schema.validate(sarif, InputFormat.JSON);
    }

    private static String report(Analysis task, Finding... findings) {
        return ReportTexts.text(ReportFormat.SARIF, task, List.of(findings), SETTINGS);
    }

    @Test
    void everyShapeOfAReportIsValid() throws IOException {
        Analysis task = TaskFixture.task(Platform.EC2, Platform.FARGATE);
        Finding hostile = TaskFixture.finding(
                "x", Severity.INFO, Location.of("a b/<täsk>%.json"), "a \u0000\u001b\uFFFE\uD800 {0} [b](c)", "");

        assertThat(errors(report(task))).isEmpty();
        assertThat(errors(report(task, TaskFixture.shareFinding(), TaskFixture.SUPPRESSED, hostile)))
                .isEmpty();
        assertThat(errors(report(TaskFixture.webAndWorker(), TaskFixture.inWorker(), TaskFixture.shareFinding())))
                .isEmpty();
        assertThat(errors(report(TaskFixture.unreadableTask()))).isEmpty();
    }

    @Test
    void theSchemaRejectsInvalidReports() throws IOException {
        String sarif = report(TaskFixture.task(Platform.FARGATE), TaskFixture.shareFinding());

        assertThat(errors(sarif.replace("\"startLine\": 5", "\"startLine\": 0")))
                .isNotEmpty();
        assertThat(errors(sarif.replace("\"level\": \"error\"", "\"level\": \"bad\"")))
                .isNotEmpty();
        assertThat(errors(sarif.replace("\"ruleIndex\"", "\"ruleNumber\""))).isNotEmpty();
    }
}
