// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.cloudformation.CloudFormationTemplate;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import io.github.readonlyrootfs.taskdef.terraform.TerraformOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the values in a task definition's file that are public by the key that they stand under, whatever notation it has.
 * Of what is not a task definition, nothing is but the keys around one.
 */
final class PublicValues {

    private static final Set<String> PUBLIC = DataFiles.words(PublicValues.class, "public-keys.txt");

    /** Keys whose values may contain an equals sign. */
    private static final Set<String> OPTIONS = Set.of("mountOptions", "expression");

    private static final Set<String> COMMANDS = Set.of("entryPoint", "command");

    private static final Set<FieldType> NUMBERS =
            Set.of(FieldType.INTEGER, FieldType.INTEGERS, FieldType.SIZE, FieldType.BOOLEAN);

    /** A number, perhaps with its unit, or what people write for a boolean. */
    private static final Pattern NUMBER = Pattern.compile(
            "-?\\d[\\d.]{0,6}\\s*+(?:v?CPUs?|[KMGT]?i?B?)|true|false|yes|no|on|off|none", Pattern.CASE_INSENSITIVE);

    /** CloudFormation's own names. */
    private static final Pattern AWS_NAME = Pattern.compile("AWS(?:::\\w+)+");

    private static final Pattern KEY_OR_LITERAL =
            Pattern.compile("(?<![\\w.-])(?:(\\w++)(?=[\"'\\\\]*\\s*:)|(?:true|false|null)(?![\\w.-]))");

    private final SourceFile source;
    private final PublicText text;
    private final List<Location> keysAround = new ArrayList<>();
    private boolean found;

    private PublicValues(SourceFile source) {
        this.source = source;
        this.text = new PublicText(source);
    }

    /** @param documents of the file; none where it cannot be read */
    static PublicText of(SourceFile source, List<Node> documents) {
        PublicValues values = new PublicValues(source);
        documents.forEach(values::document);
        if (values.found) {
            values.keysAround.forEach(values.text::showName);
        } else {
            values.showVocabulary();
        }
        return values.text;
    }

    /** In a file of unknown format, only ECS's own words are shown. */
    private void showVocabulary() {
        Set<String> words = Stream.of(SchemaField.TASK_DEFINITION, SchemaField.CloudFormation.TASK_DEFINITION)
                .flatMap(schema -> Stream.concat(schema.fields().keySet().stream(), schema.keysElsewhere()))
                .collect(Collectors.toSet());
        Matcher matcher = KEY_OR_LITERAL.matcher(source.text());
        while (matcher.find()) {
            if (matcher.group(1) == null || words.contains(matcher.group(1))) {
                text.show(matcher.start(), matcher.end());
            }
        }
    }

    private void document(Node document) {
        found |= CloudFormationTemplate.in(document).isPresent()
                || TerraformOutput.in(document).isPresent();
        boolean bare =
                document instanceof ArrayNode array && array.elements().stream().anyMatch(PublicValues::isContainer);
        if (bare) {
            found = true;
            value(document, Optional.of(SchemaField.CONTAINER_DEFINITIONS), false);
        } else {
            around(document);
        }
    }

    private static boolean isContainer(Node node) {
        return node instanceof ObjectNode object
                && (object.member("name").isPresent() || object.member("image").isPresent());
    }

    /** Looks for task definitions in a part of the file that may contain some. */
    private void around(Node written) {
        Node node = written.unconditional();
        if (node instanceof ArrayNode array) {
            array.elements().forEach(this::around);
        } else if (node instanceof ObjectNode object) {
            Optional<SchemaField> schema = object.members().stream()
                    .filter(member -> isNamed(member.key(), SchemaField.CONTAINER_DEFINITIONS))
                    .findFirst()
                    .map(member -> Character.isUpperCase(member.key().charAt(0))
                            ? SchemaField.CloudFormation.TASK_DEFINITION
                            : SchemaField.TASK_DEFINITION);
            if (schema.isPresent()) {
                found = true;
                value(object, schema, false);
                return;
            }
            for (Member member : object.members()) {
                keysAround.add(member.keyLocation());
                around(member.value());
            }
        } else {
            scalar(node, Optional.empty());
        }
    }

    /**
     * @param field that the value is under; empty below an unknown key
     * @param element whether it is in an array there
     */
    private void value(Node written, Optional<SchemaField> field, boolean element) {
        Node node = written.unconditional();
        boolean command = field.isPresent() && COMMANDS.contains(field.get().ecsName());
        if (node instanceof ArrayNode array && command) {
            text.command(source.start(array.location()), source.end(array.location()));
        } else if (node instanceof ArrayNode array) {
            array.elements().forEach(each -> value(each, field, true));
        } else if (node instanceof ObjectNode object) {
            for (Member member : object.members()) {
                text.showName(member.keyLocation());
                // If an object replaces an array, its keys are the user's own.
                boolean known = field.isPresent() && (element || field.get().type() == FieldType.OBJECT);
                boolean call = object.call().isPresent();
                value(
                        member.value(),
                        call ? field : known ? named(member.key(), field.get()) : Optional.empty(),
                        call && element);
            }
        } else if (!isEmbedded(node, field)) {
            scalar(node, field);
        }
    }

    /** The key below a field; Terraform has some of its own. */
    private static Optional<SchemaField> named(String key, SchemaField field) {
        if (key.equals("host_path") && field.fields().containsKey("host")) {
            return Optional.of(field.at("host.sourcePath"));
        }
        String name = field.isWhole() && key.equals("volume") ? "volumes" : key;
        return field.fields().values().stream()
                .filter(each -> isNamed(name, each))
                .findFirst();
    }

    /** Containers that are JSON in a string. */
    private boolean isEmbedded(Node node, Optional<SchemaField> field) {
        if (!(node instanceof TextNode string)
                || field.isEmpty()
                || !field.get().isContainerDefinitions()) {
            return false;
        }
        try {
            EmbeddedText containers = new EmbeddedText(source, node.location(), string.written());
            value(JsonTree.parse(containers, Filling.none()), field, false);
            return true;
        } catch (UnreadableSourceException e) {
            return false;
        }
    }

    private void scalar(Node node, Optional<SchemaField> field) {
        String key = field.isPresent() ? field.get().ecsName() : "";
        boolean number = field.isPresent() && NUMBERS.contains(field.get().type());
        Optional<String> written = node instanceof UnresolvedNode it ? Optional.of(it.text()) : node.scalar();
        boolean harmless = node instanceof BooleanNode
                || node instanceof NullNode
                || written.filter(it -> isHarmless(it, number)).isPresent();
        boolean forgotten = node instanceof UnresolvedNode && isForgotten(source.text(node.location()));
        if (!forgotten && (harmless || PUBLIC.contains(key))) {
            text.showName(node.location());
        } else if (!forgotten && OPTIONS.contains(key)) {
            text.showOptions(node.location());
        } else {
            text.hide(node.location());
        }
    }

    /** Whether a value may be a text whose quotes were forgotten in Terraform: a word that no {@code for} gives a meaning. */
    private boolean isForgotten(String value) {
        return value.matches("[A-Za-z_]\\w*+")
                && !Pattern.compile("\\bfor\\s+(?:\\w+\\s*,\\s*)?" + value + "\\b")
                        .matcher(source.text())
                        .find();
    }

    /** CloudFormation's own names; where a number stands, that or a placeholder with nothing but a name. */
    private static boolean isHarmless(String value, boolean number) {
        return AWS_NAME.matcher(value).matches()
                || (number
                        && (NUMBER.matcher(value).matches()
                                || Placeholder.in(value)
                                        .filter(it -> it.equals(value)
                                                && Placeholder.shown(it).equals(it))
                                        .isPresent()));
    }

    private static boolean isNamed(String key, SchemaField field) {
        return key.replace("_", "").equalsIgnoreCase(field.name().replace("_", ""));
    }
}
