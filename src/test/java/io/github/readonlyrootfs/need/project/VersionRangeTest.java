// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {

    /** Shapes of real versions. */
    private static final List<String> VERSIONS = List.of(
            "1",
            "1.0",
            "1.0.0",
            "1.0.1",
            "1.1",
            "1.9",
            "1.10",
            "1.1.10.7",
            "1.0-SNAPSHOT",
            "1.0-alpha",
            "1.0-alpha-2",
            "1.0-beta1",
            "1.0-b2",
            "1.0-M3",
            "1.0-RC1",
            "1.0.CR2",
            "1.0.RC1",
            "1.0.Final",
            "1.0.GA",
            "1.0.RELEASE",
            "1.0-sp1",
            "2.0.0-M1",
            "2.0.0.M1",
            "2",
            "3.16.3",
            "4.0.0-rc-4",
            "4.1.115.Final",
            "5.0.0.Beta1",
            "5.0.0",
            "33.4.0-jre",
            "33.4.0-android",
            "1.5.7-4",
            "1.5.7-15",
            "1.5.7",
            "20230227",
            "2.0.0.Alpha1",
            "10.1.0-M17",
            "2.3.12.RELEASE",
            "1.8.0_392",
            "3.47.1.0",
            "5.25ea16",
            "9.4.57.v20241219");

    @Test
    void versionsAreOrderedAsMavenOrdersThem() {
        for (String one : VERSIONS) {
            for (String other : VERSIONS) {
                int maven = new ComparableVersion(one).compareTo(new ComparableVersion(other));
                int ours = new ArtifactVersion(one).compareTo(new ArtifactVersion(other));
                assertThat(Integer.signum(ours)).as("%s and %s", one, other).isEqualTo(Integer.signum(maven));
            }
        }
    }

    @Test
    void versionsThatCompareAsEqualAreEqual() {
        assertThat(new ArtifactVersion("1.0.Final"))
                .isEqualTo(new ArtifactVersion("1"))
                .hasSameHashCodeAs(new ArtifactVersion("1"))
                .isNotEqualTo(new ArtifactVersion("1.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[3,5); 2.9; false",
                "[3,5); 3; true",
                "[3,5); 3.0.0-rc1; false",
                "[3,5); 4.5.11; true",
                "[3,5); 5.0.0; false",
                "[10,); 10.0.1; true",
                "[10,); 9.2; false",
                "(,4); 3.5.7; true",
                "(,4]; 4.0; true",
                "(4,5]; 4.0; false",
                "[1,2]; '' ; false",
                "(,); '' ; true"
            })
    void aRangeContainsTheVersionsBetweenItsBounds(String range, String version, boolean expected) {
        assertThat(VersionRange.parse(range).contains(version)).isEqualTo(expected);
    }

    @Test
    void anInvalidRangeIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> VersionRange.parse("3.0"));
        assertThatIllegalArgumentException().isThrownBy(() -> VersionRange.parse("[3]"));
    }
}
