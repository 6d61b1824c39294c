package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.shell.run.Status;

/** A command whose effect on files and accounts is known. */
@FunctionalInterface
interface ShellCommand {

    Status run(Invocation call);
}
