// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void a_slip_of_the_pen_finds_the_name_that_was_meant(String written, String meant) {
        assertThat(NearestName.of(written, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"image", "up", "x", "''", "essential", "mount"})
    void another_word_finds_nothing(String written) {
        assertThat(NearestName.of(written, NAMES)).isEmpty();
    }

    @Test
    void a_name_with_the_same_letters_goes_before_one_that_is_merely_near() {
        assertThat(NearestName.of("User", List.of("users", "user"))).contains("user");
    }

    @Test
    void the_first_of_equally_near_names_is_taken() {
        assertThat(NearestName.of("cat", List.of("car", "can"))).contains("car");
    }

    @Test
    void only_case_hyphens_and_underscores_may_differ_among_the_same_letters() {
        assertThat(NearestName.sameLetters("Mount-Points", NAMES)).contains("mountPoints");
        assertThat(NearestName.sameLetters("mountPoint", NAMES)).isEmpty();
    }
}
