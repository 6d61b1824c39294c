// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value of a JSON or YAML document, found by a reader that does not know task definitions.
 *
 * @param keys those above it, with the names of the containers and volumes that it is in
 */
record Leaf(String keys, String value) {

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    static List<Leaf> of(String document) {
        List<Leaf> leaves = new ArrayList<>();
        add(document, "", leaves);
        return leaves;
    }

    /** The values that occur here more often than in the others. */
    static List<Leaf> minus(List<Leaf> all, List<Leaf> others) {
        List<Leaf> left = new ArrayList<>(all);
        others.forEach(left::remove);
        return left;
    }

    /** Whether a part of the document, perhaps with escaped quotes, contains the value. */
    boolean isIn(String text) {
        return text.contains(value);
    }

    private static void add(String document, String keys, List<Leaf> leaves) {
        new Compose(SETTINGS).composeString(document).ifPresent(root -> add(root, keys, leaves));
    }

    private static void add(Node node, String keys, List<Leaf> leaves) {
        if (node instanceof MappingNode mapping) {
            String inside = keys + name(mapping).map(name -> "(" + name + ")").orElse("");
            for (NodeTuple member : mapping.getValue()) {
                add(member.getValueNode(), inside + "." + text(member.getKeyNode()), leaves);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> add(element, keys + "[]", leaves));
        } else if (text(node).startsWith("[")) {
            add(text(node), keys, leaves);
        } else if (!text(node).isEmpty() && !text(node).equals("null")) {
            leaves.add(new Leaf(keys + " " + node.getTag(), text(node)));
        }
    }

    private static Optional<String> name(MappingNode mapping) {
        return mapping.getValue().stream()
                .filter(member -> text(member.getKeyNode()).equalsIgnoreCase("name"))
                .map(member -> text(member.getValueNode()))
                .findFirst();
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
