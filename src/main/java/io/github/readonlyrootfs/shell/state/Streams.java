// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Text;

/**
 * The standard input and output of a command.
 *
 * @param in its standard input
 * @param out its standard output
 */
public record Streams(Input in, Output out) {

    /** The streams of a script with unknown input whose output nothing reads. */
    public static Streams unattended() {
        return new Streams(new Input(Text.UNKNOWN), new Output());
    }

    public Streams reading(Input other) {
        return new Streams(other, out);
    }

    public Streams writing(Output other) {
        return new Streams(in, other);
    }
}
