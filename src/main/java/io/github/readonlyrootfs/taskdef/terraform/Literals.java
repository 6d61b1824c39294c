// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expressions that are values as they are written. */
final class Literals {

    private Literals() {}

    /** The value; empty where it has to be evaluated. */
    static Optional<Node> value(Expression expression) {
        if (expression instanceof Expression.Template text) {
            return text.literal().map(value -> Conversions.string(text.location(), value));
        }
        if (expression instanceof Expression.BooleanValue bool) {
            return Optional.of(new BooleanNode(bool.location(), bool.value()));
        }
        if (expression instanceof Expression.NullValue nothing) {
            return Optional.of(new NullNode(nothing.location()));
        }
        if (expression instanceof Expression.NumberValue number) {
            return Optional.of(Conversions.number(new NullNode(number.location()), number.value()));
        }
        if (expression instanceof Expression.Tuple tuple) {
            List<Node> elements = new ArrayList<>();
            for (Expression element : tuple.elements()) {
                value(element).ifPresent(elements::add);
            }
            return elements.size() == tuple.elements().size()
                    ? Optional.of(new ArrayNode(tuple.location(), List.copyOf(elements)))
                    : Optional.empty();
        }
        if (expression instanceof Expression.ObjectValue object) {
            List<Member> members = new ArrayList<>();
            for (Expression.Item item : object.items()) {
                value(item.value())
                        .filter(value -> item.name().isPresent())
                        .ifPresent(value -> members.add(
                                new Member(item.name().orElseThrow(), item.key().location(), value)));
            }
            return members.size() == object.items().size()
                    ? Optional.of(new ObjectNode(object.location(), List.copyOf(members), Optional.empty()))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
