// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A value in a file, with its place. What format the file has is forgotten here. */
public sealed interface Node {

    Location location();

    /** Whether the value counts as missing. */
    default boolean isAbsent() {
        return false;
    }

    /** What to call it in a message: never its content, which may be a secret. */
    String noun();

    /** The elements of an array; the node itself if it is anything else. */
    default List<Node> elements() {
        return List.of(this);
    }

    /** The node without the conditions of a template around it. */
    default Node unconditional() {
        return this;
    }

    /** The text of a scalar; empty for anything else. */
    default Optional<String> scalar() {
        return Optional.empty();
    }

    /**
     * @param members in the file's order, duplicates included
     * @param others a placeholder in place of further members
     */
    record ObjectNode(Location location, List<Member> members, Optional<UnresolvedNode> others) implements Node {

        /** The value under a key; where the file does not spell it out, the placeholder that may hold it. */
        public Optional<Node> get(String key) {
            Optional<Node> member = member(key);
            return member.isPresent() || others.isEmpty() ? member : Optional.of(others.get());
        }

        /** The value under a key, the last one there is. */
        public Optional<Node> member(String key) {
            Optional<Member> entry = entry(key);
            return entry.isPresent() ? Optional.of(entry.get().value()) : Optional.empty();
        }

        /** A key with its value, the last one there is. */
        public Optional<Member> entry(String key) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).key().equals(key)) {
                    return Optional.of(members.get(i));
                }
            }
            return Optional.empty();
        }

        public Optional<String> text(String key) {
            Optional<Node> value = member(key);
            return value.isPresent() && value.get() instanceof TextNode text
                    ? Optional.of(text.value())
                    : Optional.empty();
        }

        /** The object with another value under each of its keys. */
        public ObjectNode with(Function<Member, Node> value) {
            return new ObjectNode(
                    location,
                    members.stream()
                            .map(member -> new Member(member.key(), member.keyLocation(), value.apply(member)))
                            .toList(),
                    others);
        }

        /** The CloudFormation function that the object calls. */
        public Optional<Member> call() {
            return members.size() == 1 && members.get(0).isFunction() ? Optional.of(members.get(0)) : Optional.empty();
        }

        @Override
        public boolean isAbsent() {
            return members.isEmpty() && others.isEmpty();
        }

        @Override
        public String noun() {
            return "an object";
        }
    }

    record Member(String key, Location keyLocation, Node value) {

        /** Whether the key is the name of a CloudFormation function. */
        public boolean isFunction() {
            return key.equals("Ref") || key.startsWith("Fn::");
        }
    }

    record ArrayNode(Location location, List<Node> elements) implements Node {

        /** The array with another value in place of each of its elements. */
        public ArrayNode with(UnaryOperator<Node> element) {
            return new ArrayNode(location, elements.stream().map(element).toList());
        }

        @Override
        public boolean isAbsent() {
            return elements.isEmpty();
        }

        @Override
        public String noun() {
            return "an array";
        }
    }

    /**
     * @param value without quotes and escapes, and with the known values of its placeholders
     * @param placeholder the first one that nothing fills in
     * @param written the value with its placeholders
     */
    record TextNode(Location location, String value, Optional<String> placeholder, String written) implements Node {

        /** A text into which nothing has been filled. */
        public TextNode(Location location, String value) {
            this(location, value, Placeholder.in(value));
        }

        public TextNode(Location location, String value, Optional<String> placeholder) {
            this(location, value, placeholder, value);
        }

        static TextNode of(Location location, String written, Filling.Filled filled) {
            return new TextNode(location, filled.text(), filled.open(), written);
        }

        @Override
        public Optional<String> scalar() {
            return Optional.of(value);
        }

        @Override
        public boolean isAbsent() {
            return value.isEmpty();
        }

        @Override
        public String noun() {
            return "a string";
        }
    }

    /** @param text as written */
    record NumberNode(Location location, String text) implements Node {

        @Override
        public Optional<String> scalar() {
            return Optional.of(text);
        }

        @Override
        public String noun() {
            return "a number";
        }
    }

    record BooleanNode(Location location, boolean value) implements Node {

        @Override
        public Optional<String> scalar() {
            return Optional.of(String.valueOf(value));
        }

        @Override
        public String noun() {
            return "a boolean";
        }
    }

    record NullNode(Location location) implements Node {

        @Override
        public boolean isAbsent() {
            return true;
        }

        @Override
        public String noun() {
            return "null";
        }
    }

    /**
     * A value that is there only if a template's condition holds.
     *
     * @param reason why it is unknown whether it is there
     */
    record ConditionalNode(Node value, String reason) implements Node {

        /** Something in a block of a template, as in {@code {{ if x }}}. */
        static ConditionalNode inBlock(Node value) {
            return new ConditionalNode(value, "a condition of the template decides whether it is there");
        }

        @Override
        public Node unconditional() {
            return value.unconditional();
        }

        @Override
        public Location location() {
            return value.location();
        }

        @Override
        public String noun() {
            return value.noun();
        }
    }

    /**
     * Something that cannot be evaluated, in the place of any other value.
     *
     * @param text as written
     * @param reason why, as {@link io.github.readonlyrootfs.source.Value.Unknown#reason()} has it
     * @param name the name under which {@code templateValues} can supply its value
     */
    record UnresolvedNode(Location location, String text, String reason, Optional<String> name) implements Node {

        /** Something that cannot be given a value. */
        public UnresolvedNode(Location location, String text, String reason) {
            this(location, text, reason, Optional.empty());
        }

        /** A text with a placeholder that nothing fills in. */
        public static UnresolvedNode of(Location location, String text, String placeholder) {
            return new UnresolvedNode(location, text, Placeholder.reason(placeholder), Placeholder.name(placeholder));
        }

        @Override
        public String noun() {
            return "a placeholder";
        }
    }
}
