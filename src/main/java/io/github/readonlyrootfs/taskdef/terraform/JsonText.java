// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;

/** The text that {@code jsonencode} makes of a value. */
final class JsonText {

    /** As the texts of templates are bounded. */
    private static final int MAX_TEXT = 1_000_000;

    private final Location place;
    private final StringBuilder json = new StringBuilder();
    private Node unknown;

    JsonText(Location place) {
        this.place = place;
        this.unknown = new NullNode(place);
    }

    boolean isKnown() {
        return !Conversions.isUnknown(unknown);
    }

    String text() {
        return json.toString();
    }

    void add(Node value, Evaluator evaluator) {
        if (json.length() > MAX_TEXT) {
            unknown = evaluator.unknown(place, "the texts of the configuration are too long");
        } else if (value instanceof ObjectNode object) {
            char before = '{';
            for (Member member : Conversions.sorted(object)) {
                json.append(before);
                quote(member.key());
                json.append(':');
                add(member.value(), evaluator);
                before = ',';
            }
            json.append(before == '{' ? "{}" : "}");
            object.others().ifPresent(others -> hide(others));
        } else if (value instanceof ArrayNode array) {
            char before = '[';
            for (Node element : array.elements()) {
                json.append(before);
                add(element, evaluator);
                before = ',';
            }
            json.append(before == '[' ? "[]" : "]");
        } else if (value instanceof UnresolvedNode unresolved) {
            hide(unresolved);
        } else if (Conversions.isUnknown(value)) {
            hide(evaluator.unknown(place, value));
        } else if (value instanceof TextNode text) {
            quote(text.value());
        } else {
            json.append(value.scalar().orElse("null"));
        }
    }

    private void hide(UnresolvedNode part) {
        unknown = isKnown() ? part : unknown;
        // Only a text has other parts.
        if (part.text().indexOf('}') == part.text().length() - 1) {
            json.append(part.text());
        } else {
            quote(part.text());
        }
    }

    /** Go escapes three more characters than JSON needs. */
    private void quote(String text) {
        StringBuilder quoted = new StringBuilder();
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        json.append('"')
                .append(quoted.toString()
                        .replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026"))
                .append('"');
    }

    Node toNode(Evaluator evaluator) {
        return isKnown()
                ? Conversions.string(place, text())
                : new UnresolvedNode(
                        place, text(), evaluator.unknown(place, unknown).reason());
    }
}
