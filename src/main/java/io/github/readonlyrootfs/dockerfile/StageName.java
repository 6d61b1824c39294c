// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import java.util.Locale;

/** The name of a stage, after {@code AS}. */
final class StageName {

    private StageName() {}

    static boolean isValid(String name) {
        String lower = lowerCase(name);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || "0123456789-_.".indexOf(c) < 0)) {
                return false;
            }
        }
        return !lower.isEmpty();
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
