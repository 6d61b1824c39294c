// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import org.jspecify.annotations.Nullable;

/** An {@code <ignore>} among {@code <ignores>}. Maven sets the fields. */
public final class IgnoreEntry {
    @Nullable
    String rule;

    @Nullable
    String container;

    @Nullable
    String path;

    @Nullable
    String reason;
}
