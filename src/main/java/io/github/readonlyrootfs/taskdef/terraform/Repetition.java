// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code for} makes of a list or an object. */
record Repetition(Evaluator evaluator) {

    /**
     * An element of the collection.
     *
     * @param names with which the rest of the expression is evaluated
     * @param unknown in place of any number of elements
     */
    record Step(Map<String, Node> names, Optional<Node> unknown) {}

    /** The elements, in Terraform's order. */
    List<Step> steps(Expression.Names names, Node collection, Location place) {
        List<Step> steps = new ArrayList<>();
        if (Conversions.isUnknown(collection)) {
            steps.add(new Step(Map.of(), Optional.of(collection)));
        } else if (collection instanceof ObjectNode object) {
            // Any of them may be before the ones that are known.
            object.others().ifPresent(others -> steps.add(new Step(Map.of(), Optional.of(others))));
            for (Member member : Conversions.sorted(object)) {
                Node key = Conversions.string(place, member.key());
                steps.add(
                        evaluator.isMany(member.value())
                                ? new Step(Map.of(), Optional.of(member.value()))
                                : step(names, key, member.value()));
            }
        } else if (collection instanceof ArrayNode array) {
            Optional<Node> many = Optional.empty();
            for (int i = 0; i < array.elements().size(); i++) {
                Node element = array.elements().get(i);
                many = many.isEmpty() && evaluator.isMany(element) ? Optional.of(element) : many;
                Node index = many.isPresent()
                        ? evaluator.because(place, many.get())
                        : new NumberNode(place, String.valueOf(i));
                steps.add(
                        evaluator.isMany(element)
                                ? new Step(Map.of(), Optional.of(element))
                                : step(names, index, element));
            }
        } else {
            throw new EvaluationException(collection.noun() + " is used where a list or an object is needed");
        }
        return steps;
    }

    private Step step(Expression.Names names, Node key, Node value) {
        return new Step(names(names, key, value), Optional.empty());
    }

    Map<String, Node> names(Expression.Names names, Node key, Node value) {
        return names.key().isPresent()
                ? Map.of(names.key().get(), key, names.value(), value)
                : Map.of(names.value(), value);
    }

    Node value(Expression.For repeat, Scope scope) {
        Node collection = evaluator.evaluate(repeat.collection(), scope);
        List<Step> steps = steps(repeat.names(), collection, repeat.collection().location());
        return repeat.key().isPresent()
                ? object(repeat, repeat.key().get(), steps, scope)
                : list(repeat, collection, steps, scope);
    }

    private Node list(Expression.For repeat, Node collection, List<Step> steps, Scope scope) {
        if (Conversions.isUnknown(collection)) {
            return evaluator.because(repeat.location(), collection);
        }
        List<Node> elements = new ArrayList<>();
        for (Step step : steps) {
            Optional<Node> unknown = unknown(repeat, step, scope);
            if (unknown.isPresent()) {
                elements.add(evaluator.rest(repeat.location(), unknown.get()));
            } else if (isWanted(repeat, step, scope)) {
                elements.add(evaluator.evaluate(repeat.value(), scope.with(step.names())));
            }
        }
        return new ArrayNode(repeat.location(), List.copyOf(elements));
    }

    /** Why it is unknown whether there is an element. */
    private Optional<Node> unknown(Expression.For repeat, Step step, Scope scope) {
        if (step.unknown().isPresent() || repeat.condition().isEmpty()) {
            return step.unknown();
        }
        return Optional.of(evaluator.evaluate(repeat.condition().get(), scope.with(step.names())))
                .filter(Conversions::isUnknown);
    }

    private boolean isWanted(Expression.For repeat, Step step, Scope scope) {
        return repeat.condition().isEmpty()
                || Conversions.truth(evaluator.evaluate(repeat.condition().get(), scope.with(step.names())));
    }

    private Node object(Expression.For repeat, Expression key, List<Step> steps, Scope scope) {
        Map<String, Member> members = new LinkedHashMap<>();
        Optional<UnresolvedNode> others = Optional.empty();
        for (Step step : steps) {
            Optional<Node> unknown = unknown(repeat, step, scope);
            if (unknown.isEmpty() && !isWanted(repeat, step, scope)) {
                continue;
            }
            Scope inner = scope.with(step.names());
            Node name = unknown.orElseGet(() -> evaluator.evaluate(key, inner));
            if (Conversions.isUnknown(name)) {
                others = Optional.of(evaluator.unknown(repeat.location(), name));
                continue;
            }
            String text = Conversions.text(name);
            Node value = evaluator.evaluate(repeat.value(), inner);
            Optional<Member> before = Optional.ofNullable(members.get(text));
            if (before.isPresent() && !repeat.group()) {
                throw new EvaluationException("two elements of a `for` have the same key");
            }
            List<Node> group = new ArrayList<>(
                    before.map(member -> member.value().elements()).orElse(List.of()));
            group.add(value);
            members.put(
                    text,
                    new Member(
                            text,
                            name.location(),
                            repeat.group() ? new ArrayNode(repeat.location(), List.copyOf(group)) : value));
        }
        // A group may have more elements than are known; another key than one that is there cannot be.
        return others.isPresent() && repeat.group()
                ? evaluator.unknown(repeat.location(), others.get())
                : new ObjectNode(repeat.location(), List.copyOf(members.values()), others);
    }
}
