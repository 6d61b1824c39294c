package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.Node.TextNode;
import io.github.readonlyrootfs.taskdef.Node.UnresolvedNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Typed views of what stands in an object that the {@link Conformer} has passed. What is in the place of the object may
 * also be a placeholder: then everything in it is unknown.
 */
record Fields(Node node) {

    private static final String HIDDEN = "nothing here fills in the placeholder in it";

    Location location() {
        return node.location();
    }

    /** What stands under a key, or the placeholder in whose place it would be. */
    private Optional<Node> get(String key) {
        return node instanceof ObjectNode object
                ? object.get(key)
                : unresolved().map(Node.class::cast);
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

    /** The place of a key. */
    Optional<Location> keyLocation(String key) {
        return members()
                .filter(member -> member.key().equals(key))
                .map(Member::keyLocation)
                .findFirst();
    }

    private Stream<Member> members() {
        return node instanceof ObjectNode object ? object.members().stream() : Stream.empty();
    }

    /** The object under a key; empty where the key is missing. */
    Optional<Fields> object(String key) {
        return get(key).map(Fields::new);
    }

    /** The objects under a key; a placeholder in the array's place counts as one object. */
    List<Fields> objects(String key) {
        return get(key).map(Fields::elements).orElse(List.of()).stream()
                .map(Fields::new)
                .toList();
    }

    private static List<Node> elements(Node node) {
        return node instanceof ArrayNode array ? array.elements() : List.of(node);
    }

    Value<Boolean> bool(String key) {
        return value(key, node -> node instanceof BooleanNode bool ? bool.value() : false);
    }

    Value<Integer> integer(String key) {
        return value(key, node -> node instanceof NumberNode number ? Integer.parseInt(number.text()) : 0);
    }

    /** A string; one with a placeholder in it is unknown. */
    Value<String> string(String key) {
        return get(key).<Value<String>>map(value -> string(value, true)).orElse(Value.absent());
    }

    /** A string with the placeholders that nothing fills in. */
    Value<String> raw(String key) {
        return text(key, Fields::raw);
    }

    /** A string as written, all placeholders included. */
    Value<String> written(String key) {
        return text(key, value -> value instanceof TextNode text ? Optional.of(text.written()) : raw(value));
    }

    private Value<String> text(String key, Function<Node, Optional<String>> read) {
        if (node instanceof ObjectNode object) {
            Optional<Node> value = object.member(key);
            Optional<String> text = value.flatMap(read);
            if (text.isPresent()) {
                return new Value.Known<>(text.get(), value.orElseThrow().location());
            }
        }
        return string(key);
    }

    private static Value<String> string(Node node, boolean namesPlaceholder) {
        if (node instanceof TextNode text) {
            if (text.placeholder().isEmpty()) {
                return new Value.Known<>(text.value(), node.location());
            }
            return namesPlaceholder
                    ? unknown(UnresolvedNode.of(
                            node.location(), text.value(), text.placeholder().get()))
                    : new Value.Unknown<>(HIDDEN, node.location());
        }
        return node instanceof UnresolvedNode it ? unknown(it) : new Value.Unknown<>(HIDDEN, node.location());
    }

    /** That it is unknown, and why. */
    static <T> Value.Unknown<T> unknown(UnresolvedNode node) {
        return new Value.Unknown<>(node.reason(), node.location(), node.name().map(Value.TemplateValue::new));
    }

    private static Optional<String> raw(Node node) {
        if (node instanceof TextNode text) {
            return Optional.of(text.value());
        }
        return node instanceof UnresolvedNode unresolved
                ? Optional.of(unresolved.text()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /**
     * An array of strings, each as written; unknown where a placeholder stands in the array's place, or where nothing is
     * written in an element's.
     */
    Value<List<Located<String>>> strings(String key) {
        return get(key).stream()
                .flatMap(value -> elements(value).stream())
                .filter(element -> raw(element).isEmpty())
                .findFirst()
                .flatMap(element -> new Fields(element).unresolved())
                .<Value<List<Located<String>>>>map(Fields::unknown)
                .orElseGet(() -> value(key, node -> located(elements(node))));
    }

    /** An array of strings, each as written, with a placeholder for what is not, be it the array itself. */
    List<Located<String>> rawStrings(String key) {
        return get(key).map(Fields::elements).orElse(List.of()).stream()
                .map(element -> new Located<>(raw(element).orElse(TemplateText.variable("?")), element.location()))
                .toList();
    }

    private static List<Located<String>> located(List<Node> elements) {
        return elements.stream()
                .flatMap(element -> raw(element).stream().map(text -> new Located<>(text, element.location())))
                .toList();
    }

    /** The strings of a map. Their values are the user's secrets, so that no reason names them. */
    List<KeyValue> map(String key) {
        return get(key).stream()
                .flatMap(value -> value instanceof ObjectNode object
                        ? object.members().stream()
                                .map(member -> new KeyValue(
                                        span(
                                                member.keyLocation(),
                                                member.value().location()),
                                        member.key(),
                                        string(member.value(), false)))
                        : keyValue(value).stream())
                .toList();
    }

    /** The map's entries that are written as objects with {@code name} and {@code value}. */
    List<KeyValue> nameValuePairs(String key) {
        return objects(key).stream()
                .flatMap(pair -> pair.node instanceof ObjectNode
                        ? pair.raw("name").known().stream()
                                .map(name -> new KeyValue(
                                        pair.location(),
                                        name,
                                        pair.get("value")
                                                .<Value<String>>map(value -> string(value, false))
                                                .orElse(Value.absent())))
                        : keyValue(pair.node).stream())
                .toList();
    }

    /** An entry, or several, in whose place a placeholder stands. */
    private static Optional<KeyValue> keyValue(Node node) {
        return raw(node).map(text -> new KeyValue(node.location(), text, string(node, true)));
    }

    private static Location span(Location from, Location to) {
        return new Location(from.file(), from.line(), from.column(), to.endLine(), to.endColumn());
    }

    private <T> Value<T> value(String key, Function<Node, T> read) {
        return get(key).<Value<T>>map(value -> value instanceof UnresolvedNode unresolved
                        ? unknown(unresolved)
                        : new Value.Known<>(read.apply(value), value.location()))
                .orElse(Value.absent());
    }
}
