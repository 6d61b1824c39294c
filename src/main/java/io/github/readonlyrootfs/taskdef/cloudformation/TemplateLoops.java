// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.cloudformation;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes out what {@code Fn::ForEach} stands for among a template's resources. Where only a deployment knows what it goes
 * through, what it repeats is there once, with the loop's variable as something unknown.
 */
final class TemplateLoops {

    private static final String LOOP = "Fn::ForEach::";

    /** More than fit into a template; a hostile one has nested loops. */
    private static final int MAX_COPIED = 500_000;

    private final Intrinsics intrinsics;
    private int copied;

    /** A loop's variable and one of the values it takes. */
    private record Binding(String variable, String value) {

        /** For {@code &{…}}, CloudFormation removes the characters that a logical id must not have. */
        String in(String text) {
            return text.replace("${" + variable + "}", value)
                    .replace("&{" + variable + "}", value.replaceAll("[^A-Za-z0-9]", ""));
        }
    }

    TemplateLoops(Intrinsics intrinsics) {
        this.intrinsics = intrinsics;
    }

    /** The members of a section without loops. */
    List<Member> writtenOut(List<Member> section) throws UnreadableSourceException {
        List<Member> all = new ArrayList<>();
        for (Member member : section) {
            if (member.key().startsWith(LOOP)) {
                repeat(member, all);
            } else {
                all.add(member);
            }
        }
        return all;
    }

    private void repeat(Member loop, List<Member> all) throws UnreadableSourceException {
        if (!(loop.value() instanceof ArrayNode parts)
                || parts.elements().size() != 3
                || !(parts.elements().get(0) instanceof TextNode variable)
                || !(parts.elements().get(2) instanceof ObjectNode body)) {
            throw new UnreadableSourceException(new Problem(
                    loop.keyLocation(),
                    SchemaProblems.quoted(loop.key()) + " is not valid CloudFormation",
                    "write an array of a name, a list of values, and an object to repeat"));
        }
        Optional<List<String>> values = values(parts.elements().get(1));
        if (values.isEmpty()) {
            all.addAll(writtenOut(body.members()));
            return;
        }
        for (String value : values.get()) {
            Binding binding = new Binding(variable.value(), value);
            List<Member> copy = new ArrayList<>();
            for (Member member : body.members()) {
                copy.add(bound(member, binding, loop));
            }
            all.addAll(writtenOut(copy));
        }
    }

    private Optional<List<String>> values(Node collection) {
        if (!(intrinsics.evaluated(collection) instanceof ArrayNode array)) {
            return Optional.empty();
        }
        List<String> values = array.elements().stream()
                .flatMap(element -> element.scalar().stream())
                .toList();
        return values.size() == array.elements().size() ? Optional.of(values) : Optional.empty();
    }

    private Member bound(Member member, Binding binding, Member loop) throws UnreadableSourceException {
        return new Member(binding.in(member.key()), member.keyLocation(), bound(member.value(), binding, loop));
    }

    private Node bound(Node node, Binding binding, Member loop) throws UnreadableSourceException {
        if (++copied > MAX_COPIED) {
            throw new UnreadableSourceException(new Problem(
                    loop.keyLocation(),
                    SchemaProblems.quoted(loop.key()) + " has more elements than a template can contain",
                    "name the right template"));
        }
        if (node instanceof TextNode text) {
            String value = binding.in(text.value());
            copied += value.length() / 10;
            return value.equals(text.value()) ? text : new TextNode(text.location(), value);
        }
        if (node instanceof ObjectNode object) {
            Optional<Node> reference = object.members().size() == 1 ? object.member("Ref") : Optional.empty();
            if (reference.isPresent()
                    && reference.get() instanceof TextNode name
                    && name.value().equals(binding.variable())) {
                return new TextNode(object.location(), binding.value());
            }
            List<Member> members = new ArrayList<>();
            for (Member member : object.members()) {
                members.add(bound(member, binding, loop));
            }
            return new ObjectNode(object.location(), List.copyOf(members), object.others());
        }
        if (node instanceof ArrayNode array) {
            List<Node> elements = new ArrayList<>();
            for (Node element : array.elements()) {
                elements.add(bound(element, binding, loop));
            }
            return new ArrayNode(array.location(), List.copyOf(elements));
        }
        return node instanceof ConditionalNode conditional
                ? new ConditionalNode(bound(conditional.value(), binding, loop), conditional.reason())
                : node;
    }
}
