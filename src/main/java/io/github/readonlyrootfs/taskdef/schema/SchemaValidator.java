// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Problem;
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
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import io.github.readonlyrootfs.taskdef.node.TemplateBranches;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a tree conform to ECS's schema, and reports each departure. What comes out holds known keys only, each once and
 * with a value of its type or an {@link UnresolvedNode}; nothing that is null or, where ECS treats it as missing, empty.
 */
public final class SchemaValidator {

    /** Objects with more keys than this are not listed in a help text. */
    private static final int FEW_KEYS = 8;

    private final SchemaProblems problems;
    private final SchemaField schema;

    /** @param schema with the names that the file has to use; those that come out are ECS's */
    public SchemaValidator(SchemaProblems problems, SchemaField schema) {
        this.problems = problems;
        this.schema = schema;
    }

    public ObjectNode taskDefinition(ObjectNode node) {
        return object(node, schema, Optional.empty());
    }

    /** The container definitions in an array that is alone. */
    public ArrayNode containerDefinitions(ArrayNode node) {
        return elements(node, SchemaField.CONTAINER_DEFINITIONS, Optional.empty());
    }

    private ObjectNode object(ObjectNode object, SchemaField parent, Optional<String> container) {
        Map<String, Member> members = new LinkedHashMap<>();
        Optional<UnresolvedNode> others = object.others();
        for (Member member : lastOfEachKey(object, container)) {
            SchemaField field = parent.fields().get(member.key());
            Optional<String> placeholder = Placeholder.in(member.key());
            if (placeholder.isPresent()) {
                // It may become any key that is missing.
                if (others.isEmpty()) {
                    others = Optional.of(UnresolvedNode.of(member.keyLocation(), member.key(), placeholder.get()));
                }
            } else if (field != null) {
                Optional<Node> value = value(member.value(), field, container);
                if (value.isPresent()) {
                    members.put(member.key(), new Member(field.ecsName(), member.keyLocation(), value.get()));
                }
            } else if (!isRemark(member.key()) || parent.isCloudFormation()) {
                unknownKey(member, parent, container);
            }
        }
        return new ObjectNode(object.location(), List.copyOf(members.values()), others);
    }

    private Iterable<Member> lastOfEachKey(ObjectNode object, Optional<String> container) {
        Map<String, Member> last = new LinkedHashMap<>();
        Map<String, Location> first = new HashMap<>();
        for (Member member : object.members()) {
            last.put(member.key(), member);
            Location before = first.putIfAbsent(member.key(), member.keyLocation());
            if (before != null && !(member.value() instanceof ConditionalNode)) {
                problems.add(new SchemaProblem(
                        Kind.DUPLICATE_KEY,
                        new Problem(
                                member.keyLocation(),
                                "duplicate key " + SchemaProblems.quoted(member.key()) + " (first on line "
                                        + before.line() + "); the last one wins",
                                "remove one of them"),
                        container,
                        member.key()));
            }
        }
        return last.values();
    }

    private Optional<Node> value(Node node, SchemaField field, Optional<String> container) {
        if (node instanceof ConditionalNode conditional) {
            Optional<Node> present = value(conditional.value(), field, container);
            // A key that it lacks is missing whether it is there or not.
            return present.map(value ->
                    blur(value, conditional.reason()) instanceof ObjectNode object && value instanceof ObjectNode known
                            ? new ObjectNode(object.location(), object.members(), known.others())
                            : blur(value, conditional.reason()));
        }
        boolean emptyText = field.type() == FieldType.TEXT && node instanceof TextNode;
        if (field.type() == FieldType.ANY || (node.isAbsent() && !emptyText)) {
            return Optional.empty();
        }
        if (field.type() == FieldType.MAP && node instanceof ObjectNode object) {
            return Optional.of(new ObjectNode(node.location(), mapEntries(object, field, container), object.others()));
        }
        if (field.type().element().isPresent() && node instanceof ArrayNode array) {
            return Optional.of(elements(array, field, container));
        }
        if (field.type().element().isPresent() && isElement(node, field)) {
            problems.add(new SchemaProblem(
                    Kind.WRONG_TYPE,
                    new Problem(
                            node.location(),
                            mismatch("`" + field.name() + "`", node, field.type()),
                            "put it in square brackets"),
                    container,
                    field.name()));
            return Optional.of(elements(new ArrayNode(node.location(), List.of(node)), field, container));
        }
        return Optional.of(single(node, "`" + field.name() + "`", field, field.type(), container));
    }

    /** Whether somebody forgot the brackets around an array's only element. */
    private static boolean isElement(Node node, SchemaField array) {
        return switch (array.type()) {
            case STRINGS -> node instanceof TextNode text && text.placeholder().isEmpty();
            case INTEGERS -> node instanceof NumberNode;
            // The keys of `{"DB_HOST": "db"}` are no keys of `environment`, but names for elements of it.
            default ->
                node instanceof ObjectNode object
                        && (array.isContainerDefinitions()
                                || object.others().isPresent()
                                || object.members().stream().anyMatch(member -> isKey(member.key(), array)));
        };
    }

    /** Whether a key is a comment by custom, since JSON has no comments. */
    private static boolean isRemark(String key) {
        return key.startsWith("_") || key.startsWith("//");
    }

    private static boolean isKey(String key, SchemaField object) {
        return NearestName.sameLetters(key, object.fields().keySet()).isPresent()
                || Placeholder.in(key).isPresent();
    }

    private List<Member> mapEntries(ObjectNode object, SchemaField field, Optional<String> container) {
        List<Member> entries = new ArrayList<>();
        for (Member member : lastOfEachKey(object, container)) {
            if (!(member.value() instanceof NullNode)) {
                String what = SchemaProblems.quoted(member.key()) + " in `" + field.name() + "`";
                entries.add(new Member(
                        member.key(),
                        member.keyLocation(),
                        single(member.value(), what, field, FieldType.TEXT, container)));
            }
        }
        return List.copyOf(entries);
    }

    private ArrayNode elements(ArrayNode array, SchemaField field, Optional<String> container) {
        FieldType type = field.type().element().orElseThrow();
        List<Node> given = field.isContainerDefinitions() ? united(array.elements(), field) : array.elements();
        List<Node> elements = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Node element = given.get(i);
            String what = "an element of `" + field.name() + "`";
            if (field.isContainerDefinitions()) {
                // A container that may be there is judged as if it were.
                Node present = element.unconditional();
                elements.add(single(present, what, field, type, Optional.of(containerName(present, field, i))));
            } else {
                elements.add(single(element, what, field, type, container));
            }
        }
        return new ArrayNode(array.location(), List.copyOf(elements));
    }

    /** Containers of one name that each may be there are one container: no two branches of a template are both there. */
    private static List<Node> united(List<Node> containers, SchemaField field) {
        Map<String, Integer> places = new HashMap<>();
        List<Node> united = new ArrayList<>();
        for (Node container : containers) {
            Optional<String> name =
                    container instanceof ConditionalNode maybe ? containerName(maybe.value(), field) : Optional.empty();
            Integer place = name.isPresent() ? places.putIfAbsent(name.get(), united.size()) : null;
            if (place == null) {
                united.add(container);
            } else {
                united.set(place, common((ConditionalNode) united.get(place), (ConditionalNode) container));
            }
        }
        return united;
    }

    /** Its place covers both, since an edit of one of them would not be enough. */
    private static Node common(ConditionalNode one, ConditionalNode other) {
        // The value of an alias is written where its anchor is, perhaps above.
        boolean inOrder = one.location().compareTo(other.location()) <= 0;
        Location from = inOrder ? one.location() : other.location();
        Location to = inOrder ? other.location() : one.location();
        Location both = from.upTo(to);
        UnresolvedNode unknown = new UnresolvedNode(both, "", one.reason());
        Node common = new TemplateBranches(unknown).common(one.value(), other.value());
        return new ConditionalNode(
                common instanceof ObjectNode object ? new ObjectNode(both, object.members(), object.others()) : common,
                one.reason());
    }

    /** The name of a container; its index if it has none. */
    private static String containerName(Node container, SchemaField field, int index) {
        Optional<String> name = containerName(container, field);
        return name.isPresent() ? name.get() : field.name() + "[" + index + "]";
    }

    private static Optional<String> containerName(Node container, SchemaField field) {
        return container instanceof ObjectNode object
                        && object.get(field.nameOf("name")).orElse(container) instanceof TextNode name
                        && !name.value().isEmpty()
                ? Optional.of(name.value())
                : Optional.empty();
    }

    /** A value that is not an array. A value of the wrong type for a container definition is kept. */
    private Node single(Node node, String what, SchemaField field, FieldType type, Optional<String> container) {
        if (node instanceof ConditionalNode conditional) {
            return blur(single(conditional.value(), what, field, type, container), conditional.reason());
        }
        if (conforms(node, type)) {
            return node instanceof TextNode text ? oneOf(text, what, field, container) : node;
        }
        if (type == FieldType.OBJECT && node instanceof ObjectNode object) {
            return field.fields().isEmpty()
                    ? new ObjectNode(node.location(), List.of(), Optional.empty())
                    : object(object, field, container);
        }
        if (node instanceof TextNode text) {
            Optional<String> placeholder = text.placeholder().isEmpty() && Placeholder.isWord(text.value())
                    ? Optional.of(text.value())
                    : text.placeholder();
            if (placeholder.isPresent()) {
                return UnresolvedNode.of(node.location(), text.value(), placeholder.get());
            }
        }
        if (type == FieldType.SIZE && node instanceof NumberNode number) {
            return new TextNode(node.location(), number.text());
        }
        Optional<Node> spelt = spelt(node, type);
        if (spelt.isPresent() && field.isCloudFormation()) {
            return spelt.get();
        }
        boolean containers = field.isContainerDefinitions();
        problems.add(new SchemaProblem(
                containers ? Kind.INVALID : Kind.WRONG_TYPE,
                new Problem(
                        node.location(),
                        mismatch(what, node, type),
                        helpFor(field, type, spelt),
                        spelt.flatMap(SchemaValidator::written)),
                container,
                field.name()));
        if (containers) {
            return node;
        }
        return spelt.orElseGet(
                () -> new UnresolvedNode(node.location(), "", what + " is " + node.noun() + ", not " + type.noun()));
    }

    /** A text in the spelling of ECS. An illegal text is kept as it is. */
    private TextNode oneOf(TextNode text, String what, SchemaField field, Optional<String> container) {
        SchemaValues values = field.values();
        if (values.takes(text.value()) || text.placeholder().isPresent()) {
            return new TextNode(text.location(), values.canonical(text.value()), text.placeholder(), text.written());
        }
        Optional<String> nearest = values.nearest(text.value());
        problems.add(new SchemaProblem(
                Kind.WRONG_TYPE,
                new Problem(
                        text.location(),
                        what + " has a value that ECS does not accept",
                        nearest.map(value -> "write `" + value + "`")
                                .orElse("write one of " + String.join(", ", values.all())),
                        nearest),
                container,
                field.name()));
        return new TextNode(text.location(), nearest.orElse(text.value()), Optional.empty());
    }

    /** A value that may be missing: its names are kept, its values become unknown. */
    private static Node blur(Node node, String reason) {
        if (node instanceof ObjectNode object) {
            List<Member> members = object.members().stream()
                    .map(member -> new Member(member.key(), member.keyLocation(), blur(member.value(), reason)))
                    .toList();
            return new ObjectNode(
                    node.location(), members, Optional.of(new UnresolvedNode(node.location(), "", reason)));
        }
        return new UnresolvedNode(node.location(), node instanceof TextNode text ? text.value() : "", reason);
    }

    private static boolean conforms(Node node, FieldType type) {
        return switch (type) {
                    case STRING, TEXT, SIZE -> node instanceof TextNode;
                    case BOOLEAN -> node instanceof BooleanNode;
                    case INTEGER -> node instanceof NumberNode number && isInteger(number.text());
                    default -> false;
                }
                || node instanceof UnresolvedNode;
    }

    private static String mismatch(String what, Node node, FieldType type) {
        return what + " is " + node.noun() + " where " + type.noun() + " was expected";
    }

    private static String helpFor(SchemaField field, FieldType type, Optional<Node> spelt) {
        return switch (type) {
            case BOOLEAN ->
                spelt.isPresent() && spelt.get() instanceof BooleanNode bool
                        ? "write " + bool.value() + " without quotes"
                        : "write true or false without quotes";
            case INTEGER ->
                spelt.isPresent() ? "write it without quotes or fraction" : "write an integer without quotes";
            case STRING, TEXT, SIZE ->
                spelt.isPresent() ? "put it in double quotes" : "write a string in double quotes";
            case OBJECTS -> "write " + type.noun() + (hasFewKeys(field) ? " with the keys " + keys(field) : "");
            default -> "write " + type.noun();
        };
    }

    /** The value of the right type that one of a wrong type can only mean. */
    private static Optional<Node> spelt(Node node, FieldType type) {
        return switch (type) {
            case STRING, TEXT, SIZE -> node.scalar().map(text -> new TextNode(node.location(), text));
            case BOOLEAN ->
                node.scalar()
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .filter(text -> text.equals("true") || text.equals("false"))
                        .map(text -> new BooleanNode(node.location(), text.equals("true")));
            case INTEGER ->
                node.scalar()
                        .map(text -> text.replaceFirst("\\.0{1,10}$", ""))
                        .filter(SchemaValidator::isInteger)
                        .map(text -> new NumberNode(node.location(), text));
            default -> Optional.empty();
        };
    }

    /** The text of a value in the notation of its type. */
    private static Optional<String> written(Node node) {
        return node.scalar().map(text -> node instanceof TextNode ? FragmentWriter.quoted(text) : text);
    }

    private static boolean isInteger(String text) {
        if (!text.matches("-?\\d{1,10}")) {
            return false;
        }
        long value = Long.parseLong(text);
        return value == (int) value;
    }

    private void unknownKey(Member member, SchemaField parent, Optional<String> container) {
        // Finding the key that was meant takes time: not for thousands of them.
        if (problems.isFull(Kind.UNKNOWN_FIELD)) {
            return;
        }
        String key = member.key();
        problems.add(new SchemaProblem(
                Kind.UNKNOWN_FIELD,
                new Problem(
                        member.keyLocation(),
                        SchemaProblems.quoted(key) + " is not a key of " + parent.objectNoun()
                                + (parent.isCloudFormation() ? ": CloudFormation refuses it" : ": ECS ignores it"),
                        help(key, parent),
                        meant(key, parent)),
                container,
                key));
    }

    /** The key of the same object that was meant. */
    private static Optional<String> meant(String key, SchemaField parent) {
        if (isRemark(key)) {
            return Optional.empty();
        }
        Optional<String> here = NearestName.sameLetters(key, parent.fields().keySet())
                .or(() -> parent.fields().values().stream()
                        .filter(field -> NearestName.sameLetters(key, List.of(field.ecsName()))
                                .isPresent())
                        .map(SchemaField::name)
                        .findFirst());
        return here.isPresent() || parent.homeOf(key).isPresent()
                ? here
                : NearestName.of(key, parent.fields().keySet());
    }

    private static String help(String key, SchemaField parent) {
        Optional<String> here = meant(key, parent);
        if (here.isPresent()) {
            return "write `" + here.get() + "`";
        }
        Optional<SchemaField> proper = parent.homeOf(key);
        if (proper.isPresent()) {
            return "`" + key + "` belongs in " + proper.get().objectNoun();
        }
        Optional<String> elsewhere =
                NearestName.sameLetters(key, parent.keysElsewhere().toList());
        Optional<SchemaField> home = elsewhere.flatMap(parent::homeOf);
        if (home.isPresent()) {
            return "write `" + elsewhere.orElseThrow() + "`, in " + home.get().objectNoun();
        }
        return hasFewKeys(parent)
                ? "the keys of " + parent.objectNoun() + " are " + keys(parent)
                : "remove it, or correct its spelling";
    }

    private static boolean hasFewKeys(SchemaField object) {
        return !object.fields().isEmpty() && object.fields().size() <= FEW_KEYS;
    }

    private static String keys(SchemaField object) {
        return String.join(", ", object.fields().keySet());
    }
}
