// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeChangeTest {

    private static String apply(String written, String old, boolean directory) {
        Integer mode = ModeChange.parse(written)
                .orElseThrow()
                .apply(old.equals("?") ? null : Integer.valueOf(old, 8), directory, 022);
        return mode == null ? "?" : String.format("%04o", mode);
    }

    /** The modes that GNU's chmod gives a directory. */
    @ParameterizedTest(name = "chmod {0} of a directory {1} gives {2}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "755 0700 0755",
                "7 0755 0007",
                "0755 2700 2755",
                "755 6700 6755",
                "00755 6700 0755",
                "1777 0755 1777",
                "g+w 0755 0775",
                "g+ws 0755 2775",
                "go-rx 0755 0700",
                "a+rwx 0700 0777",
                "+w 0555 0755",
                "-w 0777 0577",
                "=r 0777 0444",
                "u=rwx,go= 0755 0700",
                "go=u 1700 0777",
                "g=u 0750 0770",
                "o=g 0750 0755",
                "u+s,g+s,+t 0700 7700",
                "g-s,u=rwx 7700 5700",
                "a=rX 0700 0555",
                "u=rwX,g=rX,o= 0700 0750",
                "ug+rwX 0700 0770",
                "755 ? 0755",
                "u+w ? ?",
                "g=u ? ?",
                "a=rwx ? 0777",
                "u=rwx,g=rx,o= ? 0750",
            })
    void aChangeAppliesToADirectory(String written, String old, String expected) {
        assertThat(apply(written, old, true)).isEqualTo(expected);
    }

    @ParameterizedTest(
            name = "chmod {0} of a directory whose mode is unknown: may its owner write, {1} before, {2} after")
    @CsvSource(
            delimiter = ' ',
            value = {
                "g+rwX true true",
                "g=u true true",
                "go= true true",
                "u-w true false",
                "-w true false",
                "u=g true false",
                "u+w false false",
                "u+rwx false true",
                "g+rwX false false",
            })
    void theOwnersWriteAccessStaysKnownIfTheChangeKeepsIt(String written, boolean before, boolean after) {
        Ownership old = new Ownership(UnixId.of(1001), UnixId.ROOT, null, before);
        Ownership changed = ModeChange.parse(written).orElseThrow().apply(old, true, 022);
        assertThat(changed).isEqualTo(new Ownership(old.owner(), old.group(), null, after));
    }

    @ParameterizedTest(name = "chmod {0} of a file {1} gives {2}")
    @CsvSource(
            delimiter = ' ',
            value = {"+x 0644 0755", "a+X 0644 0644", "a+X 0744 0755", "755 6644 0755", "u+X ? ?"})
    void aChangeAppliesToAFile(String written, String old, String expected) {
        assertThat(apply(written, old, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "999", "888888", "u", "u+q", "x+r", "rwx", "u+w,", "77777"})
    void aTextThatIsNotAModeIsRejected(String written) {
        assertThat(ModeChange.parse(written)).isEmpty();
    }
}
