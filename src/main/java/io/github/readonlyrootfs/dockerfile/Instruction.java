// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.List;
import java.util.Optional;

/**
 * One instruction as written: nothing is expanded. Its location runs from the keyword to the end of its last argument,
 * heredoc bodies excluded.
 */
public sealed interface Instruction {

    Location location();

    /** What ARG, ENV and LABEL assign. */
    default List<Assignment> assignments() {
        return List.of();
    }

    /** {@code FROM image [AS name]}. */
    record From(Location location, Optional<JoinedText> platform, JoinedText image, Optional<JoinedText> alias)
            implements Instruction {}

    /** {@code ARG name[=default] …}. */
    record Arg(Location location, List<Assignment> assignments) implements Instruction {}

    /** {@code ENV key=value …}, or the old form {@code ENV key value}. */
    record Env(Location location, List<Assignment> assignments) implements Instruction {}

    /** {@code LABEL key=value …}. */
    record Label(Location location, List<Assignment> assignments) implements Instruction {}

    /** {@code USER user[:group]}; blanks are part of it. */
    record User(Location location, JoinedText user) implements Instruction {}

    record Workdir(Location location, JoinedText path) implements Instruction {}

    /** {@code VOLUME}; arguments that are not a JSON array are split at their blanks. */
    record Volume(Location location, List<JoinedText> paths) implements Instruction {}

    /**
     * {@code COPY} and {@code ADD}.
     *
     * @param sources as written; heredocs are not among them
     * @param heredocs files whose content is in the Dockerfile, named like their delimiter
     */
    record Copy(
            Location location,
            boolean add,
            List<Flag> flags,
            List<JoinedText> sources,
            List<Heredoc> heredocs,
            JoinedText destination)
            implements Instruction {

        /** A flag's value, such as that of {@code chown}; empty if it is not given. */
        public Optional<JoinedText> flag(String name) {
            return Flag.value(flags, name);
        }
    }

    /** {@code RUN}, with the bodies of its heredocs. */
    record Run(Location location, List<Flag> flags, Command command, List<Heredoc> heredocs) implements Instruction {}

    record Cmd(Location location, Command command) implements Instruction {}

    record Entrypoint(Location location, Command command) implements Instruction {}

    record Shell(Location location, List<JoinedText> words) implements Instruction {}

    /** {@code ONBUILD instruction}: the nested instruction; {@link Unknown} if it cannot be read. */
    record Onbuild(Location location, Instruction trigger) implements Instruction {}

    /** {@code HEALTHCHECK}; no command for {@code NONE}. */
    record Healthcheck(Location location, Optional<Command> command) implements Instruction {}

    /** {@code EXPOSE}, {@code STOPSIGNAL}, {@code MAINTAINER}: they do not change files. */
    record Other(Location location, String keyword, JoinedText arguments) implements Instruction {}

    /**
     * An instruction that cannot be read: it contains a template placeholder, has the unknown grammar of another
     * frontend, or is an invalid ONBUILD trigger.
     *
     * @param problem why BuildKit rejects such a trigger when it runs
     */
    record Unknown(Location location, String reason, Optional<Problem> problem) implements Instruction {}

    /** {@code --name=value}; a flag without a value has an empty text. */
    record Flag(Location location, String name, JoinedText value) {

        static Optional<JoinedText> value(List<Flag> flags, String name) {
            Optional<JoinedText> value = Optional.empty();
            for (Flag flag : flags) {
                if (flag.name().equals(name)) {
                    value = Optional.of(flag.value());
                }
            }
            return value;
        }
    }

    /** {@code key=value}; no value for an ARG without default. */
    record Assignment(Location location, JoinedText key, Optional<JoinedText> value) {}

    /** The command of RUN, CMD, ENTRYPOINT or HEALTHCHECK. */
    sealed interface Command {

        /** A JSON array: runs without a shell. */
        record Exec(List<JoinedText> words) implements Command {}

        /** Text that the current shell runs. */
        record ShellForm(JoinedText text) implements Command {}
    }

    /**
     * A here-document.
     *
     * @param delimiter without its quotes
     * @param expand whether variables in the body are expanded (no part of the delimiter was quoted)
     * @param body the lines up to the terminator, without leading tabs for {@code <<-}
     */
    record Heredoc(String delimiter, boolean expand, JoinedText body) {}
}
