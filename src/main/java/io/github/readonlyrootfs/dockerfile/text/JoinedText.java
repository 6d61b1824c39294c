// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.Arrays;

/**
 * A part of an instruction after its lines were joined and comments removed, with the place in the file of each
 * character.
 */
public final class JoinedText {

    private final SourceFile source;
    private final String text;
    /** The offset in the source of each character. */
    private final int[] offsets;
    /** Where an empty text is in the source. */
    private final int origin;

    JoinedText(SourceFile source, String text, int[] offsets, int origin) {
        if (text.length() != offsets.length) {
            throw new IllegalArgumentException(text.length() + " characters, " + offsets.length + " offsets");
        }
        this.source = source;
        this.text = text;
        this.offsets = offsets;
        this.origin = origin;
    }

    public String text() {
        return text;
    }

    public int length() {
        return text.length();
    }

    /** From one index (inclusive) to another (exclusive). */
    public JoinedText slice(int start, int end) {
        int sliceOrigin = start < offsets.length ? offsets[start] : end();
        return new JoinedText(source, text.substring(start, end), Arrays.copyOfRange(offsets, start, end), sliceOrigin);
    }

    /** The place of all of it in the file. */
    public Location location() {
        return offsets.length == 0 ? source.location(origin, origin) : source.location(offsets[0], end());
    }

    /** The place of a part of it in the file, from one index (inclusive) to another (exclusive). */
    public Location location(int start, int end) {
        return slice(start, end).location();
    }

    public boolean isEmpty() {
        return offsets.length == 0;
    }

    public char charAt(int index) {
        return text.charAt(index);
    }

    /** The offset in the source of a character; after the last one, where the text ends. */
    public int offset(int index) {
        return index < offsets.length ? offsets[index] : end();
    }

    public SourceFile source() {
        return source;
    }

    /** Without the white space at its ends. */
    public JoinedText trim() {
        int start = 0;
        int end = offsets.length;
        while (start < end && Whitespace.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && Whitespace.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == offsets.length ? this : slice(start, end);
    }

    private int end() {
        return offsets.length == 0 ? origin : offsets[offsets.length - 1] + 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
