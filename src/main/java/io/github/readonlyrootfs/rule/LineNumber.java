package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Location;

/** A line as a help text names it: with its file only where that is not the one the finding is in. */
final class LineNumber {

    private LineNumber() {}

    static String of(int line, String file, Location reader) {
        return file.equals(reader.file()) ? "line " + line : "line " + line + " of " + file;
    }

    static String of(Location location, Location reader) {
        return of(location.line(), location.file(), reader);
    }
}
