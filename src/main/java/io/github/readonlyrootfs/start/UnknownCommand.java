// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.program.Operation.Reason;
import io.github.readonlyrootfs.source.Location;

/**
 * A command of a start whose effect on files is not known, or not wholly: it may write anywhere. Each is a gap of the container
 * unless something else tells what the program writes: the catalogue (a server of a published image), the application's own code,
 * or the person who declares it. The program that the container ends in is among them; scripts that cannot be read are not, since
 * {@link StartCommand#gaps} has them.
 *
 * @param reason {@code PROGRAM}: {@code programs.txt} has no row for it, such as an own binary. {@code OPTION}: its row lacks the
 *     option or verb. {@code CODE}: it runs code or reads a script that is not followed, such as {@code node server.js}
 * @param program its name without the directory
 * @param word the program, option or verb that is not known
 * @param certain whether it runs whenever the container starts
 * @param location of the word
 */
public record UnknownCommand(Reason reason, String program, String word, boolean certain, Location location) {

    /** Whether nothing is known of a program of this name, such as one that the project compiles. */
    public boolean isOfUnknownProgram() {
        return reason == Reason.PROGRAM;
    }
}
