// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.source.LocatedText;
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
import io.github.readonlyrootfs.taskdef.node.TemplateBranches;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Evaluates Terraform's expressions as far as its files say what they give. What only a run of Terraform knows becomes an
 * {@link UnresolvedNode}, part by part.
 */
final class Evaluator {

    /** Twice as deep as a file can nest; more are locals that use each other, which would overflow the stack. */
    private static final int MAX_DEPTH = 400;

    /** A task definition takes a few hundred; this bounds our time. */
    private static final int MAX_STEPS = 1_000_000;

    /** How the text of an unknown value begins that nothing in the files has a word for. */
    private static final String NAMELESS = "${?";

    /** What follows the name of a function, which is a word where there is no better one. */
    private static final String CALL = "()";

    private final Functions functions = new Functions(this);

    private final Operators operators = new Operators(this);

    private final Templates templates = new Templates(this);

    /** By the text that {@code jsonencode} makes: what it encodes. */
    private final IdentityHashMap<Node, Node> encoded = new IdentityHashMap<>();

    /** By the text of a template or file: where its characters are. */
    private final IdentityHashMap<Node, LocatedText> origins = new IdentityHashMap<>();

    /** How large values are, which may have the same parts many times. */
    private final IdentityHashMap<Node, Integer> sizes = new IdentityHashMap<>();

    /** Elements that stand for any number of elements. */
    private final Set<Node> many = Collections.newSetFromMap(new IdentityHashMap<>());

    /** How often a word stands for an unknown value. */
    private final Map<String, Integer> words = new HashMap<>();

    private int depth;
    private int tries;
    private boolean doubted;
    private int steps;
    private int unknowns;

    /** The value; unknown where Terraform refuses the expression. */
    Node value(Expression expression, Scope scope) {
        try {
            return evaluate(expression, scope);
        } catch (EvaluationException e) {
            return unknown(expression.location(), e.reason());
        }
    }

    /** @throws EvaluationException where Terraform refuses the expression */
    Node evaluate(Expression expression, Scope scope) {
        if (depth == MAX_DEPTH || ++steps > MAX_STEPS) {
            return unknown(expression.location(), "the configuration's expressions are too large to evaluate");
        }
        depth++;
        try {
            Node value = valueOf(expression, scope);
            // A reference makes nothing larger; what is made of references may double with each.
            boolean made = !(expression instanceof Expression.Variable || expression instanceof Expression.Attribute);
            steps += made ? size(value) : 0;
            return steps > MAX_STEPS
                    ? unknown(expression.location(), "the configuration's expressions are too large to evaluate")
                    : value;
        } finally {
            depth--;
        }
    }

    /** How many values there are in one, each as often as it occurs. */
    private int size(Node value) {
        if (!isStructure(value)) {
            return 1;
        }
        Integer known = sizes.get(value);
        if (known == null) {
            long size = 1;
            if (value instanceof ObjectNode object) {
                for (Member member : object.members()) {
                    size += size(member.value());
                }
            } else {
                for (Node element : value.elements()) {
                    size += size(element);
                }
            }
            known = (int) Math.min(size, MAX_STEPS);
            sizes.put(value, known);
        }
        return known;
    }

    static boolean isStructure(Node value) {
        return value instanceof ObjectNode || value instanceof ArrayNode;
    }

    /** A part of a value: where it is refused, the other parts are known all the same, unless somebody asks for that. */
    Node part(Expression expression, Scope scope) {
        return isTried() ? evaluate(expression, scope) : value(expression, scope);
    }

    private Node valueOf(Expression expression, Scope scope) {
        if (expression instanceof Expression.Template template) {
            Optional<Expression> only = template.only();
            return only.isPresent()
                    ? evaluate(only.get(), scope)
                    : templates.text(template.location(), template.parts(), scope);
        }
        if (expression instanceof Expression.Tuple tuple) {
            return new ArrayNode(
                    tuple.location(),
                    tuple.elements().stream().map(each -> part(each, scope)).toList());
        }
        if (expression instanceof Expression.ObjectValue object) {
            return object(object, scope);
        }
        if (expression instanceof Expression.Variable || expression instanceof Expression.Attribute) {
            return reference(expression, scope);
        }
        if (expression instanceof Expression.Index index) {
            return index(evaluate(index.of(), scope), evaluate(index.key(), scope), index.location());
        }
        if (expression instanceof Expression.Splat splat) {
            return splat(splat, scope);
        }
        if (expression instanceof Expression.Element) {
            return Optional.ofNullable(scope.names().get(""))
                    .orElseThrow(() -> new EvaluationException("`*` has no list"));
        }
        if (expression instanceof Expression.Call call) {
            return called(call.function() + CALL, functions.call(call, scope));
        }
        if (expression instanceof Expression.Conditional conditional) {
            return conditional(conditional, scope);
        }
        if (expression instanceof Expression.Unary unary) {
            return operators.unary(unary, evaluate(unary.operand(), scope));
        }
        if (expression instanceof Expression.Binary binary) {
            return operators.binary(binary, scope);
        }
        if (expression instanceof Expression.Parentheses parentheses) {
            return evaluate(parentheses.content(), scope);
        }
        return expression instanceof Expression.For repeat
                ? new Repetition(this).value(repeat, scope)
                : Literals.value(expression).orElseThrow();
    }

    /**
     * Evaluates what may fail. Where it is not told whether Terraform refuses a part of it, all of it is unknown, since
     * another value may take its place.
     */
    Node tried(Expression expression, Scope scope) {
        boolean before = doubted;
        doubted = false;
        tries++;
        try {
            Node value = evaluate(expression, scope);
            return doubted ? unknown(expression.location(), "it is not told whether this is refused") : value;
        } finally {
            tries--;
            doubted |= before;
        }
    }

    Templates templates() {
        return templates;
    }

    boolean isTried() {
        return tries > 0;
    }

    /** A value that cannot be told from the files. */
    UnresolvedNode unknown(Location place, String reason) {
        doubted = true;
        return templates.registered(new UnresolvedNode(place, NAMELESS + ++unknowns + "}", reason));
    }

    /** The same value in another place, as unknown as it is. */
    UnresolvedNode unknown(Location place, Node cause) {
        if (cause instanceof UnresolvedNode unresolved) {
            return templates.registered(
                    new UnresolvedNode(place, unresolved.text(), unresolved.reason(), unresolved.name()));
        }
        return unknown(place, cause instanceof ConditionalNode maybe ? maybe.reason() : "a part of it is unknown");
    }

    /** An unknown value with a word for it that is in the user's files; the same word for two values has a number. */
    Node called(String word, Node value) {
        if (!(value instanceof UnresolvedNode unresolved)
                || !(unresolved.text().startsWith(NAMELESS) || unresolved.text().contains(CALL))) {
            return value;
        }
        int number = words.merge(word, 1, Integer::sum);
        String text = "${" + word + (number == 1 ? "" : " " + number) + "}";
        return carried(
                value,
                templates.registered(
                        new UnresolvedNode(value.location(), text, unresolved.reason(), unresolved.name())));
    }

    /** A value that another one makes unknown, and is not the same. */
    UnresolvedNode because(Location place, Node cause) {
        return unknown(place, unknown(place, cause).reason());
    }

    /** An element that stands for any number of elements. */
    UnresolvedNode rest(Location place, Node cause) {
        UnresolvedNode rest = unknown(place, cause);
        many.add(rest);
        return rest;
    }

    boolean isMany(Node element) {
        return element instanceof ConditionalNode || many.contains(element);
    }

    /** What may be among an object's members, beside those that certainly are; nothing where all are known. */
    static Optional<Node> others(ObjectNode object) {
        return object.others()
                .<Node>map(others -> others)
                .or(() -> object.members().stream()
                        .map(Member::value)
                        .filter(ConditionalNode.class::isInstance)
                        .findFirst());
    }

    /** What a text encodes in JSON. */
    Optional<Node> encoded(Node text) {
        return Optional.ofNullable(encoded.get(text));
    }

    /** A text, with what it encodes. */
    Node encoding(Node text, Node content) {
        encoded.put(text, content);
        return text;
    }

    /** A text with the places of its characters; empty for one that is not written in one place. */
    Optional<LocatedText> origin(Node text) {
        return Optional.ofNullable(origins.get(text));
    }

    Node from(Node text, LocatedText origin) {
        origins.put(text, origin);
        return text;
    }

    /** A scalar in the place where it is used; what has parts stays where it is written. */
    Node at(Location place, Node value) {
        Node moved = value;
        if (value instanceof TextNode text) {
            moved = new TextNode(place, text.value(), text.placeholder(), text.written());
        } else if (value instanceof NumberNode number) {
            moved = new NumberNode(place, number.text());
        } else if (value instanceof BooleanNode bool) {
            moved = new BooleanNode(place, bool.value());
        } else if (value instanceof NullNode) {
            moved = new NullNode(place);
        } else if (value instanceof UnresolvedNode) {
            moved = unknown(place, value);
        }
        return carried(value, moved);
    }

    /** What one may call a value that depends on a condition: the first reference in it. */
    private static String word(Expression.Conditional conditional) {
        return Stream.of(conditional.then(), conditional.otherwise(), conditional.condition())
                        .map(Evaluator::path)
                        .filter(path -> !path.isEmpty())
                        .findFirst()
                        .map(path -> String.join(".", path))
                        .orElse("")
                + "?";
    }

    /** Another form of a value, with all that is known of it. */
    Node carried(Node value, Node moved) {
        if (encoded.containsKey(value)) {
            encoded.put(moved, encoded.get(value));
        }
        if (origins.containsKey(value)) {
            origins.put(moved, origins.get(value));
        }
        if (many.contains(value)) {
            many.add(moved);
        }
        return moved;
    }

    private Node object(Expression.ObjectValue object, Scope scope) {
        Map<String, Member> members = new LinkedHashMap<>();
        Optional<UnresolvedNode> others = Optional.empty();
        for (Expression.Item item : object.items()) {
            Node key = item.name()
                    .<Node>map(name -> Conversions.string(item.key().location(), name))
                    .orElseGet(() -> evaluate(item.key(), scope));
            Node value = part(item.value(), scope);
            if (Conversions.isUnknown(key)) {
                // It may be any key, one that is there already included.
                members.clear();
                others = Optional.of(unknown(item.key().location(), key));
            } else {
                String name = Conversions.text(key);
                members.remove(name);
                members.put(name, new Member(name, item.key().location(), value));
            }
        }
        return new ObjectNode(object.location(), List.copyOf(members.values()), others);
    }

    /** A variable, or an attribute of one. */
    private Node reference(Expression expression, Scope scope) {
        List<String> path = path(expression);
        if (!path.isEmpty() && !scope.names().containsKey(path.get(0))) {
            if (scope.module().isEmpty()) {
                Node others = Optional.ofNullable(scope.names().get(Scope.OTHERS))
                        .orElseThrow(() -> new EvaluationException("the template is not given `" + path.get(0) + "`"));
                return because(expression.location(), others);
            }
            Optional<Node> value = scope.module().get().named(path, expression.location());
            if (value.isPresent()) {
                return placed(expression.location(), value.get(), scope);
            }
        }
        if (expression instanceof Expression.Attribute attribute) {
            Node of = evaluate(attribute.of(), scope);
            Optional<Node> written = scope.isInPublicModule() && of instanceof ObjectNode object
                    ? object.member(attribute.name())
                    : Optional.empty();
            return written.orElseGet(() -> attribute(of, attribute.name(), attribute.location()));
        }
        Node value = scope.names().get(path.get(0));
        return value == null
                ? unknown(expression.location(), "a name without a dot is not evaluated")
                : placed(expression.location(), value, scope);
    }

    private Node placed(Location place, Node value, Scope scope) {
        return scope.isInPublicModule() ? value : at(place, value);
    }

    /** Evaluates something that another expression needs, as if nothing were being tried. */
    Node apart(Supplier<Node> value) {
        int before = tries;
        boolean doubt = doubted;
        tries = 0;
        try {
            return value.get();
        } finally {
            tries = before;
            doubted = doubt;
        }
    }

    /** The names in {@code a.b.c}; none where it has anything else in it. */
    static List<String> path(Expression expression) {
        List<String> path = new ArrayList<>();
        Expression next = expression;
        while (next instanceof Expression.Attribute attribute) {
            path.add(attribute.name());
            next = attribute.of();
        }
        if (!(next instanceof Expression.Variable root)) {
            return List.of();
        }
        path.add(root.name());
        Collections.reverse(path);
        return path;
    }

    Node attribute(Node of, String name, Location place) {
        if (of instanceof ObjectNode object) {
            Optional<Node> value = object.get(name);
            return at(
                    place, value.orElseThrow(() -> new EvaluationException("an object has no attribute of this name")));
        }
        if (Conversions.isUnknown(of)) {
            return part(of, place, "." + name);
        }
        throw new EvaluationException(of.noun() + " has no attributes");
    }

    /** A part of an unknown value: unknown too, and the same wherever it is used. */
    private UnresolvedNode part(Node of, Location place, String step) {
        UnresolvedNode whole = unknown(place, of);
        String text = whole.text().isEmpty() ? "" : whole.text().replaceFirst("\\}$", step + "}");
        return templates.registered(new UnresolvedNode(place, text, whole.reason()));
    }

    /** How a key is written in the word for an unknown value. */
    static String keyWord(String key) {
        return key.replaceAll("[^\\w-]", "_");
    }

    /** An element of a list, or a value of a map. */
    Node index(Node of, Node key, Location place) {
        if (Conversions.isUnknown(of)) {
            return key.scalar().isPresent()
                    ? part(of, place, "." + keyWord(key.scalar().get()))
                    : unknown(place, of);
        }
        if (Conversions.isUnknown(key)) {
            return because(place, key);
        }
        if (of instanceof ObjectNode) {
            return attribute(of, Conversions.text(key), place);
        }
        if (!(of instanceof ArrayNode array)) {
            throw new EvaluationException(of.noun() + " has no elements");
        }
        BigDecimal number = Conversions.decimal(key);
        int last = Math.min(
                array.elements().size(),
                number.signum() < 0
                        ? 0
                        : number.min(BigDecimal.valueOf(MAX_STEPS)).intValue());
        for (int i = 0; i <= last && i < array.elements().size(); i++) {
            if (isMany(array.elements().get(i))) {
                return unknown(place, array.elements().get(i));
            }
        }
        if (number.signum() < 0 || last >= array.elements().size() || number.compareTo(BigDecimal.valueOf(last)) != 0) {
            throw new EvaluationException("a list has no element of this index");
        }
        return at(place, array.elements().get(last));
    }

    private Node splat(Expression.Splat splat, Scope scope) {
        Node of = evaluate(splat.of(), scope);
        if (Conversions.isUnknown(of)) {
            return unknown(splat.location(), of);
        }
        List<Node> elements = new ArrayList<>();
        if (!(of instanceof NullNode)) {
            for (Node element : of.elements()) {
                elements.add(
                        isMany(element)
                                ? rest(splat.location(), element)
                                : evaluate(splat.each(), scope.with("", element)));
            }
        }
        return new ArrayNode(splat.location(), List.copyOf(elements));
    }

    private Node conditional(Expression.Conditional conditional, Scope scope) {
        Node condition = evaluate(conditional.condition(), scope);
        if (Conversions.isUnknown(condition)) {
            Node then = value(conditional.then(), scope);
            Node otherwise = value(conditional.otherwise(), scope);
            UnresolvedNode unknown = because(conditional.location(), condition);
            Optional<Node> one = encoded(then);
            Optional<Node> other = encoded(otherwise);
            TemplateBranches branches = new TemplateBranches(unknown);
            Node common = called(
                    word(conditional),
                    branches.common(Conversions.withTypeOf(then, otherwise), Conversions.withTypeOf(otherwise, then)));
            return one.isPresent() && other.isPresent()
                    ? encoding(unknown(conditional.location(), unknown), branches.common(one.get(), other.get()))
                    : common;
        }
        boolean truth = Conversions.truth(condition);
        Node taken = evaluate(truth ? conditional.then() : conditional.otherwise(), scope);
        Expression rest = truth ? conditional.otherwise() : conditional.then();
        // Only a null that is written here has no type of its own.
        if (rest instanceof Expression.NullValue) {
            return taken;
        }
        Node other = value(rest, scope);
        // An empty list that is not written here may be one of strings.
        boolean typed =
                other.isAbsent() && !(rest instanceof Expression.Tuple || rest instanceof Expression.ObjectValue);
        return (isTried() && !Conversions.isSameType(taken, other)) || (typed && Conversions.hasOtherScalars(taken))
                ? unknown(conditional.location(), "the two values of the condition have different types")
                : carried(taken, Conversions.withTypeOf(taken, other));
    }
}
