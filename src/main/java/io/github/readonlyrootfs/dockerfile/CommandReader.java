// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;

/** Reads RUN, CMD, ENTRYPOINT and SHELL. */
final class CommandReader {

    private CommandReader() {}

    static Instruction read(Statement statement, Keyword keyword, List<Instruction.Heredoc> heredocs)
            throws RejectedInstruction {
        List<Instruction.Flag> flags = Flags.read(statement, keyword);
        Location location = statement.location();
        return switch (keyword) {
            case CMD -> new Instruction.Cmd(location, command(statement));
            case ENTRYPOINT -> new Instruction.Entrypoint(location, command(statement));
            case SHELL -> new Instruction.Shell(location, shell(statement));
            default -> new Instruction.Run(location, flags, command(statement), heredocs);
        };
    }

    private static Instruction.Command command(Statement statement) {
        Optional<List<JoinedText>> elements = statement.elements();
        return elements.isPresent()
                ? new Instruction.Command.Exec(elements.get())
                : new Instruction.Command.ShellForm(statement.arguments());
    }

    private static List<JoinedText> shell(Statement statement) throws RejectedInstruction {
        Optional<List<JoinedText>> elements = statement.elements();
        if (statement.arguments().isEmpty() || elements.filter(List::isEmpty).isPresent()) {
            throw InstructionReader.missing(statement, Keyword.SHELL, "a JSON array of at least one word");
        }
        return elements.orElseThrow(() -> RejectedInstruction.meaning(
                statement.arguments().location(),
                "SHELL takes a JSON array only",
                "write it like [\"/bin/bash\", \"-c\"], with double quotes and no comma at its end"));
    }
}
