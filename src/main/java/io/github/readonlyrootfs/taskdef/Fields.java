// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.cloudformation.TemplateText;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.schema.SchemaValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Typed views of what is in an object that the {@link SchemaValidator} has passed. What is in the place of the object may
 * also be a placeholder: then everything in it is unknown.
 */
record Fields(Node node) {

    private static final String HIDDEN = "no value is set for the placeholder in it";

    Location location() {
        return node.location();
    }

    /** The value of a key, or the placeholder in its place. */
    private Optional<Node> get(String key) {
        if (node instanceof ObjectNode object) {
            return object.get(key);
        }
        return node instanceof UnresolvedNode ? Optional.of(node) : Optional.empty();
    }

    /** Whether it is an object or the placeholder of one. */
    boolean isObject() {
        return node instanceof ObjectNode || node instanceof UnresolvedNode;
    }

    /** The placeholder in the object's place. */
    Optional<UnresolvedNode> unresolved() {
        return node instanceof UnresolvedNode unresolved ? Optional.of(unresolved) : Optional.empty();
    }

    boolean has(String key) {
        return get(key).isPresent();
    }

    /** The object under a key; empty where the key is missing. */
    Optional<Fields> object(String key) {
        Optional<Node> value = get(key);
        return value.isPresent() ? Optional.of(new Fields(value.get())) : Optional.empty();
    }

    /** The objects under a key; a placeholder in the array's place counts as one object. */
    List<Fields> objects(String key) {
        List<Fields> objects = new ArrayList<>();
        for (Node element : elements(key)) {
            objects.add(new Fields(element));
        }
        return objects;
    }

    /** The elements of an array; none where the key is missing. */
    private List<Node> elements(String key) {
        Optional<Node> value = get(key);
        return value.isPresent() ? value.get().elements() : List.of();
    }

    Value<Boolean> bool(String key) {
        Optional<Node> value = get(key);
        return value.isPresent() && value.get() instanceof BooleanNode bool
                ? new Value.Known<>(bool.value(), bool.location())
                : value(value, false);
    }

    Value<Integer> integer(String key) {
        Optional<Node> value = get(key);
        return value.isPresent() && value.get() instanceof NumberNode number
                ? new Value.Known<>(Integer.parseInt(number.text()), number.location())
                : value(value, 0);
    }

    /** A string; one with a placeholder in it is unknown. */
    Value<String> string(String key) {
        return string(key, true);
    }

    private Value<String> string(String key, boolean namesPlaceholder) {
        Optional<Node> value = get(key);
        return value.isPresent() ? string(value.get(), namesPlaceholder) : Value.absent();
    }

    /** A string with the placeholders that nothing fills in. */
    Value<String> raw(String key) {
        return text(key, false);
    }

    /** A string as written, all placeholders included. */
    Value<String> written(String key) {
        return text(key, true);
    }

    private Value<String> text(String key, boolean written) {
        Optional<Node> value = node instanceof ObjectNode object ? object.member(key) : Optional.empty();
        if (value.isEmpty()) {
            return string(key);
        }
        Optional<String> text =
                written && value.get() instanceof TextNode it ? Optional.of(it.written()) : raw(value.get());
        return text.isPresent() ? new Value.Known<>(text.get(), value.get().location()) : string(key);
    }

    private static Value<String> string(Node node, boolean namesPlaceholder) {
        if (node instanceof TextNode text) {
            if (text.placeholder().isEmpty()) {
                return new Value.Known<>(text.value(), node.location());
            }
            return namesPlaceholder
                    ? unknown(UnresolvedNode.of(
                            node.location(), text.value(), text.placeholder().get()))
                    : new Value.Unknown<>(HIDDEN, node.location(), Optional.of(new Value.HiddenValue()));
        }
        return node instanceof UnresolvedNode it ? unknown(it) : new Value.Unknown<>(HIDDEN, node.location());
    }

    static <T> Value.Unknown<T> unknown(UnresolvedNode node) {
        Optional<String> name = node.name();
        return new Value.Unknown<>(
                node.reason(),
                node.location(),
                name.isPresent() ? Optional.of(new Value.TemplateValue(name.get())) : Optional.empty());
    }

    private static Optional<String> raw(Node node) {
        if (node instanceof TextNode text) {
            return Optional.of(text.value());
        }
        return node instanceof UnresolvedNode unresolved && !unresolved.text().isEmpty()
                ? Optional.of(unresolved.text())
                : Optional.empty();
    }

    /**
     * An array of strings, each as written; unknown where a placeholder is in the array's place, or where nothing is
     * written in an element's.
     */
    Value<List<Located<String>>> strings(String key) {
        List<Located<String>> written = new ArrayList<>();
        for (Node element : elements(key)) {
            Optional<String> text = raw(element);
            if (text.isPresent()) {
                written.add(new Located<>(text.get(), element.location()));
            } else if (element instanceof UnresolvedNode unresolved) {
                return unknown(unresolved);
            }
        }
        return value(get(key), List.copyOf(written));
    }

    /** An array of strings, each as written; a placeholder for each unknown one, or for the whole array. */
    List<Located<String>> rawStrings(String key) {
        List<Located<String>> written = new ArrayList<>();
        for (Node element : elements(key)) {
            Optional<String> text = raw(element);
            written.add(new Located<>(text.isPresent() ? text.get() : TemplateText.variable("?"), element.location()));
        }
        return List.copyOf(written);
    }

    /** The strings of a map. Their values are the user's secrets, so that no reason names them. */
    List<KeyValue> map(String key) {
        Optional<Node> value = get(key);
        List<KeyValue> entries = new ArrayList<>();
        if (value.isPresent() && value.get() instanceof ObjectNode object) {
            for (Member member : object.members()) {
                Location entry = member.keyLocation().upTo(member.value().location());
                entries.add(new KeyValue(entry, member.key(), string(member.value(), false)));
            }
        } else if (value.isPresent()) {
            addEntry(value.get(), entries);
        }
        return List.copyOf(entries);
    }

    /** The map's entries that are written as objects with {@code name} and {@code value}. */
    List<KeyValue> nameValuePairs(String key) {
        List<KeyValue> entries = new ArrayList<>();
        for (Fields pair : objects(key)) {
            if (!(pair.node instanceof ObjectNode)) {
                addEntry(pair.node, entries);
            } else if (pair.raw("name") instanceof Value.Known<String> name) {
                entries.add(new KeyValue(pair.location(), name.value(), pair.string("value", false)));
            }
        }
        return List.copyOf(entries);
    }

    /** Adds the entry, or several, in whose place a placeholder is. */
    private static void addEntry(Node node, List<KeyValue> entries) {
        Optional<String> text = raw(node);
        if (text.isPresent()) {
            entries.add(new KeyValue(node.location(), text.get(), string(node, true)));
        }
    }

    /** The text of a node: absent if the node is missing, unknown if it is a placeholder. */
    private static <T> Value<T> value(Optional<Node> node, T read) {
        if (node.isEmpty()) {
            return Value.absent();
        }
        return node.get() instanceof UnresolvedNode unresolved
                ? unknown(unresolved)
                : new Value.Known<>(read, node.get().location());
    }
}
