// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.readonlyrootfs.request.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PairsTest {

    @Test
    void aPropertyMayContainSeveralPairs() throws Exception {
        assertThat(Pairs.of("buildArgs", Map.of(), "A=1, B=x=y,,C="))
                .containsExactly(entry("A", "1"), entry("B", "x=y"), entry("C", ""));
    }

    @Test
    void thePomOverridesTheProperty() throws Exception {
        assertThat(Pairs.of("buildArgs", Map.of("A", "pom"), "A=1,B=2"))
                .containsOnly(entry("A", "pom"), entry("B", "2"));
    }

    @Test
    void anEmptyElementIsAnEmptyValue() throws Exception {
        Map<String, String> elements = new HashMap<>();
        elements.put("A", null);

        assertThat(Pairs.of("buildArgs", elements, null)).containsExactly(entry("A", ""));
    }

    @Test
    void aTextWithoutAnEqualsSignIsAnError() {
        assertThatThrownBy(() -> Pairs.of("buildArgs", Map.of(), "A=1,B"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("-Dreadonly-rootfs.buildArgs: entry 2 is not NAME=VALUE; write NAME=VALUE,NAME=VALUE,"
                        + " without commas in values");
        assertThatThrownBy(() -> Pairs.of("buildArgs", Map.of(), "=1")).isInstanceOf(ConfigurationException.class);
    }
}
