// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.cloudformation;

import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conditions of a CloudFormation template: true, false or unknown. */
final class TemplateConditions {

    /** No real template has a chain of so many; a hostile one would overflow the stack. */
    private static final int MAX_CHAIN = 50;

    private final Map<String, Node> conditions = new HashMap<>();
    private final Intrinsics intrinsics;
    private final Map<String, Answer> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    TemplateConditions(ObjectNode section, Intrinsics intrinsics) {
        this.intrinsics = intrinsics;
        for (Member condition : section.members()) {
            conditions.put(condition.key(), condition.value());
        }
    }

    Answer named(String name) {
        Answer before = known.get(name);
        if (before != null) {
            return before;
        }
        String what = "the condition " + SchemaProblems.quoted(name);
        Node condition = conditions.get(name);
        if (condition == null) {
            return Answer.unknown("the template does not define " + what);
        }
        if (open.size() == MAX_CHAIN || !open.add(name)) {
            return Answer.unknown(what + " depends on itself or on too many others");
        }
        Answer answer = answer(condition);
        open.remove(name);
        known.put(name, answer);
        return answer;
    }

    private Answer answer(Node condition) {
        if (!(condition instanceof ObjectNode object) || object.members().size() != 1) {
            return Answer.unknown("a condition is not valid CloudFormation");
        }
        String function = object.members().get(0).key();
        Node argument = object.members().get(0).value();
        List<Node> parts = argument.elements();
        return switch (function) {
            case "Condition" ->
                argument instanceof TextNode name
                        ? named(name.value())
                        : Answer.unknown("a condition is not valid CloudFormation");
            case "Fn::Equals" -> equal(parts);
            case "Fn::Not" -> answer(parts.isEmpty() ? argument : parts.get(0)).not();
            case "Fn::And" -> parts.stream().map(this::answer).reduce(Answer.YES, (all, part) -> all.and(() -> part));
            case "Fn::Or" -> parts.stream().map(this::answer).reduce(Answer.NO, (any, part) -> any.or(() -> part));
            default ->
                Answer.unknown(SchemaProblems.quoted(function) + " is evaluated only when the stack is deployed");
        };
    }

    private Answer equal(List<Node> parts) {
        if (parts.size() != 2) {
            return Answer.unknown("`Fn::Equals` does not have two values");
        }
        Node left = intrinsics.certain(parts.get(0));
        Node right = intrinsics.certain(parts.get(1));
        Optional<String> leftText = left.scalar();
        Optional<String> rightText = right.scalar();
        if (leftText.isEmpty() || rightText.isEmpty()) {
            return Answer.unknown(TemplateText.reason(leftText.isEmpty() ? left : right));
        }
        return Answer.of(leftText.equals(rightText));
    }
}
