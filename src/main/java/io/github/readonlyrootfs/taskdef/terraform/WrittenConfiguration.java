// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.Body.Argument;
import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.hcl.Expression.Part;
import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of Terraform's configuration as it is written, in the shape that Terraform's JSON syntax has; nothing is evaluated.
 */
public final class WrittenConfiguration {

    /** Whether what is computed counts as its parts do; otherwise each of these is a part of nothing. */
    private final boolean transparent;

    private final List<Node> roots = new ArrayList<>();

    private WrittenConfiguration(boolean transparent) {
        this.transparent = transparent;
    }

    /** The whole file, with a value wherever one may come from. */
    public static Node of(SourceFile source) throws UnreadableSourceException {
        return new WrittenConfiguration(true).file(source);
    }

    /** What can be edited in a file, a template included: the file, and the objects and lists that are arguments of calls. */
    static List<Node> roots(SourceFile source) {
        WrittenConfiguration written = new WrittenConfiguration(false);
        try {
            boolean variables = TerraformFiles.isVariables(source.name());
            if (Notation.isTerraformJson(source.name())
                    || (variables && source.name().endsWith(".json"))) {
                Node root = JsonTree.parse(source, Filling.none());
                written.roots.add(root);
                written.addTexts(root, source);
            } else if (Notation.isTerraform(source.name()) || variables) {
                // The place of the file is that of its only block.
                written.file(source).members().forEach(member -> written.roots.add(member.value()));
            } else {
                written.roots.add(written.json(HclReader.template(source)));
            }
        } catch (UnreadableSourceException e) {
            // Nothing in it is edited.
        }
        return List.copyOf(written.roots);
    }

    /** Adds the JSON in strings of JSON. */
    private void addTexts(Node node, SourceFile source) throws UnreadableSourceException {
        if (node instanceof ObjectNode object) {
            for (Member member : object.members()) {
                addTexts(member.value(), source);
            }
        } else if (node instanceof ArrayNode array) {
            for (Node element : array.elements()) {
                addTexts(element, source);
            }
        } else if (node instanceof TextNode text && JsonTree.begins(text.value())) {
            try {
                roots.add(JsonTree.parse(
                        new EmbeddedText(source, text.location(), text.value()),
                        Filling.with(TemplateValues.NONE, true)));
            } catch (UnreadableSourceException e) {
                // It only begins like JSON.
            }
        }
    }

    private ObjectNode file(SourceFile source) throws UnreadableSourceException {
        return object(HclReader.read(source), source.location(0, source.text().length()));
    }

    private ObjectNode object(Body body, Location place) {
        List<Member> members = new ArrayList<>();
        for (Argument argument : body.arguments()) {
            members.add(new Member(argument.name(), argument.nameLocation(), node(argument.value())));
        }
        for (Block block : body.blocks()) {
            if (!transparent && block.type().equals("dynamic")) {
                continue;
            }
            Node content = new ArrayNode(block.location(), List.of(object(block.body(), block.location())));
            // A block is one place, and not several, for an edit.
            List<Body.Label> labels = transparent ? block.labels() : List.of();
            for (int i = labels.size() - 1; i >= 0; i--) {
                Body.Label label = labels.get(i);
                Member inner = new Member(label.text(), label.location(), content);
                content = new ObjectNode(block.location(), List.of(inner), Optional.empty());
            }
            members.add(new Member(block.type(), block.typeLocation(), content));
        }
        return new ObjectNode(place, List.copyOf(members), Optional.empty());
    }

    private Node node(Expression expression) {
        if (expression instanceof Expression.ObjectValue object) {
            List<Member> members = new ArrayList<>();
            for (Expression.Item item : object.items()) {
                Node value = node(item.value());
                if (item.name().isPresent()) {
                    members.add(new Member(item.name().get(), item.key().location(), value));
                } else if (!transparent) {
                    roots.add(value);
                }
            }
            return new ObjectNode(object.location(), List.copyOf(members), Optional.empty());
        }
        if (expression instanceof Expression.Tuple tuple) {
            return new ArrayNode(tuple.location(), nodes(tuple.elements()));
        }
        if (expression instanceof Expression.Call call) {
            return call.function().equals("jsonencode") && call.arguments().size() == 1
                    ? node(call.arguments().get(0))
                    : computed(call, call.arguments());
        }
        if (expression instanceof Expression.Conditional conditional) {
            return computed(conditional, List.of(conditional.then(), conditional.otherwise()));
        }
        if (expression instanceof Expression.Parentheses parentheses) {
            return node(parentheses.content());
        }
        if (expression instanceof Expression.For repeat) {
            return computed(repeat, List.of(repeat.value()));
        }
        return expression instanceof Expression.Template template
                ? text(template)
                : Literals.value(expression).orElseGet(() -> hidden(expression));
    }

    private List<Node> nodes(List<Expression> elements) {
        return elements.stream().map(this::node).toList();
    }

    private Node computed(Expression whole, List<Expression> parts) {
        List<Node> nodes = nodes(parts);
        if (transparent) {
            return new ArrayNode(whole.location(), nodes);
        }
        roots.addAll(nodes);
        return hidden(whole);
    }

    /** Something that is not known as it is written; the names in a reference are no secret. */
    private Node hidden(Expression expression) {
        Location place = expression.location();
        if (!transparent) {
            Member call = new Member("Ref", place, new NullNode(place));
            return new ObjectNode(place, List.of(call), Optional.empty());
        }
        List<String> path = Evaluator.path(expression);
        String text = path.isEmpty() ? "" : "${" + String.join(".", path) + "}";
        return new UnresolvedNode(place, text, "it is not evaluated");
    }

    /** A string, or the JSON in a text of several lines. */
    private Node text(Expression.Template template) {
        if (template.location().line() == template.location().endLine()) {
            return Literals.value(template).orElseGet(() -> hidden(template));
        }
        try {
            return json(template);
        } catch (UnreadableSourceException e) {
            return hidden(template);
        }
    }

    private Node json(Expression.Template template) throws UnreadableSourceException {
        try {
            return json(template, true);
        } catch (UnreadableSourceException e) {
            return json(template, false);
        }
    }

    /** @param all whether what directives decide is there */
    private Node json(Expression.Template template, boolean all) throws UnreadableSourceException {
        ComposedText text = new ComposedText(template.location());
        add(template.parts(), text, all);
        return JsonTree.parse(text, Filling.with(TemplateValues.NONE, true));
    }

    private static void add(List<Part> parts, ComposedText text, boolean all) {
        for (Part part : parts) {
            if (part instanceof Part.Literal literal) {
                text.add(literal.text(), literal.source(), literal.start(), literal.end());
            } else if (part instanceof Part.Interpolation interpolation) {
                text.add("${x}", interpolation.location());
            } else if (all && part instanceof Part.Repeat repeat) {
                add(repeat.content(), text, true);
            } else if (all && part instanceof Part.If branch && !isComma(branch.then())) {
                add(branch.then(), text, true);
            }
        }
    }

    /** Whether it only divides what a loop repeats. */
    private static boolean isComma(List<Part> parts) {
        return parts.stream()
                .allMatch(part -> part instanceof Part.Literal literal
                        && literal.text().replace(',', ' ').isBlank());
    }
}
