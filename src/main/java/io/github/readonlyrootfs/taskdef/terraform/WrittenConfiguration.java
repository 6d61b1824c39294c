// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.Body.Argument;
import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.hcl.Expression.Part;
import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of Terraform's configuration as it is written, in the shape that Terraform's JSON syntax has; nothing is evaluated. */
public final class WrittenConfiguration {

    private WrittenConfiguration() {}

    public static Node of(SourceFile source) throws UnreadableSourceException {
        return object(HclReader.read(source), source.location(0, source.text().length()));
    }

    private static ObjectNode object(Body body, Location place) {
        List<Member> members = new ArrayList<>();
        for (Argument argument : body.arguments()) {
            members.add(new Member(argument.name(), argument.nameLocation(), node(argument.value())));
        }
        for (Block block : body.blocks()) {
            Node content = new ArrayNode(block.location(), List.of(object(block.body(), block.location())));
            for (int i = block.labels().size() - 1; i >= 0; i--) {
                Body.Label label = block.labels().get(i);
                Member inner = new Member(label.text(), label.location(), content);
                content = new ObjectNode(block.location(), List.of(inner), Optional.empty());
            }
            members.add(new Member(block.type(), block.typeLocation(), content));
        }
        return new ObjectNode(place, List.copyOf(members), Optional.empty());
    }

    private static Node node(Expression expression) {
        if (expression instanceof Expression.ObjectValue object) {
            List<Member> members = new ArrayList<>();
            for (Expression.Item item : object.items()) {
                item.name()
                        .ifPresent(
                                name -> members.add(new Member(name, item.key().location(), node(item.value()))));
            }
            return new ObjectNode(object.location(), List.copyOf(members), Optional.empty());
        }
        if (expression instanceof Expression.Tuple tuple) {
            return array(tuple, tuple.elements());
        }
        if (expression instanceof Expression.Call call) {
            return call.function().equals("jsonencode") && call.arguments().size() == 1
                    ? node(call.arguments().get(0))
                    : array(call, call.arguments());
        }
        if (expression instanceof Expression.Conditional conditional) {
            return array(conditional, List.of(conditional.then(), conditional.otherwise()));
        }
        if (expression instanceof Expression.Parentheses parentheses) {
            return node(parentheses.content());
        }
        if (expression instanceof Expression.For repeat) {
            return array(repeat, List.of(repeat.value()));
        }
        return expression instanceof Expression.Template template
                ? text(template)
                : Literals.value(expression).orElseGet(() -> hidden(expression));
    }

    private static Node array(Expression whole, List<Expression> elements) {
        return new ArrayNode(
                whole.location(),
                elements.stream().map(WrittenConfiguration::node).toList());
    }

    /** Something that is not known as it is written; the names in a reference are no secret. */
    private static Node hidden(Expression expression) {
        List<String> path = Evaluator.path(expression);
        String text = path.isEmpty() ? "" : "${" + String.join(".", path) + "}";
        return new UnresolvedNode(expression.location(), text, "it is not evaluated");
    }

    /** A string, or the JSON in a text of several lines. */
    private static Node text(Expression.Template template) {
        if (template.location().line() == template.location().endLine()) {
            return Literals.value(template).orElseGet(() -> hidden(template));
        }
        ComposedText text = new ComposedText(template.location());
        for (Part part : template.parts()) {
            if (part instanceof Part.Literal literal) {
                text.add(literal.text(), literal.source(), literal.start(), literal.end());
            } else if (part instanceof Part.Interpolation interpolation) {
                text.add("${x}", interpolation.location());
            }
        }
        try {
            return JsonTree.parse(text, Filling.with(TemplateValues.NONE, true));
        } catch (UnreadableSourceException e) {
            return hidden(template);
        }
    }
}
