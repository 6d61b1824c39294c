// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.JsonArray;
import io.github.readonlyrootfs.dockerfile.text.Whitespace;
import java.util.Locale;
import java.util.Optional;

/** Reads HEALTHCHECK. */
final class HealthcheckReader {

    private HealthcheckReader() {}

    static Instruction read(Statement statement) throws RejectedInstruction {
        JoinedText arguments = statement.arguments();
        if (arguments.isEmpty()) {
            throw InstructionReader.missing(statement, Keyword.HEALTHCHECK, "CMD and a command, or NONE");
        }
        int typeEnd = 0;
        while (typeEnd < arguments.length() && !Whitespace.isBlank(arguments.charAt(typeEnd))) {
            typeEnd++;
        }
        int start = typeEnd;
        while (start < arguments.length() && Whitespace.isBlank(arguments.charAt(start))) {
            start++;
        }
        JoinedText type = arguments.slice(0, typeEnd);
        JoinedText rest = arguments.slice(start, arguments.length());
        JsonArray json = JsonArray.read(rest);
        if (json instanceof JsonArray.Mixed) {
            throw RejectedInstruction.mixedArray(rest);
        }
        return new Instruction.Healthcheck(statement.location(), command(statement, type, rest, json));
    }

    private static Optional<Instruction.Command> command(
            Statement statement, JoinedText type, JoinedText rest, JsonArray json) throws RejectedInstruction {
        boolean none =
                json instanceof JsonArray.Strings strings ? strings.elements().isEmpty() : rest.isEmpty();
        if (type.text().toUpperCase(Locale.ROOT).equals("NONE")) {
            if (!none) {
                throw RejectedInstruction.meaning(
                        rest.location(), "HEALTHCHECK NONE takes no arguments", "remove them");
            }
            return Optional.empty();
        }
        Flags.read(statement, Keyword.HEALTHCHECK);
        if (!type.text().toUpperCase(Locale.ROOT).equals("CMD")) {
            throw RejectedInstruction.meaning(
                    type.location(),
                    "HEALTHCHECK is followed by neither CMD nor NONE",
                    "write HEALTHCHECK CMD command");
        }
        if (none) {
            throw RejectedInstruction.meaning(
                    statement.location(), "HEALTHCHECK CMD has no command", "write one after CMD");
        }
        return Optional.of(
                json instanceof JsonArray.Strings strings
                        ? new Instruction.Command.Exec(strings.elements())
                        : new Instruction.Command.ShellForm(rest));
    }
}
