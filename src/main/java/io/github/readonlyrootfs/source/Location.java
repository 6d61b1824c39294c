package io.github.readonlyrootfs.source;

import java.util.Comparator;

/**
 * A range in a text file. Lines and columns count from 1, columns in UTF-16 code units (SARIF's default); the end
 * column is the one after the last character of the range.
 *
 * @param file the file's name as a person would type it: relative to the project, with forward slashes
 */
public record Location(String file, int line, int column, int endLine, int endColumn) implements Comparable<Location> {

    private static final Comparator<Location> ORDER = Comparator.comparing(Location::file)
            .thenComparingInt(Location::line)
            .thenComparingInt(Location::column)
            .thenComparingInt(Location::endLine)
            .thenComparingInt(Location::endColumn);

    /** The place of something that has a file but no position in it. */
    public static Location of(String file) {
        return new Location(file, 1, 1, 1, 1);
    }

    @Override
    public int compareTo(Location other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, as compilers print it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
