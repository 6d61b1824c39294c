// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.source.Truth;

/** How a command ends. */
public enum Status {
    SUCCESS,
    FAILURE,
    /** It does its work in any build that anybody keeps. */
    ASSUMED_SUCCESS,
    /** It asks a question whose answer the files do not tell. */
    UNKNOWN;

    /** Of a command that answers a question. */
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
