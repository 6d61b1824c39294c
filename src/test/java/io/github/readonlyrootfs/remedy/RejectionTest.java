// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RejectionTest {

    private static final ContainerPath DATA = ContainerPath.of("/data");
    private static final ContainerPath CACHE = ContainerPath.of("/cache");

    private static final Remedy TMPFS = Remedy.of(new Change.Tmpfs("app", DATA, List.of()));

    @Test
    void anEditForANeedIsRejectedForItsContainerAndPath() {
        assertThat(forNeedOf("app", DATA).concerns(DATA, TMPFS)).isTrue();
        assertThat(forNeedOf("app", DATA).concerns(CACHE, TMPFS)).isFalse();
        assertThat(forNeedOf("other", DATA).concerns(DATA, TMPFS)).isFalse();
        assertThat(forNeedOf("app", DATA).concerns(DATA, Remedy.NONE)).isFalse();
    }

    @Test
    void aHarmfulMountIsRejectedForEveryNeed() {
        Remedy line = Remedy.of(new Change.Declare("app", CACHE), new Change.Declare("app", DATA));
        Rejection rejection = new Rejection(Optional.empty(), DATA, "no");

        assertThat(rejection.concerns(CACHE, TMPFS)).isTrue();
        assertThat(rejection.concerns(CACHE, line)).isTrue();
        assertThat(new Rejection(Optional.empty(), ContainerPath.of("/x"), "no").concerns(DATA, line))
                .isFalse();
    }

    private static Rejection forNeedOf(String container, ContainerPath path) {
        return new Rejection(Optional.of(container), path, "no");
    }
}
