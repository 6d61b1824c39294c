package io.github.readonlyrootfs.yaml;

import org.jspecify.annotations.Nullable;

/** Where a code point, which is what the parser counts, stands in a string, which counts UTF-16 code units. */
final class YamlOffsets {

    private final int length;

    /** Null where the two are the same. */
    private final int @Nullable [] offsets;

    YamlOffsets(String text) {
        length = text.length();
        int points = text.codePointCount(0, length);
        if (points == length) {
            offsets = null;
            return;
        }
        int[] all = new int[points];
        int offset = 0;
        for (int i = 0; i < points; i++) {
            all[i] = offset;
            offset += Character.charCount(text.codePointAt(offset));
        }
        offsets = all;
    }

    /** The offset of a code point, or of the end. */
    int of(int index) {
        if (offsets == null) {
            return Math.min(index, length);
        }
        return index < offsets.length ? offsets[index] : length;
    }
}
