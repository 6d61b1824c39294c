// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Terraform's conversions between types, as far as a value without its type shows what they do. */
final class Conversions {

    /** Far more than the numbers of a task definition have. */
    private static final int MAX_DIGITS = 300;

    private Conversions() {}

    static boolean isUnknown(Node node) {
        return node instanceof UnresolvedNode || node instanceof ConditionalNode;
    }

    static NumberNode number(Node place, BigDecimal value) {
        if (Math.abs((long) value.precision() - value.scale()) > MAX_DIGITS
                || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw new EvaluationException("a number has too many digits");
        }
        BigDecimal shortest = value.stripTrailingZeros();
        return new NumberNode(place.location(), shortest.signum() == 0 ? "0" : shortest.toPlainString());
    }

    /** A known value as a string. */
    static String text(Node node) {
        return node.scalar()
                .orElseThrow(() -> new EvaluationException(node.noun() + " is used where a string is needed"));
    }

    static Node string(Location place, String text) {
        return new TextNode(place, text, Optional.empty());
    }

    static ArrayNode list(Node node) {
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw new EvaluationException(node.noun() + " is used where a list is needed");
    }

    static ObjectNode map(Node node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new EvaluationException(node.noun() + " is used where a map is needed");
    }

    /** The members of an object by their keys, in the order in which Terraform goes through them. */
    static List<Member> sorted(ObjectNode object) {
        Map<String, Member> last = new HashMap<>();
        object.members().forEach(member -> last.put(member.key(), member));
        return last.values().stream().sorted(Comparator.comparing(Member::key)).toList();
    }

    static BigDecimal decimal(Node node) {
        if (node instanceof NumberNode number) {
            return new BigDecimal(number.text());
        }
        if (node instanceof TextNode text && text.value().matches("-?\\d{1,100}(?:\\.\\d{1,100})?")) {
            return new BigDecimal(text.value());
        }
        throw new EvaluationException(node.noun() + " is used where a number is needed");
    }

    static boolean truth(Node node) {
        if (node instanceof BooleanNode bool) {
            return bool.value();
        }
        if (node instanceof TextNode text && List.of("true", "1", "false", "0").contains(text.value())) {
            return text.value().equals("true") || text.value().equals("1");
        }
        throw new EvaluationException(node.noun() + " is used where true or false is needed");
    }

    /** A value as one of a type that a variable declares. */
    static Node converted(Node value, Expression type) {
        if (isUnknown(value) || value instanceof NullNode) {
            return value;
        }
        if (type instanceof Expression.Template text && text.literal().isPresent()) {
            // As Terraform 0.11 wrote types.
            return converted(
                    value,
                    new Expression.Variable(type.location(), text.literal().get()));
        }
        if (type instanceof Expression.Variable simple) {
            return switch (simple.name()) {
                case "string" -> string(value.location(), text(value));
                case "number" -> number(value, decimal(value));
                case "bool" -> new BooleanNode(value.location(), truth(value));
                case "any" -> value;
                // The old names of list(any) and map(any).
                case "list", "map" -> uniform(value);
                default -> unknown(value, "its type is not evaluated");
            };
        }
        if (type instanceof Expression.Call call && call.arguments().size() == 1) {
            Expression of = call.arguments().get(0);
            return switch (call.function()) {
                case "list" -> list(value, of);
                case "set" -> set(list(value, of));
                case "map" -> isAny(of) ? uniform(map(value)) : map(value).with(each -> converted(each.value(), of));
                case "object" -> of instanceof Expression.ObjectValue shape ? object(value, shape) : value;
                default -> unknown(value, "its type is not evaluated");
            };
        }
        return unknown(value, "its type is not evaluated");
    }

    private static UnresolvedNode unknown(Node value, String reason) {
        return new UnresolvedNode(value.location(), "", reason);
    }

    private static Node list(Node value, Expression of) {
        ArrayNode array = list(value);
        return isAny(of) ? uniform(array) : array.with(each -> converted(each, of));
    }

    private static boolean isAny(Expression type) {
        return type instanceof Expression.Variable name && name.name().equals("any");
    }

    /** A list without duplicates, in the order in which Terraform goes through a set of strings. */
    static Node set(Node list) {
        if (!(list instanceof ArrayNode array)) {
            return list;
        }
        if (!array.elements().stream().allMatch(TextNode.class::isInstance)) {
            return array.elements().size() < 2
                    ? array
                    : unknown(array, "the order of a set whose elements are not strings is not evaluated");
        }
        Set<String> seen = new HashSet<>();
        return new ArrayNode(
                array.location(),
                array.elements().stream()
                        .filter(each -> seen.add(text(each)))
                        .sorted(Comparator.comparing(Conversions::text))
                        .toList());
    }

    /** An object with the attributes of its type only, and the defaults of those that it lacks. */
    private static Node object(Node value, Expression.ObjectValue shape) {
        if (!(value instanceof ObjectNode object)) {
            throw new EvaluationException(value.noun() + " is used where an object is needed");
        }
        List<Member> members = new ArrayList<>();
        for (Expression.Item item : shape.items()) {
            String name = item.name().orElse("");
            boolean optional = item.value() instanceof Expression.Call call
                    && call.function().equals("optional");
            List<Expression> arguments =
                    optional ? ((Expression.Call) item.value()).arguments() : List.of(item.value());
            Optional<Member> given = object.entry(name);
            if (arguments.isEmpty()) {
                return unknown(value, "its type is not evaluated");
            }
            boolean isSet = given.isPresent() && !(given.get().value() instanceof NullNode);
            if (isSet) {
                members.add(new Member(
                        name, given.get().keyLocation(), converted(given.get().value(), arguments.get(0))));
            } else if (object.others().isPresent() && given.isEmpty()) {
                members.add(new Member(name, object.location(), object.others().get()));
            } else if (arguments.size() > 1) {
                Node standard = Literals.value(arguments.get(1))
                        .orElseGet(() -> unknown(value, "the default in its type is not evaluated"));
                members.add(new Member(name, object.location(), converted(standard, arguments.get(0))));
            } else if (given.isPresent() || optional) {
                members.add(new Member(name, object.location(), new NullNode(object.location())));
            } else {
                throw new EvaluationException("an object lacks an attribute of its type");
            }
        }
        return new ObjectNode(object.location(), List.copyOf(members), Optional.empty());
    }

    /** A list or map whose elements Terraform gives one type. */
    static Node uniform(Node value) {
        List<Node> elements = value instanceof ObjectNode object
                ? object.members().stream().map(Member::value).toList()
                : value.elements();
        Set<String> kinds = kinds(elements);
        boolean hasNull = elements.stream().anyMatch(NullNode.class::isInstance);
        if (hasNull && (kinds.contains("a number") || kinds.contains("a boolean"))) {
            // The null may be one of a string.
            return unknown(value, "its elements may have different types");
        }
        if (kinds.size() < 2 && !kinds.contains("mixed")) {
            return value;
        }
        if (!kinds.contains("a string")) {
            return unknown(value, "its elements have different types");
        }
        UnaryOperator<Node> asText = each -> each.scalar().isPresent() ? string(each.location(), text(each)) : each;
        return value instanceof ArrayNode array
                ? array.with(asText)
                : map(value).with(member -> asText.apply(member.value()));
    }

    /** The types of known values: those of scalars, one for all objects and lists of the same type, else "mixed". */
    private static Set<String> kinds(List<Node> elements) {
        Set<String> kinds = new TreeSet<>();
        for (Node element : elements) {
            if (!isUnknown(element) && !(element instanceof NullNode)) {
                kinds.add(type(element));
            }
        }
        boolean structured = kinds.stream().anyMatch(kind -> kind.startsWith("[") || kind.startsWith("{"));
        boolean scalars = elements.stream().anyMatch(element -> element.scalar().isPresent());
        boolean differ = elements.stream().map(Conversions::leaves).distinct().count() > 1;
        if (structured && kinds.size() > 1 && (scalars || differ)) {
            return Set.of("mixed");
        }
        // With the same scalars in them, a list or a map of one type is what is written.
        return structured ? Set.of("structured") : kinds;
    }

    /** A value's type, as far as the value shows it. */
    private static String type(Node node) {
        if (node instanceof ObjectNode object) {
            Map<String, String> types = new TreeMap<>();
            object.members().forEach(member -> types.put(member.key(), type(member.value())));
            return "{" + types + "}";
        }
        if (node instanceof ArrayNode array) {
            return "["
                    + array.elements().stream()
                            .map(Conversions::type)
                            .distinct()
                            .toList() + "]";
        }
        return isUnknown(node) ? "unknown" : node.noun();
    }

    /** The types of the scalars in a value; as many as it has where that cannot be told. */
    private static Set<String> leaves(Node node) {
        Set<String> leaves = new TreeSet<>();
        if (node instanceof ObjectNode object) {
            object.members().forEach(member -> leaves.addAll(leaves(member.value())));
            if (object.others().isPresent()) {
                leaves.add("unknown");
            }
        } else if (node instanceof ArrayNode array) {
            array.elements().forEach(element -> leaves.addAll(leaves(element)));
        } else if (!(node instanceof NullNode)) {
            leaves.add(isUnknown(node) ? "unknown" : node.noun());
        }
        return leaves;
    }

    /**
     * What a conditional expression gives for the branch that it takes: both get one type. Whether a value is a list or a
     * tuple, a map or an object, cannot be told from the value: it is known where that makes no difference.
     */
    static Node withTypeOf(Node taken, Node other) {
        if (isUnknown(taken) || taken instanceof NullNode) {
            return taken;
        }
        boolean scalar = taken.scalar().isPresent();
        if (scalar && taken.noun().equals(other.noun())) {
            return taken;
        }
        if (scalar && (isUnknown(other) || other.scalar().isPresent() || other instanceof NullNode)) {
            return taken instanceof TextNode
                    ? taken
                    : other instanceof TextNode
                            ? string(taken.location(), text(taken))
                            : unknown(taken, "the other value of the condition may have another type");
        }
        return isKept(taken, other) ? taken : unknown(taken, "the two values of the condition have different types");
    }

    /** Whether a list or an object has scalars that are not strings. */
    static boolean hasOtherScalars(Node node) {
        List<Node> elements = node instanceof ObjectNode object
                ? object.members().stream().map(Member::value).toList()
                : node instanceof ArrayNode array ? array.elements() : List.of();
        return elements.stream().anyMatch(each -> each.scalar().isPresent() && !(each instanceof TextNode));
    }

    /** Whether the types of two values are the same as far as the values show them. */
    static boolean isSameType(Node one, Node other) {
        return !(one instanceof NullNode) && type(one).equals(type(other));
    }

    private static boolean isOne(Node node) {
        return node instanceof ObjectNode object
                ? object.members().size() == 1 && object.others().isEmpty()
                : node.elements().size() == 1;
    }

    /** Whether no type that two lists or two objects have in common changes what is in one of them. */
    private static boolean isKept(Node taken, Node other) {
        boolean alike = taken instanceof ArrayNode == other instanceof ArrayNode
                && taken instanceof ObjectNode == other instanceof ObjectNode;
        if (!alike || type(taken).equals(type(other))) {
            return alike;
        }
        // A map or a list of one element has that element's type, and nothing else has a say in it.
        if ((other.isAbsent() && isOne(taken)) || (taken.isAbsent() && isOne(other))) {
            return true;
        }
        Set<String> leaves = new TreeSet<>(leaves(taken));
        leaves.addAll(leaves(other));
        // A string stays one, whatever the type of what is unknown.
        boolean unknown = leaves.remove("unknown");
        if (leaves.isEmpty() || (leaves.size() == 1 && (!unknown || leaves.contains("a string")))) {
            return true;
        }
        List<Node> all = new ArrayList<>(taken.elements());
        all.addAll(other.elements());
        return taken instanceof ArrayNode
                && all.stream().allMatch(each -> each instanceof ObjectNode)
                && all.stream().map(Conversions::type).distinct().count() == 1;
    }
}
