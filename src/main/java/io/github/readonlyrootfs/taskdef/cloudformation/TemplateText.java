// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.cloudformation;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import java.util.Optional;

/** A text that a template assembles; it is unresolved if any of its parts is. */
public final class TemplateText {

    private final Location location;
    private final StringBuilder text = new StringBuilder();

    /** The text without parts that only look like a placeholder because they come from a supplied value. */
    private final StringBuilder shape = new StringBuilder();

    private Optional<String> reason = Optional.empty();
    private Optional<String> name = Optional.empty();

    TemplateText(Location location) {
        this.location = location;
    }

    int length() {
        return text.length();
    }

    void add(String part) {
        text.append(part);
        shape.append(part);
    }

    void add(Node part) {
        Optional<String> known = part.scalar();
        if (known.isEmpty() && reason.isEmpty()) {
            reason = Optional.of(reason(part));
            name = part instanceof UnresolvedNode unresolved ? unresolved.name() : Optional.empty();
        }
        String written =
                known.orElseGet(() -> part instanceof UnresolvedNode unresolved ? unresolved.text() : variable("?"));
        boolean given = part instanceof TextNode value
                && value.placeholder().isEmpty()
                && Placeholder.in(written).isPresent();
        text.append(written);
        shape.append(given ? "" : written);
    }

    Node toNode() {
        return reason.<Node>map(why -> new UnresolvedNode(location, text.toString(), why, name))
                .orElseGet(() -> new TextNode(location, text.toString(), Placeholder.in(shape.toString())));
    }

    /** Why a node has no text. */
    static String reason(Node node) {
        if (node instanceof UnresolvedNode unresolved) {
            return unresolved.reason();
        }
        return node instanceof ConditionalNode conditional
                ? conditional.reason()
                : node.noun() + " where a string was expected";
    }

    /** How something unresolved appears in a text: like a placeholder of another tool. */
    public static String variable(String name) {
        return "${" + name.replaceAll("[${}\\p{Cntrl}]", "") + "}";
    }
}
