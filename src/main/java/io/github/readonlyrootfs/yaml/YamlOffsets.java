// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.yaml;

/** Converts the parser's indices, which count code points, into offsets of a string, which count UTF-16 code units. */
final class YamlOffsets {

    private final int length;

    /** Empty if indices and offsets are the same. */
    private final int[] offsets;

    YamlOffsets(String text) {
        length = text.length();
        int points = text.codePointCount(0, length);
        offsets = new int[points == length ? 0 : points];
        int offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            offset += Character.charCount(text.codePointAt(offset));
        }
    }

    /** The offset of a code point, or of the end. */
    int of(int index) {
        if (offsets.length == 0) {
            return Math.min(index, length);
        }
        return index < offsets.length ? offsets[index] : length;
    }
}
