// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.shell.text.Field;
import io.github.readonlyrootfs.shell.text.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;

/**
 * Where a script runs: the files and accounts that it sees, and what the commands do that the shell does not run
 * itself. One host is one user's; those of {@link #as} share all but the user. By default, nothing is known of files and
 * accounts, and commands do nothing.
 */
public interface Host {

    /** A state of the files to come back to. */
    interface State {

        /** Of files that nothing changes. */
        State UNCHANGED = new State() {
            @Override
            public void restore() {}

            @Override
            public void perhaps(String what, Location location) {}
        };

        /** Goes back to it. */
        void restore();

        /**
         * It cannot be determined whether what has happened since does happen.
         *
         * @param what decides, a short noun phrase
         */
        void perhaps(String what, Location location);
    }

    /** Why what a script does is not followed. */
    enum Gap {
        /** A word that names a program, or the text of one, cannot be determined. */
        UNKNOWN_WORD,
        /** The script that a word names is not among the files, or its content is not known. */
        UNKNOWN_SCRIPT,
        /** The script that the shell is to go through itself is certainly not there, and nothing provides for that. */
        MISSING_SCRIPT,
        /** The shell does not read it as a script. */
        NO_SCRIPT,
        /** Scripts run scripts deeper than they are followed, or run more commands. */
        TOO_MUCH
    }

    /** A script among the files, see {@link #script}. */
    record ScriptFile(Script script, String firstLine) {}

    /** What may be spent on following its scripts; behind that, nothing is known. */
    Effort effort();

    /** A variable that the shell is started with. */
    ShellVariable variable(String name);

    /** The home of the user, where no variable names it. */
    Text home();

    /** What {@code id -u}, {@code -g}, {@code -un}, {@code -gn} print: {@code u}, {@code g}, {@code un} or {@code gn}. */
    default Text id(String what, Optional<String> user) {
        return Text.UNKNOWN;
    }

    /** Whether there is a user of this name or number. */
    default Truth hasUser(String name) {
        return Truth.UNKNOWN;
    }

    /** What {@code getent} prints of a user or group; an empty text where there is none, a hole where unknown. */
    default Text account(String database, String key) {
        return Text.UNKNOWN;
    }

    /** The same files seen by another user: by one that a word names, or of another group than the user's own. */
    default Host as(Optional<Field> user, Optional<Field> group) {
        return this;
    }

    /** What is at a path, symbolic links on the way and at its end followed or, at its end, not. */
    default FileStatus entry(ContainerPath path, boolean follow) {
        return FileStatus.UNKNOWN;
    }

    /** The path with all symbolic links followed. */
    default ContainerPath real(ContainerPath path) {
        return path;
    }

    /** The names of what is in a directory, sorted; empty where there may be others. */
    default Optional<List<String>> names(ContainerPath directory) {
        return Optional.empty();
    }

    /** What a file holds. */
    default Text content(ContainerPath file) {
        return Text.UNKNOWN;
    }

    /**
     * The text of a script; empty where it is not known, or nothing is there.
     *
     * @param caller where the command is that runs it
     */
    default Optional<ScriptFile> script(ContainerPath file, Location caller) {
        return Optional.empty();
    }

    /** Where the parts of a word stand that is itself the text of a script; empty where only the whole has a place. */
    default Optional<Place> textPlace(Field text) {
        return Optional.empty();
    }

    default State save() {
        return State.UNCHANGED;
    }

    /** A file is opened for writing. */
    default Status open(Field target, Call by) {
        return Status.UNKNOWN;
    }

    /**
     * Text has been printed to a file that was opened.
     *
     * @param appends whether the file keeps its content
     */
    default void print(Field target, boolean appends, Text text, Call by) {}

    /** Runs a program, or what the shell has of its own and leaves to the host. */
    default Status run(Call call) {
        return Status.UNKNOWN;
    }

    /** What {@code find} finds; empty where there may be more, or where its expression is not followed. */
    default Optional<List<String>> find(Call call) {
        return Optional.empty();
    }

    /** Something runs that cannot be followed. */
    default void gap(Gap gap, Field what, Call by) {}

    /** A script is gone through: text that a shell is given, a file, or what {@code eval} is told. */
    default void follows(Script script) {}

    /** What has run last goes on in the background. */
    default void leaves() {}

    /** The shell goes on only once what it has started in the background has ended. */
    default void waits() {}

    /** Whether what has to succeed for the script to is still known to: not once something has been refused. */
    default boolean succeeds() {
        return true;
    }

    /** Whether what follows {@code ||} is followed where the command before it most likely succeeds. */
    default boolean looksBehindFailures() {
        return true;
    }

    /** The command that a program is known to run, given such words; empty where it is not known to run one. */
    default Optional<List<Field>> handedOn(Call call) {
        return Optional.empty();
    }

    /** The shell texts that a program is known to run. */
    default List<Script> scripts(Call call) {
        return List.of();
    }

    /** Whether what a {@code trap} runs when the shell ends is followed. */
    default boolean endsScripts() {
        return true;
    }

    /** Nothing is known any more: a script is too long to follow. */
    default void giveUp(Location location) {}
}
