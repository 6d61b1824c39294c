// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import static io.github.readonlyrootfs.taskdef.terraform.Conversions.isUnknown;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.list;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.map;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.string;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.text;

import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The functions of Terraform that task definitions use. Any other one is unknown, and says so. */
final class Functions {

    /** The keys of a container to whose lists something is added. */
    private static final Set<String> EDITED =
            Set.of("dockerLabels", "environment", "linuxParameters", "mountPoints", "volumesFrom");

    private final Evaluator evaluator;
    private final TextFunctions texts;

    Functions(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.texts = new TextFunctions(evaluator);
    }

    /** Those that a scope or an error of an argument matters to. */
    Node call(Expression.Call call, Scope scope) {
        Location place = call.location();
        if (call.function().equals("try")) {
            return attempt(call, scope);
        }
        if (call.function().equals("can")) {
            try {
                Node value = evaluator.tried(argument(call, 0), scope);
                return isUnknown(value) ? evaluator.because(place, value) : new BooleanNode(place, true);
            } catch (EvaluationException e) {
                return new BooleanNode(place, false);
            }
        }
        List<Node> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(evaluator.evaluate(argument, scope));
        }
        if (scope.isInPublicModule() && call.function().equals("made_of")) {
            return scope.module().get().madeOf(one(arguments), at(arguments, 1));
        }
        if (call.function().equals("merge") && !call.expanded() && !scope.isInPublicModule()) {
            return merge(arguments, editable(call, arguments).orElse(place));
        }
        if (call.expanded()) {
            Node last = arguments.remove(arguments.size() - 1);
            if (!(last instanceof ArrayNode array) || array.elements().stream().anyMatch(evaluator::isMany)) {
                return evaluator.because(place, last);
            }
            arguments.addAll(array.elements());
        }
        return call(call.function(), arguments, place, scope);
    }

    private static Expression argument(Expression.Call call, int index) {
        if (index >= call.arguments().size()) {
            throw new EvaluationException("a function lacks an argument");
        }
        return call.arguments().get(index);
    }

    private Node attempt(Expression.Call call, Scope scope) {
        for (Expression argument : call.arguments()) {
            try {
                return evaluator.tried(argument, scope);
            } catch (EvaluationException e) {
                // The next one is tried, as Terraform does.
            }
        }
        throw new EvaluationException("no argument of `try` can be evaluated");
    }

    /** Those whose arguments may be unknown in parts. */
    private Node call(String function, List<Node> arguments, Location place, Scope scope) {
        return switch (function) {
            case "jsonencode" -> encode(one(arguments), place);
            case "merge" -> merge(arguments, place);
            case "concat" -> concat(arguments, place);
            case "sensitive", "nonsensitive" -> one(arguments);
            case "coalesce" -> coalesce(arguments, place);
            case "lookup" -> lookup(arguments, place);
            case "jsondecode" -> decode(one(arguments), place);
            default -> callKnown(function, arguments, place, scope);
        };
    }

    /** Those whose arguments must be known as a whole. */
    private Node callKnown(String function, List<Node> arguments, Location place, Scope scope) {
        for (Node argument : arguments) {
            if (isUnknown(argument)) {
                return evaluator.because(place, argument);
            }
        }
        Node first = arguments.isEmpty() ? new NullNode(place) : arguments.get(0);
        return switch (function) {
            case "flatten" -> flatten(list(first), place);
            case "compact" -> compact(list(first), place);
            case "length" -> length(first, place);
            case "keys" -> keys(first, place);
            case "values" -> values(first, place);
            case "contains" -> contains(list(first), at(arguments, 1), place);
            case "element" -> element(list(first), at(arguments, 1), place);
            case "zipmap" -> zip(list(first), list(at(arguments, 1)), place);
            case "range" -> range(arguments, place);
            case "tolist" ->
                onKnown(first, place, elements -> elements) instanceof ArrayNode list
                        ? Conversions.uniform(list)
                        : evaluator.because(place, first);
            case "toset" ->
                onKnown(first, place, elements -> elements) instanceof ArrayNode list
                        ? Conversions.set(Conversions.uniform(list))
                        : evaluator.unknown(place, "the set has elements that are unknown");
            case "tomap" -> Conversions.uniform(map(first));
            case "tostring" -> first instanceof NullNode ? first : string(first.location(), text(first));
            case "tonumber" ->
                first instanceof NullNode ? first : Conversions.number(new NullNode(place), Conversions.decimal(first));
            case "tobool" -> first instanceof NullNode ? first : new BooleanNode(place, Conversions.truth(first));
            case "file" -> file(text(first), place, scope, file -> evaluator.from(string(place, file.text()), file));
            case "templatefile" -> {
                String path = text(first);
                ObjectNode values = map(at(arguments, 1));
                yield file(path, place, scope, file -> template(file, values, place));
            }
            case "yamldecode" -> {
                LocatedText source = evaluator.origin(first).orElseGet(() -> SourceFile.inside(place, text(first)));
                yield YamlValues.decoded(
                        source instanceof SourceFile file ? file : SourceFile.inside(place, text(first)), evaluator);
            }
            default -> texts.call(function, arguments, place);
        };
    }

    private static Node one(List<Node> arguments) {
        return at(arguments, 0);
    }

    static Node at(List<Node> arguments, int index) {
        if (index >= arguments.size()) {
            throw new EvaluationException("a function lacks an argument");
        }
        return arguments.get(index);
    }

    static Optional<Node> unknownIn(List<Node> elements) {
        return elements.stream().filter(Conversions::isUnknown).findFirst();
    }

    /** A function of a list that needs to know every element. */
    private Node onKnown(Node list, Location place, UnaryOperator<List<Node>> change) {
        if (isUnknown(list)) {
            return evaluator.because(place, list);
        }
        List<Node> elements = list(list).elements();
        Optional<Node> unknown = unknownIn(elements);
        return unknown.isPresent()
                ? evaluator.because(place, unknown.get())
                : new ArrayNode(list.location(), List.copyOf(change.apply(elements)));
    }

    private Node encode(Node value, Location place) {
        JsonText json = new JsonText(place);
        json.add(value, evaluator);
        return evaluator.encoding(json.toNode(evaluator), value);
    }

    private Node decode(Node text, Location place) {
        Optional<Node> encoded = evaluator.encoded(text);
        if (encoded.isPresent()) {
            return encoded.get();
        }
        Optional<LocatedText> origin = evaluator.origin(text);
        if (isUnknown(text) && origin.isEmpty()) {
            return evaluator.because(place, text);
        }
        try {
            return evaluator.templates().parsed(text, origin.orElseGet(() -> SourceFile.inside(place, text(text))));
        } catch (UnreadableSourceException e) {
            if (isUnknown(text)) {
                return evaluator.because(place, text);
            }
            throw new EvaluationException("`jsondecode` is given a text that is not JSON");
        }
    }

    /**
     * The object in a call of {@code merge} to which a key can be added, so that what is merged has it: no other argument
     * may have a list under such a key, which would be lost.
     */
    private static Optional<Location> editable(Expression.Call call, List<Node> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (call.arguments().get(i) instanceof Expression.ObjectValue object) {
                Location written = object.location();
                return arguments.stream()
                                .filter(argument -> !argument.location().equals(written))
                                .allMatch(Functions::hasNoLists)
                        ? Optional.of(written)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean hasNoLists(Node argument) {
        return argument instanceof NullNode
                || (argument instanceof ObjectNode object
                        && object.others().isEmpty()
                        && object.members().stream()
                                .noneMatch(member -> EDITED.contains(member.key())
                                        && !member.value().isAbsent()));
    }

    private Node merge(List<Node> arguments, Location place) {
        Map<String, Member> members = new LinkedHashMap<>();
        Optional<UnresolvedNode> others = Optional.empty();
        for (Node argument : arguments) {
            if (argument instanceof ObjectNode object) {
                if (object.others().isPresent()) {
                    members.clear();
                    others = object.others();
                }
                for (Member member : object.members()) {
                    boolean either = members.remove(member.key()) != null && evaluator.isMany(member.value());
                    Node value = either ? evaluator.because(place, member.value()) : member.value();
                    members.put(member.key(), new Member(member.key(), member.keyLocation(), value));
                }
            } else if (isUnknown(argument)) {
                // It may have any key, with another value.
                members.clear();
                others = Optional.of(evaluator.because(place, argument));
            } else if (!(argument instanceof NullNode)) {
                throw new EvaluationException(argument.noun() + " is merged with objects");
            }
        }
        return new ObjectNode(place, List.copyOf(members.values()), others);
    }

    private Node concat(List<Node> arguments, Location place) {
        List<Node> elements = new ArrayList<>();
        Set<String> types = new HashSet<>();
        boolean empty = false;
        for (Node argument : arguments) {
            argument.elements().stream()
                    .filter(element -> !(element instanceof NullNode))
                    .forEach(element -> types.add(element.scalar().isPresent() ? element.noun() : ""));
            empty |= argument.isAbsent();
        }
        boolean scalars = !types.contains("") && !types.isEmpty();
        if (scalars && (types.size() > 1 || (empty && !types.contains("a string")))) {
            return evaluator.unknown(place, "lists with elements of different types are joined");
        }
        for (Node argument : arguments) {
            if (isUnknown(argument)) {
                elements.add(evaluator.rest(place, argument));
            } else {
                elements.addAll(list(argument).elements());
            }
        }
        return new ArrayNode(place, List.copyOf(elements));
    }

    private Node flatten(ArrayNode list, Location place) {
        List<Node> elements = new ArrayList<>();
        for (Node element : list.elements()) {
            if (isUnknown(element)) {
                elements.add(evaluator.rest(place, element));
            } else if (element instanceof ArrayNode inner) {
                elements.addAll(flatten(inner, place).elements());
            } else {
                elements.add(element);
            }
        }
        return new ArrayNode(list.location(), List.copyOf(elements));
    }

    private Node compact(ArrayNode list, Location place) {
        List<Node> elements = new ArrayList<>();
        for (Node element : list.elements()) {
            if (isUnknown(element)) {
                elements.add(evaluator.rest(place, element));
            } else if (!(element instanceof NullNode) && !text(element).isEmpty()) {
                elements.add(string(element.location(), text(element)));
            }
        }
        return new ArrayNode(list.location(), List.copyOf(elements));
    }

    private Node coalesce(List<Node> arguments, Location place) {
        for (Node argument : arguments) {
            if (isUnknown(argument)) {
                return evaluator.because(place, argument);
            }
            boolean given = !(argument instanceof NullNode)
                    && !(argument instanceof TextNode text && text.value().isEmpty());
            if (given) {
                Node value = argument;
                for (Node other : arguments) {
                    value = Conversions.withTypeOf(value, other);
                }
                return value;
            }
        }
        throw new EvaluationException("`coalesce` has no argument with a value");
    }

    private Node lookup(List<Node> arguments, Location place) {
        Node map = one(arguments);
        Node key = at(arguments, 1);
        if (isUnknown(map) || isUnknown(key)) {
            return evaluator.because(place, isUnknown(map) ? map : key);
        }
        Optional<Node> found = map(map).get(text(key));
        if (found.isPresent() && !evaluator.isTried()) {
            return evaluator.at(place, found.get());
        }
        if (arguments.size() < 3) {
            return evaluator.attribute(map, text(key), place);
        }
        Node standard = arguments.get(2);
        boolean same = map(map).members().stream()
                .allMatch(member -> member.value().noun().equals(standard.noun()));
        // A map gives its default the type of its values, an object does not.
        boolean word = standard instanceof TextNode text && text.value().matches("(?s)(?!-?[\\d.]++$|true$|false$).*");
        return same && !evaluator.isTried() && (word || !map(map).members().isEmpty())
                ? standard
                : evaluator.unknown(place, "the type of the default in `lookup` is unknown");
    }

    private Node length(Node value, Location place) {
        if (value instanceof ObjectNode object) {
            return Evaluator.others(object).isPresent()
                    ? evaluator.because(place, Evaluator.others(object).get())
                    : integer(place, Conversions.sorted(object).size());
        }
        if (value instanceof ArrayNode array) {
            Optional<Node> many =
                    array.elements().stream().filter(evaluator::isMany).findFirst();
            return many.isPresent()
                    ? evaluator.because(place, many.get())
                    : integer(place, array.elements().size());
        }
        return value instanceof TextNode text && text.value().chars().allMatch(c -> c < 128)
                ? integer(place, text.value().length())
                : evaluator.unknown(place, "the length of this text is not evaluated");
    }

    private static Node integer(Location place, int value) {
        return Conversions.number(new NullNode(place), BigDecimal.valueOf(value));
    }

    private Node keys(Node value, Location place) {
        ObjectNode object = map(value);
        return Evaluator.others(object).isPresent()
                ? evaluator.because(place, Evaluator.others(object).get())
                : new ArrayNode(
                        place,
                        Conversions.sorted(object).stream()
                                .map(member -> string(member.keyLocation(), member.key()))
                                .toList());
    }

    private Node values(Node value, Location place) {
        ObjectNode object = map(value);
        List<Node> values = new ArrayList<>();
        Conversions.sorted(object).forEach(member -> values.add(member.value()));
        object.others().ifPresent(others -> values.add(0, evaluator.rest(place, others)));
        return new ArrayNode(object.location(), List.copyOf(values));
    }

    private Node contains(ArrayNode list, Node wanted, Location place) {
        if (wanted instanceof NullNode) {
            return evaluator.unknown(place, "`contains` is given null");
        }
        Optional<Node> unknown = unknownIn(list.elements());
        for (Node element : list.elements()) {
            boolean scalars = element.scalar().isPresent() && wanted.scalar().isPresent();
            if (scalars
                    && element.noun().equals(wanted.noun())
                    && element.scalar().equals(wanted.scalar())) {
                return new BooleanNode(place, true);
            }
            if (!scalars || !element.noun().equals(wanted.noun())) {
                // Terraform may convert one of them to the other's type.
                unknown = unknown.isPresent() ? unknown : Optional.of(evaluator.unknown(place, "the types differ"));
            }
        }
        return unknown.isPresent() ? evaluator.because(place, unknown.get()) : new BooleanNode(place, false);
    }

    private Node element(ArrayNode list, Node index, Location place) {
        if (list.elements().isEmpty()) {
            throw new EvaluationException("`element` is given an empty list");
        }
        Node length = length(list, place);
        if (Conversions.decimal(index).signum() < 0) {
            return evaluator.unknown(place, "an element before the first one is not evaluated");
        }
        return isUnknown(length)
                ? length
                : evaluator.index(
                        list,
                        Conversions.number(index, Conversions.decimal(index).remainder(Conversions.decimal(length))),
                        place);
    }

    private Node zip(ArrayNode keys, ArrayNode values, Location place) {
        Optional<Node> unknown = unknownIn(keys.elements())
                .or(() -> values.elements().stream().filter(evaluator::isMany).findFirst());
        if (unknown.isPresent()) {
            return evaluator.because(place, unknown.get());
        }
        if (keys.elements().size() != values.elements().size()) {
            throw new EvaluationException("`zipmap` is given lists of different lengths");
        }
        Map<String, Member> members = new HashMap<>();
        for (int i = 0; i < keys.elements().size(); i++) {
            Node key = keys.elements().get(i);
            members.put(
                    text(key),
                    new Member(text(key), key.location(), values.elements().get(i)));
        }
        return new ObjectNode(place, List.copyOf(members.values()), Optional.empty());
    }

    private static Node range(List<Node> arguments, Location place) {
        List<Integer> numbers = arguments.stream()
                .map(each -> Conversions.decimal(each).intValue())
                .toList();
        int start = numbers.size() > 1 ? numbers.get(0) : 0;
        int end = numbers.get(numbers.size() > 1 ? 1 : 0);
        if (numbers.size() > 2 || end < start || end - start > 1024) {
            throw new EvaluationException("`range` is given numbers that are not evaluated");
        }
        List<Node> elements = new ArrayList<>();
        for (int i = start; i < end; i++) {
            elements.add(integer(place, i));
        }
        return new ArrayNode(place, List.copyOf(elements));
    }

    private Node file(String path, Location place, Scope scope, Function<SourceFile, Node> content) {
        Optional<SourceFile> file = scope.module().flatMap(module -> module.file(path));
        return file.isPresent()
                ? content.apply(file.get())
                : evaluator.unknown(place, "the file " + PublicText.name(path) + " cannot be read");
    }

    /** What a template gives with values for its variables. */
    Node template(LocatedText source, ObjectNode values, Location place) {
        Map<String, Node> names = new HashMap<>();
        values.members().forEach(member -> names.put(member.key(), member.value()));
        values.others().ifPresent(others -> names.put(Scope.OTHERS, others));
        try {
            Expression.Template template = HclReader.template(source);
            return evaluator.evaluate(template, new Scope(Optional.empty(), Map.copyOf(names)));
        } catch (UnreadableSourceException e) {
            throw new EvaluationException(
                    "the template has a mistake at " + e.problem().location());
        }
    }
}
