// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import java.util.Locale;

/** The name of a stage, after {@code AS}. */
final class StageName {

    private StageName() {}

    static boolean isValid(String name) {
        return lowerCase(name).matches("[a-z][a-z0-9_.-]*");
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
