// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Environment;
import java.util.List;
import java.util.Optional;

/**
 * The start of a program.
 *
 * @param program its path, if the command names it with its directory
 * @param arguments after the program; none if the image's own start is unknown
 * @param environment of the program; variables that the image itself may set are assumed to be in the catalogue
 * @param directory in which it starts
 */
public record ProgramInvocation(
        Optional<ContainerPath> program,
        List<Field> arguments,
        Environment environment,
        Value<ContainerPath> directory) {

    static ProgramInvocation of(Command command) {
        return new ProgramInvocation(
                command.programPath(),
                command.arguments(),
                command.environment().withKnownImage(),
                command.directory());
    }

    /** Whether this is the start of a command; an environment has no equals. */
    boolean isOf(Command command) {
        return program.equals(command.programPath())
                && arguments.equals(command.arguments())
                && directory.equals(command.directory());
    }

    /** The path that an argument or a setting names; a relative one starts in the program's directory. */
    Value<ContainerPath> path(Field written) {
        return written.resolve(directory);
    }

    /** The value of the first of these options; <code>*.ini</code> is an argument with this extension. */
    Optional<Field> option(List<String> names) {
        for (int i = 0; i < arguments.size(); i++) {
            for (String name : names) {
                String text = arguments.get(i).text();
                if (name.startsWith("*") && !text.startsWith("-") && text.endsWith(name.substring(1))) {
                    return Optional.of(arguments.get(i));
                }
                if (text.startsWith(name + "=")) {
                    return Optional.of(arguments.get(i).from(name.length() + 1));
                }
                if (text.equals(name) && arguments.get(i).known() && i + 1 < arguments.size()) {
                    return Optional.of(arguments.get(i + 1));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a search in the arguments succeeded; unknown if only an incomplete argument may match. */
    Truth known(boolean found) {
        if (!found) {
            for (Field argument : arguments) {
                if (!argument.known()) {
                    return Truth.UNKNOWN;
                }
            }
        }
        return Truth.of(found);
    }
}
