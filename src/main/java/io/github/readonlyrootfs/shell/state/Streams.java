// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.shell.text.Text;

/**
 * What a command reads and where what it prints goes.
 *
 * @param in its standard input
 * @param out its standard output
 */
public record Streams(Input in, Output out) {

    /** Those of a script without input whose output is not read. */
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
