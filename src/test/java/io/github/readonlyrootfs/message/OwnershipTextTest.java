// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnershipTextTest {

    private static String text(@Nullable UnixId owner, @Nullable UnixId group, @Nullable Integer mode) {
        return OwnershipText.of(new Ownership(owner, group, mode));
    }

    @Test
    void knownOwnersAndModesAreWrittenAsByLs() {
        assertThat(text(UnixId.ROOT, UnixId.ROOT, 0755)).isEqualTo("root:root 0755");
        assertThat(text(UnixId.of(1000), UnixId.of(1000), 01777)).isEqualTo("1000:1000 1777");
    }

    @Test
    void unknownPartsAreNamed() {
        assertThat(text(UnixId.ROOT, UnixId.ROOT, null)).isEqualTo("root:root (mode unknown)");
        assertThat(text(UnixId.ROOT, null, 0755)).isEqualTo("root 0755 (group unknown)");
        assertThat(text(UnixId.ROOT, null, null)).isEqualTo("root (group and mode unknown)");
        assertThat(text(null, UnixId.ROOT, 0755)).isEqualTo("0755 (owner unknown)");
        assertThat(text(null, null, null)).isEqualTo("of unknown owner and mode");
    }
}
