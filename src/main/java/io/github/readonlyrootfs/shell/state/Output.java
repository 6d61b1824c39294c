// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Text;

/** What commands have printed so far. */
public final class Output {

    private final StringBuilder text = new StringBuilder();

    /** Text is printed; beyond the maximum length the output is unknown. */
    public void add(Text printed) {
        int room = Text.MAX_LENGTH - text.length();
        if (room <= 0 || printed.raw().isEmpty()) {
            return;
        }
        text.append(printed.raw(), 0, Math.min(room, printed.raw().length()));
        if (printed.raw().length() >= room) {
            text.append(Text.HOLE);
        }
    }

    /** Something unknown is printed. */
    public void addUnknown() {
        if (text.length() == 0 || text.charAt(text.length() - 1) != Text.HOLE) {
            add(Text.UNKNOWN);
        }
    }

    public Text text() {
        return new Text(text.toString());
    }

    public int length() {
        return text.length();
    }

    /** Removes, and returns, what was printed after that length. */
    public String cut(int length) {
        String rest = text.substring(Math.min(length, text.length()));
        text.setLength(Math.min(length, text.length()));
        return rest;
    }
}
