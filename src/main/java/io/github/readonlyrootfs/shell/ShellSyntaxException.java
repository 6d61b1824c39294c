// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell;

/** A script cannot be parsed, so what it does is unknown. */
public final class ShellSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    ShellSyntaxException(String message) {
        super(message);
    }
}
