// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> NAMES = List.of("mountPoints", "volumesFrom", "user", "ulimits", "skip", "FROM");

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource(textBlock = """
            user,         user
            USER,         user
            mount-points, mountPoints
            mount_points, mountPoints
            mountpoint,   mountPoints
            mountPionts,  mountPoints
            volumeFrom,   volumesFrom
            usr,          user
            uesr,         user
            form,         FROM
            ulimit,       ulimits
            """)
    void aTypingErrorFindsTheIntendedName(String written, String meant) {
        assertThat(NearestName.of(written, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"image", "up", "x", "''", "essential", "mount"})
    void anotherWordFindsNothing(String written) {
        assertThat(NearestName.of(written, NAMES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"djang, django-app", "Django-a, django-app", "wokrer, worker", "dj,", "app,", "proxy,"})
    void theOnlyNameThatBeginsWithAnotherIsNear(String written, String meant) {
        assertThat(NearestName.orLonger(
                        written, List.of("django-app", "worker", "proxy-one", "proxy-two", "django-app")))
                .isEqualTo(Optional.ofNullable(meant));
    }

    @Test
    void aNameWithTheSameLettersWinsOverASimilarName() {
        assertThat(NearestName.of("User", List.of("users", "user"))).contains("user");
    }

    @Test
    void theFirstOfEquallySimilarNamesIsUsed() {
        assertThat(NearestName.of("cat", List.of("car", "can"))).contains("car");
    }

    @Test
    void namesWithTheSameLettersMayDifferInCaseHyphensAndUnderscores() {
        assertThat(NearestName.sameLetters("Mount-Points", NAMES)).contains("mountPoints");
        assertThat(NearestName.sameLetters("mountPoint", NAMES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/var/cache/nginx, /var/cache/ngnix, true",
        "/var/cache/nginx, /var/cache/nginxx, true",
        "/app/Cache, /app/cache, true",
        "/opt/data/one, /opt/data/two, false",
        "/opt/data1, /opt/data2, false",
        "/tmp, /tmq, false"
    })
    void oneWrongLetterIsATypingErrorAndAnotherWordIsNot(String one, String other, boolean near) {
        assertThat(NearestName.isSlip(one, other)).isEqualTo(near);
    }
}
