package io.github.readonlyrootfs.image;

/** A command whose effect on files and accounts is known. */
@FunctionalInterface
interface ShellCommand {

    Status run(Invocation call);
}
