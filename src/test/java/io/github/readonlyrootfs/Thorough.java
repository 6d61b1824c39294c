// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

/**
 * How much random and combined tests try. {@code THOROUGH=true} in the environment selects everything, which takes a
 * minute longer; the continuous integration sets it.
 */
public final class Thorough {

    private Thorough() {}

    public static boolean isOn() {
        return "true".equals(System.getenv("THOROUGH"));
    }

    /** The number of rounds of a random test. */
    public static int rounds(int usually, int thoroughly) {
        return isOn() ? thoroughly : usually;
    }
}
