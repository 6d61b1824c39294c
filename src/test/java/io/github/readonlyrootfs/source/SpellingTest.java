// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "/var/cache/nginx, /var/cache/ngnix, true",
        "/var/cache/nginx, /var/cache/nginxx, true",
        "/app/Cache, /app/cache, true",
        "/opt/data/one, /opt/data/two, false",
        "/opt/data1, /opt/data2, false",
        "/tmp, /tmq, false"
    })
    void oneSlipIsNearAndAnotherWordIsNot(String one, String other, boolean near) {
        assertThat(Spelling.isNear(one, other)).isEqualTo(near);
    }
}
