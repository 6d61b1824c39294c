// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Effect;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program that a container runs with its arguments, without the shells, scripts and wrappers around it.
 *
 * @param words the program and its arguments; never empty, and the program is known
 * @param environment of the program
 * @param directory in which it starts
 * @param certain whether it runs whenever the container starts; false if a condition decides
 * @param ending how its failure ends the container's start, because it is the main command or the shell stops at errors; empty if
 *     the start goes on
 * @param writer the user that runs it
 * @param location of the command in the script that runs it
 * @param writes what it writes
 */
public record Command(
        List<Field> words,
        Environment environment,
        Value<ContainerPath> directory,
        boolean certain,
        Optional<StartRecord.Ending> ending,
        Writer writer,
        Location location,
        List<Write> writes)
        implements Act {

    public Command {
        words = List.copyOf(words);
        writes = List.copyOf(writes);
        if (words.isEmpty() || !words.get(0).known()) {
            throw new IllegalArgumentException("a command has a program");
        }
    }

    @Override
    public Command stopping(Optional<StartRecord.Ending> ends) {
        return new Command(words, environment, directory, certain, ends, writer, location, writes);
    }

    /** Whether the container's start ends if the command cannot write a path. */
    public boolean stopsWithout(Value<ContainerPath> path) {
        return ending.isPresent()
                && path.known().filter(ending.get().spared()::contains).isEmpty();
    }

    /** This command in another directory. */
    Command in(Value<ContainerPath> other) {
        return new Command(words, environment, other, certain, ending, writer, location, writes);
    }

    @Override
    public List<ContainerPath> paths() {
        List<ContainerPath> paths = new ArrayList<>();
        for (Write write : writes) {
            if (write.path() instanceof Value.Known<ContainerPath> path) {
                paths.add(path.value());
            }
        }
        return paths;
    }

    /** Whether the program reports success even if its writes are refused. */
    boolean isLenient() {
        return !writes().isEmpty()
                && writes().stream().allMatch(write -> write.effect().is(Effect.Trait.LENIENT));
    }

    /** Whether the program goes on with its other operands if one is refused. */
    boolean goesOn() {
        return writes().stream().anyMatch(write -> write.effect().is(Effect.Trait.GOES_ON));
    }

    /** The program's name without its directory. */
    public String program() {
        return words.get(0).baseName();
    }

    /** Where a script names a path that it writes: in the command, even if a variable that is set elsewhere has its text. */
    public Location place(Field operand) {
        Field program = words.get(0);
        return program.isIn(location) && !operand.isIn(location) ? program.where() : operand.where();
    }

    /** The words after the program. */
    public List<Field> arguments() {
        return words.subList(1, words.size());
    }

    /** Whether every argument is known. */
    public boolean isKnown() {
        return words.stream().allMatch(Field::known);
    }

    /** The program's path, if the command names it with its directory. */
    public Optional<ContainerPath> programPath() {
        Field program = words.get(0);
        return program.text().contains("/") ? path(program).known() : Optional.empty();
    }

    /** An absolute path for an argument; a relative one starts in the command's directory. */
    public Value<ContainerPath> path(Field written) {
        return written.resolve(directory);
    }
}
