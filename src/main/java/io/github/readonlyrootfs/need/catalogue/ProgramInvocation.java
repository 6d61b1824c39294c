// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.need.start.Command;
import io.github.readonlyrootfs.need.start.Environment;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/**
 * How a program is started.
 *
 * @param program where it is, if the command says so
 * @param arguments behind the program; none where the image's own start is not known
 * @param environment what the program sees, where what the image sets itself is implied
 * @param directory the one it is started in
 */
public record ProgramInvocation(
        Optional<ContainerPath> program,
        List<Argument> arguments,
        Environment environment,
        Value<ContainerPath> directory) {

    static ProgramInvocation of(Command command) {
        return new ProgramInvocation(
                command.programPath(),
                command.arguments(),
                command.environment().withKnownImage(),
                command.directory());
    }

    /** The path that an argument or a setting names; a relative one starts where the program runs. */
    Value<ContainerPath> path(Argument written) {
        return Command.path(written, directory);
    }

    /** The value of the first of these options that is given; <code>*.ini</code> is an argument that ends so. */
    Optional<Argument> option(List<String> names) {
        for (int i = 0; i < arguments.size(); i++) {
            for (String name : names) {
                String text = arguments.get(i).text();
                if (name.startsWith("*") && !text.startsWith("-") && text.endsWith(name.substring(1))) {
                    return Optional.of(arguments.get(i));
                }
                if (text.startsWith(name + "=")) {
                    return Optional.of(arguments.get(i).after(name + "="));
                }
                if (text.equals(name) && arguments.get(i).complete() && i + 1 < arguments.size()) {
                    return Optional.of(arguments.get(i + 1));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the arguments have what was looked for in them; unknown where only one that is not known may have it. */
    Truth known(boolean found) {
        return found || arguments.stream().allMatch(Argument::complete) ? Truth.of(found) : Truth.UNKNOWN;
    }
}
