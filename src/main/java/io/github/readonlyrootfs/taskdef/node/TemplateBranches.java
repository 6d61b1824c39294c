// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value that is one of two, if it is unknown which: what both have is certain, what only one has may
 * be there, and what they have differently is unknown.
 *
 * @param unknown what differs
 */
public record TemplateBranches(UnresolvedNode unknown) {

    /** The keys that identify the objects in ECS's lists. */
    private static final List<String> IDENTITIES = List.of(
            "Name",
            "name",
            "ContainerPath",
            "containerPath",
            "ContainerName",
            "containerName",
            "SourceContainer",
            "sourceContainer");

    /** The elements of a list: objects with different identities are kept, and each may be missing. */
    public List<Node> elements(Node then, Node otherwise) {
        Optional<String> one = identity(then);
        Optional<String> other = identity(otherwise);
        return one.isPresent() && other.isPresent() && !one.equals(other)
                ? List.of(maybe(then), maybe(otherwise))
                : List.of(common(then, otherwise));
    }

    /** The parts of the value that are known. */
    public Node common(Node then, Node otherwise) {
        if (then instanceof ConditionalNode conditional) {
            return new ConditionalNode(common(conditional.value(), otherwise), conditional.reason());
        }
        if (otherwise instanceof ConditionalNode conditional) {
            return new ConditionalNode(common(then, conditional.value()), conditional.reason());
        }
        if (then instanceof ObjectNode one && otherwise instanceof ObjectNode other) {
            return objects(one, other);
        }
        if (then instanceof ArrayNode one && otherwise instanceof ArrayNode other) {
            return arrays(one, other);
        }
        return isSame(then, otherwise) ? then : unknown;
    }

    private static boolean isSame(Node one, Node other) {
        if (one instanceof UnresolvedNode unresolved && other instanceof UnresolvedNode too) {
            return !unresolved.text().isEmpty() && unresolved.text().equals(too.text());
        }
        Optional<String> text = one.scalar();
        return text.isPresent()
                ? text.equals(other.scalar())
                : one.noun().equals(other.noun()) && one.isAbsent() && other.isAbsent();
    }

    private ObjectNode objects(ObjectNode one, ObjectNode other) {
        Map<String, Member> members = new LinkedHashMap<>();
        one.members().forEach(member -> members.put(member.key(), member));
        Map<String, Member> others = new LinkedHashMap<>();
        other.members().forEach(member -> others.put(member.key(), member));
        members.replaceAll((key, member) -> with(member, others.get(key)));
        others.forEach((key, member) -> members.computeIfAbsent(key, missing -> with(member, null)));
        return new ObjectNode(
                one.location(), List.copyOf(members.values()), one.others().or(other::others));
    }

    private Member with(Member member, @Nullable Member other) {
        Node value = other == null ? maybe(member.value()) : common(member.value(), other.value());
        return new Member(member.key(), member.keyLocation(), value);
    }

    private Node maybe(Node value) {
        return value instanceof ConditionalNode ? value : new ConditionalNode(value, unknown.reason());
    }

    /** ECS ignores the order of objects, but not that of strings. */
    private Node arrays(ArrayNode one, ArrayNode other) {
        Optional<Map<String, Node>> elements = byIdentity(one);
        Optional<Map<String, Node>> others = byIdentity(other);
        if (elements.isPresent() && others.isPresent()) {
            List<Node> all = new ArrayList<>();
            elements.get()
                    .forEach((identity, element) -> all.add(
                            others.get().containsKey(identity)
                                    ? common(element, others.get().get(identity))
                                    : maybe(element)));
            others.get().forEach((identity, element) -> {
                if (!elements.get().containsKey(identity)) {
                    all.add(maybe(element));
                }
            });
            return new ArrayNode(one.location(), List.copyOf(all));
        }
        boolean same = one.elements().size() == other.elements().size();
        for (int i = 0; same && i < one.elements().size(); i++) {
            same = isSame(one.elements().get(i), other.elements().get(i));
        }
        return same ? one : unknown;
    }

    /** The objects of a list by their identities; empty if an element has none, or two have the same. */
    private static Optional<Map<String, Node>> byIdentity(ArrayNode array) {
        Map<String, Node> elements = new LinkedHashMap<>();
        for (Node element : array.elements()) {
            Optional<String> identity = identity(element);
            if (identity.isEmpty() || elements.put(identity.get(), element) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(elements);
    }

    private static Optional<String> identity(Node element) {
        if (element.unconditional() instanceof ObjectNode object) {
            for (String key : IDENTITIES) {
                Optional<Node> name = object.member(key);
                if (name.isPresent()) {
                    return name.get().scalar();
                }
            }
        }
        return Optional.empty();
    }
}
