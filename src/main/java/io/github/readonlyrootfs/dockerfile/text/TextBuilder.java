// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.Arrays;

/** Collects characters with their places in the file. */
public final class TextBuilder {

    private final SourceFile source;
    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[32];

    public TextBuilder(SourceFile source) {
        this.source = source;
    }

    public void append(char c, int offset) {
        if (text.length() == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[text.length()] = offset;
        text.append(c);
    }

    /** Appends a range of the file as it is there. */
    public void append(int start, int end) {
        for (int i = start; i < end; i++) {
            append(source.text().charAt(i), i);
        }
    }

    int length() {
        return text.length();
    }

    /**
     * The text.
     *
     * @param origin where it is, if it is empty
     */
    public JoinedText build(int origin) {
        return new JoinedText(source, text.toString(), Arrays.copyOf(offsets, text.length()), origin);
    }
}
