// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;

/**
 * Where a script runs: the files and accounts that it sees, and the effects of the commands that the shell does not run
 * itself. One host is one user's; those of {@link #as} share all but the user. By default, nothing is known of files
 * and accounts, and commands do nothing.
 */
public interface Host {

    /** A saved state of the files. */
    interface State {

        /** For files that never change. */
        State UNCHANGED = new State() {
            @Override
            public void restore() {}

            @Override
            public void perhaps(String what, Location location) {}
        };

        void restore();

        /**
         * What has happened since may or may not happen.
         *
         * @param what decides that, a short noun phrase
         */
        void perhaps(String what, Location location);
    }

    /** Why what a script does is not followed. */
    enum Gap {
        /** A word that names a program, or is the text of a script, is unknown. */
        UNKNOWN_WORD,
        /** The named script is not among the files, or its content is unknown. */
        UNKNOWN_SCRIPT,
        /** The script that {@code .} reads certainly does not exist, and the failure is not handled. */
        MISSING_SCRIPT,
        /** All words that would name the program are empty, as those of {@code exec "$@"} without arguments. */
        NO_PROGRAM,
        /** It cannot be parsed as a script. */
        NO_SCRIPT,
        /** Scripts are nested deeper, or run more commands, than is followed. */
        TOO_MUCH
    }

    /** A script among the files, see {@link #script}. */
    record ScriptFile(Script script, String firstLine) {}

    /** The limit for following its scripts; beyond it, everything is unknown. */
    Effort effort();

    ShellVariable variable(String name);

    /** The home of the user, for a shell without the variable HOME. */
    Text home();

    /** What {@code id -u}, {@code -g}, {@code -un}, {@code -gn} print: {@code u}, {@code g}, {@code un} or {@code gn}. */
    default Text id(String what, Optional<String> user) {
        return Text.UNKNOWN;
    }

    /** Whether there is a user of this name or number. */
    default Truth hasUser(String name) {
        return Truth.UNKNOWN;
    }

    /** What {@code getent} prints of a user or group; an empty text if it does not exist, a hole if that is unknown. */
    default Text account(String database, String key) {
        return Text.UNKNOWN;
    }

    /** The same files, seen by another user or with another group. */
    default Host as(Optional<Field> user, Optional<Field> group) {
        return this;
    }

    /** What is at a path. Symbolic links on the way are followed; one at its end only if asked for. */
    default FileStatus entry(ContainerPath path, boolean follow) {
        return FileStatus.UNKNOWN;
    }

    /** The path with all symbolic links followed. */
    default ContainerPath real(ContainerPath path) {
        return path;
    }

    /** The names of all entries of a directory, sorted; empty if there may be others. */
    default Optional<List<String>> names(ContainerPath directory) {
        return Optional.empty();
    }

    default Text content(ContainerPath file) {
        return Text.UNKNOWN;
    }

    /**
     * A script; empty if it is unknown or does not exist.
     *
     * @param caller where the command that runs it is
     */
    default Optional<ScriptFile> script(ContainerPath file, Location caller) {
        return Optional.empty();
    }

    default ParsedScripts parsed() {
        return new ParsedScripts();
    }

    /** Where the parts of a word are that is the text of a script; empty if only the whole word has a place. */
    default Optional<Place> textPlace(Field text) {
        return Optional.empty();
    }

    default State save() {
        return State.UNCHANGED;
    }

    /**
     * Whether the user may write a file or directory that is not known to be missing, as {@code test -w} asks.
     *
     * @param target the word that names it
     */
    default Truth writable(Field target, Call by) {
        return Truth.UNKNOWN;
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

    /** Runs a program, or a builtin that the shell leaves to the host. */
    default Status run(Call call) {
        return Status.UNKNOWN;
    }

    /** The paths that {@code find} finds; empty if there may be more, or if its expression is not understood. */
    default Optional<List<String>> find(Call call) {
        return Optional.empty();
    }

    /** Something runs that cannot be followed. */
    default void gap(Gap gap, Field what, Call by) {}

    /** A script starts: a text given to a shell, a file, or the words of {@code eval}. */
    default void follows(Script script) {}

    /** A command is about to run. */
    default void reaches(Call call) {}

    /** The last command keeps running in the background. */
    default void leaves() {}

    /** The shell waits until its background commands have ended. */
    default void waits() {}

    /** Whether commands that the script needs are still known to succeed: not after a write was refused. */
    default boolean succeeds() {
        return true;
    }

    /** Whether the command after {@code ||} is followed if the one before it most likely succeeds. */
    default boolean looksBehindFailures() {
        return true;
    }

    /** Whether a program that runs its arguments gets so far: it may write first. */
    default boolean wraps(Call call) {
        return true;
    }

    /** The commands that a program runs before the one that it {@link #handedOn hands on} to; it ends where one fails. */
    default List<List<Field>> before(Call call) {
        return List.of();
    }

    /** The command that a program runs when it is called like this; empty if it is not known to run one. */
    default Optional<List<Field>> handedOn(Call call) {
        return Optional.empty();
    }

    /** The scripts that a program is known to run. */
    default List<Script> scripts(Call call) {
        return List.of();
    }

    /** Whether the commands of a {@code trap} for the shell's end are followed. */
    default boolean endsScripts() {
        return true;
    }

    /** Whether nothing more is asked of the script, which then is not followed further. */
    default boolean isDone() {
        return false;
    }

    /** A script is too long to follow: everything is unknown from here on. */
    default void giveUp(Location location) {}
}
