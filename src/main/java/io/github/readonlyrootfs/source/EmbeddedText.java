// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/**
 * The value of a string in a JSON or YAML file, such as JSON within JSON: each piece of it has its place in the file,
 * despite quotes, escapes and indentation.
 */
public final class EmbeddedText implements LocatedText {

    private final SourceFile file;
    private final Location written;
    private final String value;
    private final StringSpelling spelling;

    /**
     * A string's value.
     *
     * @param written the whole string in the file, with its quotes or the sign that begins a YAML block
     */
    public EmbeddedText(SourceFile file, Location written, String value) {
        this.file = file;
        this.written = written;
        this.value = value;
        this.spelling = StringSpelling.of(value, file.text(), file.start(written), file.end(written));
    }

    @Override
    public String text() {
        return value;
    }

    /** The place of a piece; that of the whole string if the file does not contain its value literally. */
    @Override
    public Location location(int start, int end) {
        if (!spelling.isKnown()) {
            return written;
        }
        int from = start < value.length() ? spelling.start(start) : spelling.end(value.length() - 1);
        return file.location(from, end > start ? spelling.end(end - 1) : from);
    }
}
