// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.Body.Argument;
import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.hcl.Body.Label;
import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.hcl.Expression.Part;
import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Terraform's configuration in JSON, as the blocks that it stands for (HCL's JSON syntax specification; Terraform's
 * documentation, JSON Configuration Syntax): strings are templates, labels are keys, several blocks are an array.
 */
final class TerraformJson {

    /** How many labels the blocks have that are of use here. */
    private static final Map<String, Integer> LABELS =
            Map.of("variable", 1, "locals", 0, "output", 1, "module", 1, "resource", 2, "data", 2);

    /** Arguments of resources that are maps or lists of objects, where others like that are blocks. */
    private static final Set<String> MAPS =
            Set.of("tags", "driver_opts", "labels", "properties", "for_each", "container_definitions");

    /** By the types of blocks of which only a part is read: that part. The rest is for people. */
    private static final Map<String, Set<String>> READ =
            Map.of("variable", Set.of("default", "nullable", "type"), "output", Set.of("value"));

    /** Where somebody may write a comment. */
    private static final String COMMENT = "//";

    private final SourceFile source;

    private TerraformJson(SourceFile source) {
        this.source = source;
    }

    static Body configuration(SourceFile source) throws UnreadableSourceException {
        return new TerraformJson(source).blocks(JsonTree.parse(source, Filling.none()));
    }

    /** A file of values for variables, in which strings are what they are. */
    static Body values(SourceFile source) throws UnreadableSourceException {
        TerraformJson json = new TerraformJson(source);
        Map<String, Argument> named = new LinkedHashMap<>();
        for (Member member : members(JsonTree.parse(source, Filling.none()))) {
            named.put(
                    member.key(),
                    new Argument(member.key(), member.keyLocation(), json.expression(member.value(), false)));
        }
        return new Body(named, List.of());
    }

    private Body blocks(Node root) throws UnreadableSourceException {
        List<Block> blocks = new ArrayList<>();
        for (Member member : members(root)) {
            Integer labels = LABELS.get(member.key());
            if (labels != null) {
                add(member.key(), member.keyLocation(), labels, List.of(), member.value(), blocks);
            }
        }
        return new Body(Map.of(), List.copyOf(blocks));
    }

    /** The members of an object, or of all objects in an array. */
    private static List<Member> members(Node node) {
        List<Member> members = new ArrayList<>();
        for (Node element : node.elements()) {
            if (element instanceof ObjectNode object) {
                object.members().stream()
                        .filter(member -> !member.key().equals(COMMENT))
                        .forEach(members::add);
            }
        }
        return members;
    }

    /** @param left how many labels are to come */
    private void add(String type, Location key, int left, List<Label> labels, Node value, List<Block> blocks)
            throws UnreadableSourceException {
        if (left > 0) {
            for (Member member : members(value)) {
                List<Label> more = new ArrayList<>(labels);
                more.add(new Label(member.key(), member.keyLocation()));
                add(type, member.keyLocation(), left - 1, List.copyOf(more), member.value(), blocks);
            }
            return;
        }
        for (Node element : value.elements()) {
            if (element instanceof ObjectNode object) {
                blocks.add(new Block(type, key, labels, body(type, object), object.location()));
            }
        }
    }

    private Body body(String type, ObjectNode object) throws UnreadableSourceException {
        if (type.equals("resource") || !LABELS.containsKey(type)) {
            return nested(object);
        }
        boolean variable = type.equals("variable");
        Map<String, Argument> named = new LinkedHashMap<>();
        for (Member member : members(object)) {
            Set<String> read = READ.get(type);
            if (read == null || read.contains(member.key())) {
                Expression value = variable && member.key().equals("type")
                        ? typeOf(member.value())
                        : expression(member.value(), !variable);
                named.put(member.key(), new Argument(member.key(), member.keyLocation(), value));
            }
        }
        return new Body(named, List.of());
    }

    /** What is in a resource, or in a block of it: only its provider knows for certain what is a block. */
    private Body nested(ObjectNode object) throws UnreadableSourceException {
        Map<String, Argument> named = new LinkedHashMap<>();
        List<Block> blocks = new ArrayList<>();
        for (Member member : members(object)) {
            if (isBlock(member)) {
                int labels = member.key().equals("dynamic") ? 1 : 0;
                add(member.key(), member.keyLocation(), labels, List.of(), member.value(), blocks);
            } else {
                named.put(
                        member.key(),
                        new Argument(member.key(), member.keyLocation(), expression(member.value(), true)));
            }
        }
        return new Body(named, List.copyOf(blocks));
    }

    private static boolean isBlock(Member member) {
        List<Node> elements = member.value().elements();
        return !MAPS.contains(member.key())
                && !elements.isEmpty()
                && elements.stream().allMatch(ObjectNode.class::isInstance);
    }

    /** @param templates whether a text is one */
    private Expression expression(Node node, boolean templates) throws UnreadableSourceException {
        Location place = node.location();
        if (node instanceof TextNode text) {
            return new Expression.Template(
                    place, templates ? HclReader.template(content(text)).parts() : literal(text));
        }
        if (node instanceof ArrayNode array) {
            List<Expression> elements = new ArrayList<>();
            for (Node element : array.elements()) {
                elements.add(expression(element, templates));
            }
            return new Expression.Tuple(place, List.copyOf(elements));
        }
        if (node instanceof ObjectNode object) {
            List<Expression.Item> items = new ArrayList<>();
            for (Member member : object.members()) {
                TextNode key = new TextNode(member.keyLocation(), member.key(), Optional.empty());
                items.add(new Expression.Item(expression(key, templates), expression(member.value(), templates)));
            }
            return new Expression.ObjectValue(place, List.copyOf(items));
        }
        if (node instanceof BooleanNode bool) {
            return new Expression.BooleanValue(place, bool.value());
        }
        return node instanceof NumberNode number ? number(number.text(), place) : new Expression.NullValue(place);
    }

    private static List<Part> literal(TextNode text) {
        String value = text.value();
        return value.isEmpty()
                ? List.of()
                : List.of(new Part.Literal(SourceFile.inside(text.location(), value), 0, value.length(), value));
    }

    /** Java has no number with an exponent of many digits, and no setting has one. */
    private static Expression number(String text, Location place) {
        try {
            return new Expression.NumberValue(place, new BigDecimal(text));
        } catch (NumberFormatException e) {
            return new Expression.NullValue(place);
        }
    }

    /** A variable's type, which is an expression in a text. */
    private Expression typeOf(Node node) throws UnreadableSourceException {
        return node instanceof TextNode text ? HclReader.expression(content(text)) : expression(node, false);
    }

    /** The text in a string, each character with its place. */
    private LocatedText content(TextNode string) {
        return new EmbeddedText(source, string.location(), string.value());
    }
}
