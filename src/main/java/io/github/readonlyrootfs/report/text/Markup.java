// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.message.PlainText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Elements and text in the way that HTML and XML have in common. All text is made fit to be shown, and escaped. */
public final class Markup {

    private final Writer out;
    private final Deque<String> open = new ArrayDeque<>();

    public Markup(Writer out) {
        this.out = out;
    }

    /**
     * Begins an element.
     *
     * @param attributes names and values, one after the other
     */
    public Markup open(String element, String... attributes) throws IOException {
        start(element, attributes);
        out.write('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was begun last. */
    public Markup close() throws IOException {
        out.write("</" + open.pop() + ">");
        return this;
    }

    /** Writes an element that has nothing in it. */
    public Markup empty(String element, String... attributes) throws IOException {
        start(element, attributes);
        out.write("/>");
        return this;
    }

    /** Writes an element with nothing but text in it. */
    public Markup element(String element, String text, String... attributes) throws IOException {
        return open(element, attributes).text(text).close();
    }

    /** Writes text; a line feed in it becomes a blank. */
    public Markup text(String text) throws IOException {
        out.write(escaped(PlainText.pasted(text)));
        return this;
    }

    /** Writes text in which parts in backticks are code. */
    public Markup prose(String text) throws IOException {
        String[] parts = text.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            // The text behind a last backtick that has no partner is not code.
            if (i % 2 == 1 && i < parts.length - 1) {
                element("code", parts[i]);
            } else {
                text((i % 2 == 1 ? "`" : "") + parts[i]);
            }
        }
        return this;
    }

    /** Begins a new line in the file. */
    public Markup line() throws IOException {
        out.write('\n');
        return this;
    }

    private void start(String element, String... attributes) throws IOException {
        out.write("<" + element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.write(" " + attributes[i] + "=\"");
            out.write(escaped(PlainText.pasted(attributes[i + 1])));
            out.write('"');
        }
    }

    /** A text as it stands between tags and in attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
