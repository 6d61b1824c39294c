// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.cloudformation;

import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conditions of a CloudFormation template: true, false, or not to be told from the template. */
final class TemplateConditions {

    /** No template has a chain of so many; a hostile one would exhaust the stack. */
    private static final int MAX_CHAIN = 50;

    private final Map<String, Node> conditions = new HashMap<>();
    private final Intrinsics intrinsics;
    private final Map<String, Truth> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /** @param reason why it is unknown; of no meaning where it is known */
    record Truth(Optional<Boolean> value, String reason) {

        static Truth of(boolean value) {
            return new Truth(Optional.of(value), "");
        }

        static Truth unknown(String reason) {
            return new Truth(Optional.empty(), reason);
        }
    }

    TemplateConditions(ObjectNode section, Intrinsics intrinsics) {
        this.intrinsics = intrinsics;
        for (Member condition : section.members()) {
            conditions.put(condition.key(), condition.value());
        }
    }

    Truth named(String name) {
        Truth before = known.get(name);
        if (before != null) {
            return before;
        }
        String what = "the condition " + Problems.quoted(name);
        Node condition = conditions.get(name);
        if (condition == null) {
            return Truth.unknown("the template does not define " + what);
        }
        if (open.size() == MAX_CHAIN || !open.add(name)) {
            return Truth.unknown(what + " depends on itself or on too many others");
        }
        Truth truth = truth(condition);
        open.remove(name);
        known.put(name, truth);
        return truth;
    }

    private Truth truth(Node condition) {
        if (!(condition instanceof ObjectNode object) || object.members().size() != 1) {
            return Truth.unknown("a condition is not written as CloudFormation has it");
        }
        String function = object.members().get(0).key();
        Node argument = object.members().get(0).value();
        List<Node> parts = argument instanceof ArrayNode array ? array.elements() : List.of(argument);
        return switch (function) {
            case "Condition" ->
                argument instanceof TextNode name
                        ? named(name.value())
                        : Truth.unknown("a condition is not written as CloudFormation has it");
            case "Fn::Equals" -> equal(parts);
            case "Fn::Not" -> {
                Truth inner = truth(parts.isEmpty() ? argument : parts.get(0));
                yield new Truth(inner.value().map(value -> !value), inner.reason());
            }
            case "Fn::And" -> all(parts, true);
            case "Fn::Or" -> all(parts, false);
            default -> Truth.unknown(Problems.quoted(function) + " is evaluated only when the stack is deployed");
        };
    }

    private Truth equal(List<Node> parts) {
        if (parts.size() != 2) {
            return Truth.unknown("`Fn::Equals` does not have two values");
        }
        Node left = intrinsics.certain(parts.get(0));
        Node right = intrinsics.certain(parts.get(1));
        Optional<String> leftText = left.scalar();
        Optional<String> rightText = right.scalar();
        if (leftText.isEmpty() || rightText.isEmpty()) {
            return Truth.unknown(TemplateText.reason(leftText.isEmpty() ? left : right));
        }
        return Truth.of(leftText.equals(rightText));
    }

    /** Whether all of several conditions are true, or, for {@code Fn::Or}, not all of them are false. */
    private Truth all(List<Node> parts, boolean wanted) {
        Truth result = Truth.of(wanted);
        for (Node part : parts) {
            Truth truth = truth(part);
            if (truth.value().isEmpty()) {
                result = truth;
            } else if (truth.value().get() != wanted) {
                return Truth.of(!wanted);
            }
        }
        return result;
    }
}
