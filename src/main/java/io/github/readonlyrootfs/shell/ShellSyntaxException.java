// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell;

/** A script that the shell reader does not understand: nothing is known of what it does. */
public final class ShellSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    ShellSyntaxException(String message) {
        super(message);
    }
}
