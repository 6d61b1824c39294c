// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.WordReader;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import java.util.function.Function;

/** Text whose variables are expanded as between double quotes, without a shell. */
public final class QuotedText {

    /** More than enough for one text. */
    private static final long MAX_STEPS = 1_000_000;

    private QuotedText() {}

    /**
     * The text with its variables expanded.
     *
     * @param variables the value of each variable
     * @param home the value of {@code HOME} if no variable has it
     * @param location where the text is
     */
    public static Field expand(String text, Function<String, ShellVariable> variables, Text home, Location location)
            throws ShellSyntaxException {
        Shell shell = Shell.start(new NoFiles(variables, home, new Effort(MAX_STEPS)), "sh", null);
        return new Expander(shell, new Script(text, Place.whole(location)), new NoCommands())
                .one(WordReader.document(text));
    }

    private static final class NoCommands implements Expander.Substituter {

        @Override
        public Text output(String command, int start) {
            return Text.UNKNOWN;
        }

        @Override
        public Text process(String command, int start) {
            return Text.UNKNOWN;
        }

        @Override
        public void fail() {}
    }

    /** A host with nothing but variables. */
    private record NoFiles(Function<String, ShellVariable> variables, Text home, Effort effort) implements Host {

        @Override
        public ShellVariable variable(String name) {
            return variables.apply(name);
        }
    }
}
