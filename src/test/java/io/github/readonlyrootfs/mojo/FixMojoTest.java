// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixMojoTest {

    /** Such as that of a container without a locale. */
    @Test
    void aDiffHasTheCharactersOfTheFileOnAStreamOfOthers() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        FixMojo.print(
                List.of(" # f\u00FCr \u65E5\u672C", "+VOLUME /tmp\r"),
                new PrintStream(bytes, true, StandardCharsets.US_ASCII));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(" # f\u00FCr \u65E5\u672C\n+VOLUME /tmp\r\n");
    }
}
