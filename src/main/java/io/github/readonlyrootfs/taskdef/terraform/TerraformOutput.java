// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import io.github.readonlyrootfs.taskdef.schema.FoundTask;
import io.github.readonlyrootfs.taskdef.schema.Generated;
import io.github.readonlyrootfs.taskdef.schema.Neighbours;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code terraform show -json} prints of a plan or a state: resources with their attributes, in a tree of modules.
 * The attributes of {@code aws_ecs_task_definition} are ECS's keys in Terraform's spelling, with
 * an array around each object; its containers are ECS's own JSON, in a string.
 */
public final class TerraformOutput {

    private static final String TYPE = "aws_ecs_task_definition";

    private final ObjectNode root;
    private final Member values;

    /** By the address of the resource: the shape of its attributes, with true where only the execution will tell. */
    private final Map<String, Node> unknown = new HashMap<>();

    private TerraformOutput(ObjectNode root, Member values) {
        this.root = root;
        this.values = values;
        objects(root, "resource_changes")
                .forEach(change -> objects(change, "change")
                        .flatMap(planned -> planned.member("after_unknown").stream())
                        .forEach(shape -> unknown.put(text(change, "address"), shape)));
    }

    /** The output in a file; empty where the file is something else. */
    public static Optional<TerraformOutput> in(Node root) {
        if (!(root instanceof ObjectNode object)
                || object.member("format_version").isEmpty()) {
            return Optional.empty();
        }
        return object.members().stream()
                .filter(member ->
                        member.key().equals("planned_values") || member.key().equals("values"))
                .reduce((first, last) -> last)
                .map(values -> new TerraformOutput(object, values));
    }

    public List<FoundTask> taskDefinitions(Notation notation) throws UnreadableSourceException {
        List<ObjectNode> resources = resources();
        TerraformServices services = new TerraformServices(root, resources);
        List<FoundTask> found = resources.stream()
                .filter(resource -> text(resource, "type").equals(TYPE)
                        && !text(resource, "mode").equals("data"))
                .map(resource -> task(resource, notation, services))
                .toList();
        if (found.isEmpty()) {
            List<String> types = resources.stream()
                    .map(resource -> text(resource, "type"))
                    .distinct()
                    .sorted()
                    .toList();
            throw new UnreadableSourceException(new Problem(
                    values.keyLocation(),
                    "this output of Terraform has no `" + TYPE + "`",
                    types.isEmpty()
                            ? "set taskDefinition to the output that has one: this one has no resources"
                            : "set taskDefinition to the output that has one: this one has "
                                    + SchemaProblems.listed(types)));
        }
        return found;
    }

    private List<ObjectNode> resources() {
        List<ObjectNode> resources = new ArrayList<>();
        objects(values.value(), "root_module").forEach(module -> collect(module, resources));
        return resources;
    }

    private static void collect(ObjectNode module, List<ObjectNode> resources) {
        objects(module, "resources").forEach(resources::add);
        objects(module, "child_modules").forEach(child -> collect(child, resources));
    }

    private FoundTask task(ObjectNode resource, Notation notation, TerraformServices services) {
        String address = text(resource, "address");
        Location place = resource.member("address").orElse(resource).location();
        Node attributes = resource.member("values").orElse(resource);
        Optional<Node> shape = Optional.ofNullable(unknown.get(address));
        return new FoundTask(
                Optional.of(address).filter(name -> !name.isEmpty()),
                place,
                () -> taskDefinition(
                        shape.map(it -> withUnknown(attributes, it)).orElse(attributes), place),
                notation,
                Outline.EMPTY,
                Optional.of(new Generated(Generated.Tool.TERRAFORM, address.isEmpty() ? TYPE : address)),
                Neighbours.executing(services.executing(resource)));
    }

    /** Before the first apply its containers may be known only afterwards; the rest is judged without them. */
    private static Node taskDefinition(Node attributes, Location place) throws UnreadableSourceException {
        String containers = SchemaField.CONTAINER_DEFINITIONS.terraformName();
        UnresolvedNode later = new UnresolvedNode(
                place,
                "",
                "`" + containers + "` is known only after apply; check what `terraform show -json` prints then");
        ObjectNode known =
                attributes instanceof ObjectNode object ? object : new ObjectNode(place, List.of(), Optional.empty());
        Optional<Node> written = attributes instanceof UnresolvedNode ? Optional.of(later) : known.member(containers);
        if (written.isPresent() && !written.get().isAbsent()) {
            List<Member> members =
                    new ArrayList<>(object(known, SchemaField.TASK_DEFINITION).members());
            if (written.get() instanceof UnresolvedNode) {
                members.removeIf(member -> member.key().equals(SchemaField.CONTAINER_DEFINITIONS.name()));
                members.add(new Member(SchemaField.CONTAINER_DEFINITIONS.name(), place, later));
            }
            return new ObjectNode(known.location(), List.copyOf(members), Optional.empty());
        }
        throw new UnreadableSourceException(new Problem(
                place,
                "this output of Terraform does not have the `" + containers + "` of the task definition",
                "write it again with `terraform show -json`"));
    }

    /** A plan leaves out of a resource's attributes what it does not know, which is not the same as missing. */
    private static Node withUnknown(Node attributes, Node shape) {
        if (attributes instanceof ObjectNode object && shape instanceof ObjectNode unknown) {
            Map<String, Member> members = new LinkedHashMap<>();
            object.members().forEach(member -> members.put(member.key(), member));
            for (Member member : unknown.members()) {
                Member known = members.get(member.key());
                if (member.value() instanceof BooleanNode bool && bool.value()) {
                    members.put(member.key(), new Member(member.key(), object.location(), unknown(object.location())));
                } else if (known != null) {
                    Node value = withUnknown(known.value(), member.value());
                    members.put(member.key(), new Member(member.key(), known.keyLocation(), value));
                }
            }
            return new ObjectNode(object.location(), List.copyOf(members.values()), Optional.empty());
        }
        if (attributes instanceof ArrayNode array && shape instanceof ArrayNode unknown) {
            List<Node> elements = new ArrayList<>(array.elements());
            for (int i = 0; i < Math.min(elements.size(), unknown.elements().size()); i++) {
                elements.set(i, withUnknown(elements.get(i), unknown.elements().get(i)));
            }
            return new ArrayNode(array.location(), List.copyOf(elements));
        }
        return shape instanceof BooleanNode bool && bool.value() ? unknown(attributes.location()) : attributes;
    }

    private static UnresolvedNode unknown(Location location) {
        return new UnresolvedNode(location, "", "known only after apply");
    }

    /** An object with ECS's keys. */
    static ObjectNode object(ObjectNode attributes, SchemaField schema) {
        List<Member> members = new ArrayList<>();
        for (SchemaField field : schema.fields().values()) {
            // Some attributes without effect have another type than in ECS.
            if (schema.isWhole() && field.treatment() != SchemaField.Treatment.READ) {
                continue;
            }
            attributes
                    .entry(field.terraformName())
                    .flatMap(attribute -> value(attribute.value(), field)
                            .map(value -> new Member(field.name(), attribute.keyLocation(), value)))
                    .ifPresent(members::add);
        }
        hostPath(attributes, schema).ifPresent(members::add);
        return new ObjectNode(attributes.location(), List.copyOf(members), Optional.empty());
    }

    private static Optional<Node> value(Node attribute, SchemaField field) {
        boolean containers = field.isContainerDefinitions();
        // Around each object Terraform has an array of one.
        if (field.type() == FieldType.OBJECT && attribute instanceof ArrayNode block) {
            return block.elements().stream()
                    .filter(only -> only instanceof ObjectNode || only instanceof UnresolvedNode)
                    .findFirst()
                    .map(only -> only instanceof ObjectNode it ? object(it, field) : only);
        }
        if (field.type() == FieldType.OBJECT && attribute instanceof ObjectNode only) {
            return Optional.of(object(only, field));
        }
        if (field.type() == FieldType.OBJECTS && !containers && attribute instanceof ArrayNode blocks) {
            return Optional.of(blocks.with(block -> block instanceof ObjectNode it ? object(it, field) : block));
        }
        return Optional.of(containers ? attribute : converted(attribute, field));
    }

    /** A value, and what is in it, with the types that Terraform converts it to. */
    static Node converted(Node value, SchemaField field) {
        if (value instanceof ObjectNode object) {
            return object.with(member -> {
                SchemaField below =
                        field.type() == FieldType.MAP ? field : field.fields().get(member.key());
                return below == null ? member.value() : converted(member.value(), below);
            });
        }
        if (value instanceof ArrayNode array) {
            return array.with(element -> converted(element, field));
        }
        return switch (field.type()) {
            case STRING, TEXT, SIZE, STRINGS, MAP ->
                value instanceof NumberNode || value instanceof BooleanNode
                        ? Conversions.string(value.location(), Conversions.text(value))
                        : value;
            case INTEGER, INTEGERS ->
                value instanceof TextNode text && text.value().matches("\\d{1,9}")
                        ? new NumberNode(value.location(), text.value())
                        : value;
            case BOOLEAN ->
                value instanceof TextNode text && text.value().matches("true|false")
                        ? new BooleanNode(value.location(), text.value().equals("true"))
                        : value;
            default -> value;
        };
    }

    /** A volume's {@code host_path} is ECS's {@code host.sourcePath}. */
    private static Optional<Member> hostPath(ObjectNode attributes, SchemaField schema) {
        return Optional.of("host")
                .filter(schema.fields()::containsKey)
                .flatMap(key -> attributes
                        .entry("host_path")
                        .filter(path -> !path.value().isAbsent())
                        .map(path -> new Member(
                                key,
                                path.keyLocation(),
                                new ObjectNode(
                                        path.value().location(),
                                        List.of(new Member("sourcePath", path.keyLocation(), path.value())),
                                        Optional.empty()))));
    }

    /** The object, or the objects in the array, under a key. */
    static Stream<ObjectNode> objects(Node node, String key) {
        Optional<Node> value = node instanceof ObjectNode object ? object.member(key) : Optional.empty();
        return value.stream()
                .flatMap(it -> it.elements().stream())
                .flatMap(it -> it instanceof ObjectNode object ? Stream.of(object) : Stream.empty());
    }

    static String text(ObjectNode object, String key) {
        return object.text(key).orElse("");
    }
}
