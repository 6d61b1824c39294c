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

    public Status negated() {
        return switch (this) {
            case SUCCESS -> FAILURE;
            case FAILURE -> SUCCESS;
            case ASSUMED_SUCCESS, UNKNOWN -> UNKNOWN;
        };
    }
}
