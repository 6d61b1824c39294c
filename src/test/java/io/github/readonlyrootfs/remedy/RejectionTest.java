// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.edit.DockerfileAddition;
import io.github.readonlyrootfs.runtime.Users;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RejectionTest {

    private static final ContainerPath DATA = ContainerPath.of("/data");
    private static final ContainerPath CACHE = ContainerPath.of("/cache");

    private static final NeedRemedy TMPFS = NeedRemedy.of(new Change.Tmpfs("app", DATA, List.of()));

    @Test
    void anEditForANeedIsRejectedForItsContainerAndPath() {
        assertThat(forNeedOf("app", DATA).concerns(DATA, TMPFS)).isTrue();
        assertThat(forNeedOf("app", DATA).concerns(CACHE, TMPFS)).isFalse();
        assertThat(forNeedOf("other", DATA).concerns(DATA, TMPFS)).isFalse();
        assertThat(forNeedOf("app", DATA).concerns(DATA, NeedRemedy.of())).isFalse();
    }

    @Test
    void aHarmfulMountIsRejectedForEveryNeed() {
        NeedRemedy line = NeedRemedy.of(
                new Change.Dockerfile("app", DockerfileAddition.declare(Users.root(), List.of(CACHE, DATA))));
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
