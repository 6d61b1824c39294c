// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import java.util.HashMap;
import java.util.Map;

/** The scripts that have been parsed, by their texts: substitutions run often, starts are followed again, and some scripts are long. */
public final class ParsedScripts {

    private static final int MAX_SCRIPTS = 200;

    private final Map<String, ShellNode> scripts = new HashMap<>();

    public ShellNode of(Script script) throws ShellSyntaxException {
        ShellNode known = script.bodies().isEmpty() ? scripts.get(script.text()) : null;
        ShellNode node = known == null ? ShellParser.parse(script.text(), script.bodies()) : known;
        if (script.bodies().isEmpty() && scripts.size() < MAX_SCRIPTS) {
            scripts.put(script.text(), node);
        }
        return node;
    }
}
