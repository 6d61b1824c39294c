// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.report.text.Markup;
import java.io.IOException;
import java.util.List;

/** What the parts of the page for a browser have in common. The tones are the style sheet's. */
record HtmlParts(Markup html) {

    private static final int MAX_TEXT = 400;

    static String cut(String text) {
        return PlainText.cut(text, MAX_TEXT);
    }

    /** Begins a part of the page. */
    void section(String id, String title) throws IOException {
        html.open("section", "id", id, "aria-labelledby", id + "-title").line();
        html.element("h2", title, "id", id + "-title").line();
    }

    /** A word or two that one finds at a glance. */
    void chip(String tone, String text) throws IOException {
        html.element("span", text, "class", "chip " + tone);
    }

    /** A name that a narrow column breaks behind its dots. */
    void name(String text) throws IOException {
        String[] labels = text.split("(?<=[.])", -1);
        for (int i = 0; i < labels.length; i++) {
            if (i > 0) {
                html.empty("wbr");
            }
            html.text(labels[i]);
        }
    }

    /** A line about the items that are not shown. */
    void more(String text) throws IOException {
        html.element("p", text, "class", "more").line();
    }

    /** Begins a table and its body. Explicit roles: on a narrow screen the style sheet takes it apart. */
    void table(String styleClass, String caption, List<String> titles) throws IOException {
        html.open("table", "class", styleClass, "role", "table").line();
        html.element("caption", caption, "class", "unseen").line();
        html.open("thead", "role", "rowgroup").open("tr", "role", "row");
        for (String title : titles) {
            html.element("th", title, "scope", "col", "role", "columnheader");
        }
        html.close().close().line().open("tbody", "role", "rowgroup").line();
    }

    void cell(String title) throws IOException {
        html.open("td", "role", "cell", "data-title", title);
    }

    static String tone(Severity severity) {
        return switch (severity) {
            case ERROR -> "bad";
            case WARNING -> "doubt";
            case INFO -> "spare";
        };
    }
}
