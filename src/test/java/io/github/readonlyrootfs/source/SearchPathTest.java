// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchPathTest {

    @Test
    void programsAreSearchedInTheOrderOfTheDirectories() {
        SearchPath path = SearchPath.of("/opt/app/bin:/usr/bin/");

        assertThat(path.candidates("java"))
                .containsExactly(ContainerPath.of("/opt/app/bin/java"), ContainerPath.of("/usr/bin/java"));
        assertThat(path.isAbsolute()).isTrue();
    }

    @Test
    void anEmptyOrRelativeEntryDependsOnTheWorkingDirectory() {
        assertThat(SearchPath.of("/bin::/usr/bin").isAbsolute()).isFalse();
        assertThat(SearchPath.of("bin:/usr/bin").directories()).containsExactly(ContainerPath.of("/usr/bin"));
        assertThat(SearchPath.of("").candidates("java")).isEmpty();
    }
}
