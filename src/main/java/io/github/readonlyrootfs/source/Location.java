// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import org.jspecify.annotations.Nullable;

/**
 * A range in a text file. Lines and columns count from 1, columns in UTF-16 code units (SARIF's default); the end
 * column is the one after the last character of the range.
 *
 * @param file the file's name as a person would type it: relative to the project, with forward slashes
 */
public record Location(String file, int line, int column, int endLine, int endColumn) implements Comparable<Location> {

    /** The place of something that has a file but no position in it. */
    public static Location of(String file) {
        return new Location(file, 1, 1, 1, 1);
    }

    /** Where the range begins, as long as one character: to show where something large is. */
    public Location firstCharacter() {
        return new Location(file, line, column, line, column + 1);
    }

    /** The empty range at its end. */
    public Location end() {
        return new Location(file, endLine, endColumn, endLine, endColumn);
    }

    /** From its beginning to the end of another range. */
    public Location upTo(Location last) {
        return new Location(file, line, column, last.endLine, last.endColumn);
    }

    /** Whether nothing is in it. */
    public boolean isEmpty() {
        return line == endLine && column == endColumn;
    }

    /** Whether all of it is in another range of the same file. */
    public boolean isWithin(Location whole) {
        return !startsBefore(whole) && !whole.end().startsBefore(end());
    }

    /** Whether it begins before another range of the same file does. */
    public boolean startsBefore(Location other) {
        return line < other.line || (line == other.line && column < other.column);
    }

    @Override
    public int compareTo(Location other) {
        int order = file.compareTo(other.file);
        order = order != 0 ? order : Integer.compare(line, other.line);
        order = order != 0 ? order : Integer.compare(column, other.column);
        order = order != 0 ? order : Integer.compare(endLine, other.endLine);
        return order != 0 ? order : Integer.compare(endColumn, other.endColumn);
    }

    // Places are keys everywhere. The methods that the JDK generates for a record take a millisecond to link and are
    // slow until then.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Location place
                && line == place.line
                && column == place.column
                && endLine == place.endLine
                && endColumn == place.endColumn
                && file.equals(place.file);
    }

    @Override
    public int hashCode() {
        return (((file.hashCode() * 31 + line) * 31 + column) * 31 + endLine) * 31 + endColumn;
    }

    /** {@code file:line:column}, as compilers print it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
