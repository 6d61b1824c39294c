// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;

/**
 * A change of a text file: the text of a range is replaced. An empty range is an insertion, an empty replacement a
 * removal.
 *
 * @param location the range
 * @param replacement with the line separators of the file
 */
public record TextEdit(Location location, String replacement) {

    static TextEdit insert(SourceFile file, int offset, String text) {
        return replace(file, offset, offset, text);
    }

    /** Replaces the text from one offset to another, exclusive. */
    static TextEdit replace(SourceFile file, int start, int end, String text) {
        return new TextEdit(file.location(start, end), text);
    }

    /**
     * Inserts whole lines in front of a line, or behind the last one.
     *
     * @param line counts from 1; one more than there are lines is the end of the file
     */
    public static TextEdit insertLines(SourceFile file, int line, List<String> lines) {
        String separator = file.lineSeparator();
        String text = String.join(separator, lines);
        if (line <= file.lineCount()) {
            return insert(file, file.lineStart(line), text + separator);
        }
        int end = file.text().length();
        boolean open = end > 0 && file.text().charAt(end - 1) != '\n';
        return insert(file, end, open ? separator + text : text + separator);
    }

    public boolean isInsertion() {
        return location.isEmpty();
    }
}
