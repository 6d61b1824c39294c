// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.cloudformation;

import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import io.github.readonlyrootfs.taskdef.node.TemplateBranches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates CloudFormation's intrinsic functions as far as the template itself says what they give; what only a
 * deployment knows becomes an {@link UnresolvedNode}. A result is where the function is written, not where a
 * parameter is declared: that is the place to look at when something is wrong with it.
 */
final class Intrinsics {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]{0,300}+)\\}");

    private static final Pattern INDEX = Pattern.compile("\\d{1,6}");

    /** No task definition needs longer texts: this bounds our memory. */
    private static final int MAX_TEXT = 4_000_000;

    /** Twice as deep as a file can nest; more are conditions that use each other, which would overflow the stack. */
    private static final int MAX_DEPTH = 2 * JsonTree.MAX_DEPTH;

    private final TemplateScope scope;
    private final TemplateConditions conditions;
    private int textMade;
    private int depth;

    Intrinsics(ObjectNode template, Filling filling) {
        this.scope = new TemplateScope(template, filling);
        this.conditions = new TemplateConditions(scope.section("Conditions"), this);
    }

    /** The evaluated value; empty if it is {@code AWS::NoValue}. */
    Optional<Node> evaluate(Node node) {
        if (depth == MAX_DEPTH) {
            return Optional.of(new UnresolvedNode(
                    node.location(), "", "the template's functions and conditions are nested too deep"));
        }
        depth++;
        Optional<Node> value = valueOf(node);
        depth--;
        return value;
    }

    private Optional<Node> valueOf(Node node) {
        if (node instanceof ObjectNode object) {
            Optional<Member> call = object.call();
            return call.isPresent()
                    ? apply(call.get().key(), call.get().value(), object.location())
                    : Optional.of(members(object));
        }
        if (node instanceof ArrayNode array) {
            return Optional.of(new ArrayNode(
                    array.location(),
                    array.elements().stream()
                            .flatMap(element -> elements(element).stream())
                            .toList()));
        }
        if (node instanceof ConditionalNode conditional) {
            return evaluate(conditional.value()).map(value -> new ConditionalNode(value, conditional.reason()));
        }
        return Optional.of(node);
    }

    /** The values of an array's element: two, if it is unknown which of two containers it is. */
    private List<Node> elements(Node element) {
        Optional<Member> call = element instanceof ObjectNode object ? object.call() : Optional.empty();
        return call.isPresent() && call.get().key().equals("Fn::If")
                ? choose(call.get().value(), element.location(), TemplateBranches::elements)
                : evaluate(element).stream().toList();
    }

    private ObjectNode members(ObjectNode object) {
        List<Member> members = new ArrayList<>();
        Optional<UnresolvedNode> others = object.others();
        for (Member member : object.members()) {
            if (member.isFunction()) {
                // Fn::Transform and Fn::ForEach beside other keys add keys to them.
                others = Optional.of(notHere(member.key(), member.value(), member.keyLocation()));
            } else {
                evaluate(member.value())
                        .ifPresent(value -> members.add(new Member(member.key(), member.keyLocation(), value)));
            }
        }
        return new ObjectNode(object.location(), List.copyOf(members), others);
    }

    private Optional<Node> apply(String function, Node argument, Location location) {
        return switch (function) {
            case "Ref" -> ref(argument, location);
            case "Fn::If" ->
                choose(argument, location, (branches, then, otherwise) -> List.of(branches.common(then, otherwise)))
                        .stream()
                        .findFirst();
            case "Fn::Sub" -> Optional.of(substitute(argument, location));
            case "Fn::Join" -> Optional.of(join(argument, location));
            case "Fn::Split" -> Optional.of(split(argument, location));
            case "Fn::Select" -> Optional.of(select(argument, location));
            case "Fn::FindInMap" -> Optional.of(findInMap(argument, location));
            case "Fn::GetAtt" -> Optional.of(attribute(argument, location));
            default -> Optional.of(notHere(function, argument, location));
        };
    }

    private static UnresolvedNode notHere(String function, Node argument, Location location) {
        String name = argument.scalar().map(text -> function + ":" + text).orElse(function);
        return new UnresolvedNode(
                location,
                TemplateText.variable(name),
                SchemaProblems.quoted(function) + " is evaluated only when the stack is deployed");
    }

    private static UnresolvedNode malformed(String function, Location location) {
        return new UnresolvedNode(
                location, TemplateText.variable(function), "`" + function + "` is not valid CloudFormation");
    }

    private Optional<Node> ref(Node argument, Location location) {
        if (!(argument instanceof TextNode name)) {
            return Optional.of(malformed("Ref", location));
        }
        if (name.value().equals("AWS::NoValue")) {
            return Optional.empty();
        }
        return Optional.of(textMade > MAX_TEXT ? tooLong(location) : counted(scope.ref(name.value(), location)));
    }

    private Node counted(Node node) {
        textMade += node instanceof ArrayNode array ? array.elements().size() : 0;
        return node;
    }

    private static Node attribute(Node argument, Location location) {
        String name = argument instanceof ArrayNode parts
                ? String.join(
                        ".",
                        parts.elements().stream()
                                .map(part -> part.scalar().orElse("?"))
                                .toList())
                : argument.scalar().orElse("?");
        return scopeAttribute(name, location);
    }

    private static UnresolvedNode scopeAttribute(String name, Location location) {
        return new UnresolvedNode(
                location,
                TemplateText.variable(name),
                SchemaProblems.quoted(name) + " is known only when the stack is deployed");
    }

    /** The common parts of two values if it is unknown which of them applies. */
    private interface Undecided {

        List<Node> of(TemplateBranches branches, Node then, Node otherwise);
    }

    /** {@code Fn::If}; nothing where that is {@code AWS::NoValue}. */
    private List<Node> choose(Node argument, Location location, Undecided undecided) {
        List<Node> parts = parts(argument);
        if (parts.size() != 3 || !(parts.get(0) instanceof TextNode condition)) {
            return List.of(malformed("Fn::If", location));
        }
        Answer answer = conditions.named(condition.value());
        if (answer.doubt().isEmpty()) {
            return evaluate(parts.get(answer.isYes() ? 1 : 2)).stream().toList();
        }
        String doubt = answer.doubt().get();
        Optional<Node> then = evaluate(parts.get(1));
        Optional<Node> otherwise = evaluate(parts.get(2));
        if (then.isEmpty() || otherwise.isEmpty()) {
            return then.or(() -> otherwise).<Node>map(value -> new ConditionalNode(value, doubt)).stream()
                    .toList();
        }
        UnresolvedNode unknown =
                new UnresolvedNode(location, TemplateText.variable("Fn::If:" + condition.value()), doubt);
        return undecided.of(new TemplateBranches(unknown), then.get(), otherwise.get());
    }

    private Node substitute(Node argument, Location location) {
        List<Node> parts = argument instanceof TextNode ? List.of(argument) : parts(argument);
        if (parts.isEmpty() || parts.size() > 2 || !(parts.get(0) instanceof TextNode pattern)) {
            return malformed("Fn::Sub", location);
        }
        Map<String, Node> own = new HashMap<>();
        if (parts.size() == 2 && parts.get(1) instanceof ObjectNode variables) {
            for (Member variable : variables.members()) {
                evaluate(variable.value()).ifPresent(value -> own.put(variable.key(), value));
            }
        }
        TemplateText result = new TemplateText(location);
        Matcher variable = VARIABLE.matcher(pattern.value());
        int end = 0;
        while (variable.find() && textMade + result.length() < MAX_TEXT) {
            result.add(pattern.value().substring(end, variable.start()));
            end = variable.end();
            String name = variable.group(1).strip();
            if (name.startsWith("!")) {
                result.add("${" + name.substring(1) + "}");
            } else if (own.containsKey(name)) {
                result.add(own.get(name));
            } else {
                result.add(name.contains(".") ? scopeAttribute(name, location) : scope.ref(name, location));
            }
        }
        result.add(pattern.value().substring(end));
        return finish(result, location);
    }

    private Node join(Node argument, Location location) {
        List<Node> parts = parts(argument);
        if (parts.size() != 2 || !(parts.get(0) instanceof TextNode delimiter)) {
            return malformed("Fn::Join", location);
        }
        TemplateText result = new TemplateText(location);
        Node list = evaluated(parts.get(1));
        if (!(list instanceof ArrayNode array)) {
            result.add(list);
            return finish(result, location);
        }
        for (int i = 0; i < array.elements().size() && textMade + result.length() < MAX_TEXT; i++) {
            result.add(i == 0 ? "" : delimiter.value());
            result.add(array.elements().get(i));
        }
        return finish(result, location);
    }

    private Node split(Node argument, Location location) {
        List<Node> parts = parts(argument);
        if (parts.size() != 2
                || !(parts.get(0) instanceof TextNode delimiter)
                || delimiter.value().isEmpty()) {
            return malformed("Fn::Split", location);
        }
        Node whole = evaluated(parts.get(1));
        if (!(whole instanceof TextNode text)) {
            return new UnresolvedNode(location, TemplateText.variable("Fn::Split"), TemplateText.reason(whole));
        }
        String[] pieces = text.value().split(Pattern.quote(delimiter.value()), -1);
        textMade += text.value().length() + pieces.length;
        return textMade > MAX_TEXT ? tooLong(location) : TemplateScope.list(pieces, location);
    }

    private Node select(Node argument, Location location) {
        List<Node> parts = parts(argument);
        if (parts.size() != 2) {
            return malformed("Fn::Select", location);
        }
        Node list = evaluated(parts.get(1));
        Node index = certain(parts.get(0));
        Optional<String> number =
                index.scalar().filter(text -> INDEX.matcher(text).matches());
        if (!(list instanceof ArrayNode array) || number.isEmpty()) {
            String reason = TemplateText.reason(list instanceof ArrayNode ? index : list);
            return new UnresolvedNode(location, TemplateText.variable("Fn::Select"), reason);
        }
        int at = Integer.parseInt(number.get());
        return at < array.elements().size() ? array.elements().get(at) : malformed("Fn::Select", location);
    }

    private Node findInMap(Node argument, Location location) {
        List<Node> keys = parts(argument);
        if (keys.size() < 3) {
            return malformed("Fn::FindInMap", location);
        }
        Optional<Node> found = Optional.of(scope.section("Mappings"));
        for (Node written : keys.subList(0, 3)) {
            Node key = certain(written);
            Optional<String> name = key.scalar();
            if (name.isEmpty()) {
                return new UnresolvedNode(location, TemplateText.variable("Fn::FindInMap"), TemplateText.reason(key));
            }
            found = found.flatMap(
                    map -> map instanceof ObjectNode object ? object.member(name.get()) : Optional.empty());
        }
        if (found.isPresent()) {
            return moved(found.get(), location);
        }
        return keys.size() == 4
                        && keys.get(3) instanceof ObjectNode options
                        && options.member("DefaultValue").isPresent()
                ? evaluated(options.member("DefaultValue").get())
                : new UnresolvedNode(
                        location,
                        TemplateText.variable("Fn::FindInMap"),
                        "the template's `Mappings` have no such value");
    }

    /** The value of an argument; an empty string for {@code AWS::NoValue}. */
    Node evaluated(Node node) {
        return evaluate(node).orElse(new TextNode(node.location(), ""));
    }

    /** The value of an argument that decides something: a text with a placeholder in it is unknown. */
    Node certain(Node node) {
        Node value = evaluated(node);
        return value instanceof TextNode text && text.placeholder().isPresent()
                ? UnresolvedNode.of(
                        text.location(), text.value(), text.placeholder().get())
                : value;
    }

    private static List<Node> parts(Node node) {
        return node instanceof ArrayNode array ? array.elements() : List.of();
    }

    /** A scalar with another place. */
    private static Node moved(Node node, Location location) {
        if (node instanceof TextNode text) {
            return new TextNode(location, text.value(), text.placeholder());
        }
        if (node instanceof NumberNode number) {
            return new NumberNode(location, number.text());
        }
        return node instanceof BooleanNode bool ? new BooleanNode(location, bool.value()) : node;
    }

    private Node finish(TemplateText text, Location location) {
        textMade += text.length();
        return textMade > MAX_TEXT ? tooLong(location) : text.toNode();
    }

    private static Node tooLong(Location location) {
        return new UnresolvedNode(location, "", "the texts that the template builds are too long");
    }
}
