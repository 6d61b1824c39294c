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

    /**
     * {@code VOLUME}.
     *
     * @param exec whether it was read as a JSON array; one that is malformed was split at its blanks
     */
    record Volume(Location location, List<JoinedText> paths, boolean exec) implements Instruction {}

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

        /** A flag's value, such as that of {@code chown}; empty where it is not given. */
        public Optional<JoinedText> flag(String name) {
            return Flag.value(flags, name);
        }
    }

    /** {@code RUN}, with the bodies of its heredocs. */
    record Run(Location location, List<Flag> flags, Command command, List<Heredoc> heredocs) implements Instruction {}

    record Cmd(Location location, Command command) implements Instruction {}

    record Entrypoint(Location location, Command command) implements Instruction {}

    record Shell(Location location, List<JoinedText> words) implements Instruction {}

    /** {@code ONBUILD instruction}: the nested one is kept as read; {@link Unknown} if it is not an instruction. */
    record Onbuild(Location location, Instruction trigger) implements Instruction {}

    /** {@code HEALTHCHECK}; no command for {@code NONE}. */
    record Healthcheck(Location location, Optional<Command> command) implements Instruction {}

    /** {@code EXPOSE}, {@code STOPSIGNAL}, {@code MAINTAINER}: they decide nothing about files. */
    record Other(Location location, String keyword, JoinedText arguments) implements Instruction {}

    /**
     * Something that cannot be read: a template placeholder is in it, another frontend's grammar is unknown, or it
     * is an invalid ONBUILD trigger.
     *
     * @param problem why BuildKit rejects such a trigger, once it is triggered
     */
    record Unknown(Location location, String reason, Optional<Problem> problem) implements Instruction {}

    /** {@code --name=value}; the value is empty text for a flag without one. */
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

    /** What RUN, CMD, ENTRYPOINT and HEALTHCHECK run. */
    sealed interface Command {

        /** A JSON array: run as it is, no shell. */
        record Exec(List<JoinedText> words) implements Command {}

        /** Text handed to the shell in force. */
        record ShellForm(JoinedText text) implements Command {}
    }

    /**
     * A here-document.
     *
     * @param delimiter without its quotes
     * @param expand whether variables in the body are expanded (no part of the delimiter was quoted)
     * @param body the lines up to the terminator, with leading tabs gone for {@code <<-}
     */
    record Heredoc(String delimiter, boolean expand, JoinedText body) {}
}
