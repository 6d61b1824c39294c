package io.github.readonlyrootfs.report;

import java.util.List;

/**
 * The {@code name=value} words behind ENV, ARG and LABEL, and the old form {@code ENV name value}. Values go on where
 * the next line continues the instruction, even within quotes.
 */
final class AssignmentWords {

    private enum State {
        BETWEEN,
        NAME,
        VALUE,
        /** The old form: whatever follows the name is its value. */
        REST
    }

    private final char escape;
    private final List<Span> values;
    private State state = State.BETWEEN;
    private char quote;

    /** Whether no equals sign was seen yet. A later word without one is most likely a value that lacks its quotes. */
    private boolean first = true;

    AssignmentWords(char escape, List<Span> values) {
        this.escape = escape;
        this.values = values;
    }

    /** Begins an instruction. */
    void begin() {
        state = State.BETWEEN;
        quote = 0;
        first = true;
    }

    /**
     * Reads a line, or what follows the keyword on its line.
     *
     * @param offset of the line in the file
     */
    void read(String line, int start, int end, int offset) {
        int valueStart = start;
        int nameStart = start;
        for (int i = start; i < end; i++) {
            char c = line.charAt(i);
            boolean blank = Character.isWhitespace(c) && quote == 0;
            switch (state) {
                case BETWEEN -> {
                    if (!blank) {
                        state = State.NAME;
                        nameStart = i;
                        quote = isQuote(c) ? c : 0;
                    }
                }
                case NAME -> {
                    if (c == '=') {
                        state = State.VALUE;
                        first = false;
                        valueStart = i + 1;
                    } else if (quote != 0) {
                        quote = c == quote ? 0 : quote;
                    } else if (blank && first) {
                        state = State.REST;
                        valueStart = i;
                    } else if (blank) {
                        add(offset + nameStart, offset + i);
                        state = State.BETWEEN;
                    } else if (isQuote(c)) {
                        quote = c;
                    }
                }
                case VALUE -> {
                    if (c == escape && quote != '\'' && i + 1 < end) {
                        i++;
                    } else if (quote != 0) {
                        quote = c == quote ? 0 : quote;
                    } else if (isQuote(c)) {
                        quote = c;
                    } else if (blank) {
                        add(offset + valueStart, offset + i);
                        state = State.BETWEEN;
                    }
                }
                case REST -> {}
            }
        }
        if (state == State.VALUE || state == State.REST) {
            add(offset + valueStart, offset + end);
        } else if (state == State.NAME && !first) {
            add(offset + nameStart, offset + end);
        }
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private void add(int start, int end) {
        if (start < end) {
            values.add(new Span(start, end));
        }
    }
}
