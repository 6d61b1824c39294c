// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.runtime.ContainerUser;

/** A container's user in words. */
public final class UserText {

    private UserText() {}

    /** {@code user node (uid 1000)}, with the reason if it is unknown. */
    public static String of(ContainerUser user) {
        return user.shortly()
                + user.unknownBecause()
                        .map(reason -> " (unknown: " + ReasonText.of(reason) + ")")
                        .orElse("");
    }
}
