// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads RUN, CMD, ENTRYPOINT and SHELL. */
final class CommandReader {

    private static final Set<String> NETWORKS = Set.of("default", "none", "host");
    private static final Set<String> SECURITY = Set.of("insecure", "sandbox");

    private CommandReader() {}

    static Instruction read(Statement statement, Keyword keyword, List<Instruction.Heredoc> heredocs)
            throws RejectedInstruction {
        List<Instruction.Flag> flags = Flags.read(statement, keyword);
        Location location = statement.location();
        return switch (keyword) {
            case CMD -> new Instruction.Cmd(location, command(statement));
            case ENTRYPOINT -> new Instruction.Entrypoint(location, command(statement));
            case SHELL -> new Instruction.Shell(location, shell(statement));
            default -> {
                checkRunFlags(flags);
                yield new Instruction.Run(location, flags, command(statement), heredocs);
            }
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

    private static void checkRunFlags(List<Instruction.Flag> flags) throws RejectedInstruction {
        for (Instruction.Flag flag : flags) {
            switch (flag.name()) {
                case "mount" -> MountOptions.checkMount(flag);
                case "device" -> MountOptions.checkDevice(flag);
                case "network" -> checkValue(flag, NETWORKS, "default, none or host");
                case "security" -> checkValue(flag, SECURITY, "insecure or sandbox");
                default -> throw new IllegalStateException("RUN has a flag --" + flag.name());
            }
        }
    }

    private static void checkValue(Instruction.Flag flag, Set<String> values, String expected)
            throws RejectedInstruction {
        if (!values.contains(flag.value().text())) {
            throw RejectedInstruction.meaning(
                    flag.location(), "--" + flag.name() + " does not know this value", "write " + expected);
        }
    }
}
