// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.source.Location;
import java.util.List;

/**
 * A command about to run, after its redirections.
 *
 * @param words the words of the command, the program first
 * @param shell the one that runs it
 * @param redirects as written
 * @param location where the command is
 * @param must whether the script is known to succeed, and would fail without this command
 * @param certain whether it runs whenever the script does; false if a condition decides
 */
public record Call(
        List<Field> words,
        Shell shell,
        Streams streams,
        List<ShellNode.Redirect> redirects,
        Location location,
        boolean must,
        boolean certain) {

    public Call {
        words = List.copyOf(words);
    }

    /** The program without its directory. */
    public String name() {
        return words.get(0).baseName();
    }

    /** What follows the program. */
    public List<Field> arguments() {
        return words.subList(1, words.size());
    }

    public Output out() {
        return streams.out();
    }

    public Call with(List<Field> others) {
        return new Call(others, shell, streams, redirects, location, must, certain);
    }

    /** The same command of another shell. */
    public Call in(Shell other) {
        return new Call(words, other, streams, redirects, location, must, certain);
    }

    /** The last segment of a path: {@code java} of {@code /usr/bin/java}. */
    public static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
