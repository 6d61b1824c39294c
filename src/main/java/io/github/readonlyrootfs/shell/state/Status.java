// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.source.Truth;

/** How a command ends. */
public enum Status {
    SUCCESS,
    FAILURE,
    /** It is assumed to succeed: a build or container in which it fails is not of interest. */
    ASSUMED_SUCCESS,
    /** Whether it succeeds is unknown. */
    UNKNOWN;

    /** The status of a command that tests something. */
    public static Status of(Truth answer) {
        return switch (answer) {
            case TRUE -> SUCCESS;
            case FALSE -> FAILURE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** How two commands end that must both succeed. */
    public Status worse(Status other) {
        return rank() < other.rank() ? other : this;
    }

    private int rank() {
        return switch (this) {
            case SUCCESS -> 0;
            case ASSUMED_SUCCESS -> 1;
            case UNKNOWN -> 2;
            case FAILURE -> 3;
        };
    }

    public Status negated() {
        return switch (this) {
            case SUCCESS -> FAILURE;
            case FAILURE -> SUCCESS;
            case ASSUMED_SUCCESS, UNKNOWN -> UNKNOWN;
        };
    }
}
