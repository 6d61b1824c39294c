// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LegalValuesTest {

    private final LegalValues<Integer> choices = new LegalValues<>("failOn", Map.of("error", 1));

    @Test
    void blanksAroundAValueDoNotMatter() throws Exception {
        assertThat(choices.parse(" error\n")).isEqualTo(1);
    }

    @Test
    void upperAndLowerCaseAreTheSame() throws Exception {
        assertThat(choices.parse("ERROR")).isEqualTo(1);
    }

    @Test
    void aMistypedValueIsReportedWithTheClosestMatch() {
        LegalValues<String> platforms = LegalValues.of("platforms", List.of("FARGATE", "EC2"));

        assertThatThrownBy(() -> platforms.parse("fargat"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("platforms: there is no \"fargat\"; did you mean FARGATE?");
    }

    @Test
    void theBeginningOfAValueIsMeantForIt() {
        LegalValues<String> severities = LegalValues.of("severities", List.of("error", "warning"));

        assertThatThrownBy(() -> severities.parse("warn"))
                .hasMessage("severities: there is no \"warn\"; did you mean warning?");
    }

    @Test
    void anUnknownValueIsReportedWithTheAllowedOnes() {
        assertThatThrownBy(() -> choices.parse("sometimes"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("failOn: there is no \"sometimes\"; write one of error");
    }

    @Test
    void aMissingValueIsReported() {
        assertThatThrownBy(() -> choices.parse(null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"\"");
    }
}
