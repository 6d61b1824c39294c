// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

/**
 * How much random and combined tests try. {@code THOROUGH=true} in the environment asks for everything, which takes a minute longer and is what
 * the continuous integration does.
 */
public final class Thorough {

    private Thorough() {}

    public static boolean isOn() {
        return "true".equals(System.getenv("THOROUGH"));
    }

    /** How many rounds a random test makes. */
    public static int rounds(int usually, int thoroughly) {
        return isOn() ? thoroughly : usually;
    }
}
