// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import java.util.List;
import java.util.Optional;

/**
 * The first line of a script that names its interpreter: {@code #!/bin/sh -e}, {@code #!/usr/bin/env bash}.
 *
 * @param interpreter without its directory
 * @param options what follows it
 */
public record Shebang(String interpreter, List<String> options) {

    /** Reads the first line of a text; empty if that is not a shebang. */
    public static Optional<Shebang> of(String text) {
        if (!text.startsWith("#!")) {
            return Optional.empty();
        }
        int end = text.indexOf('\n');
        String[] words = text.substring(2, end < 0 ? text.length() : end).trim().split("\\s+", -1);
        int at = Call.baseName(words[0]).equals("env") ? 1 : 0;
        at += at == 1 && at < words.length && words[at].equals("-S") ? 1 : 0;
        return at < words.length && !words[at].isEmpty()
                ? Optional.of(
                        new Shebang(Call.baseName(words[at]), List.of(words).subList(at + 1, words.length)))
                : Optional.empty();
    }

    public boolean isShells() {
        return Shells.isShell(interpreter);
    }
}
