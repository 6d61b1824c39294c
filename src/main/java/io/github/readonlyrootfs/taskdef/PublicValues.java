// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import io.github.readonlyrootfs.source.UnreadableSourceException;
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
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Finds the values in a task definition's file that are public by the key that they stand under, whatever notation it has.
 * Below a key that ECS does not have, and outside a task definition, only keys are.
 */
record PublicValues(PublicText text, BiConsumer<PublicText, Span> commands, boolean isTask) {

    private static final Set<String> PUBLIC = DataFiles.words(PublicValues.class, "public-keys.txt");

    /** Keys with words that are judged one by one. */
    private static final Set<String> COMMANDS = Set.of("entrypoint", "command", "mountoptions", "expression");

    private static final Set<FieldType> NUMBERS =
            Set.of(FieldType.INTEGER, FieldType.INTEGERS, FieldType.SIZE, FieldType.BOOLEAN);

    /** The type of a key, wherever it is: all notations have the same letters but Terraform's blocks. */
    private static final Map<String, FieldType> TYPES = new HashMap<>(Map.of("volume", FieldType.OBJECTS));

    static {
        SchemaField.descendants(SchemaField.TASK_DEFINITION)
                .skip(1)
                .forEach(field -> TYPES.put(letters(field.ecsName()), field.type()));
    }

    /** A number, perhaps with its unit, what people write for a boolean, or a placeholder with nothing but a name; perhaps in quotes. */
    private static final Pattern NUMBER = Pattern.compile(
            "[\"'\\\\]*(?:-?\\d[\\d.]{0,6}\\s*+(?:v?CPUs?|[KMGT]?i?B?)|true|false|yes|no|on|off|none"
                    + "|[$#]?[{<%@]{1,2} ?[\\w.]+ ?[}>%@]{1,2}|(?:var|local)\\.\\w+)[\"'\\\\]*",
            Pattern.CASE_INSENSITIVE);

    /** What every task definition says, but for a bare list of containers. */
    private static final Pattern TASK = Pattern.compile("(?i)container_?definitions|AWS::");

    private static final Pattern KEY_OR_LITERAL =
            Pattern.compile("(?<![\\w.-])(?:(\\w++)(?=[\"'\\\\]*\\s*:)|(?:true|false|null)(?![\\w.-]))");

    private static String letters(String key) {
        return key.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /**
     * @param documents of the file; none where it cannot be read
     * @param commands shows the public words of a command or a script
     */
    static PublicText of(SourceFile source, List<Node> documents, BiConsumer<PublicText, Span> commands) {
        boolean isTask =
                TASK.matcher(source.text()).find() || documents.stream().anyMatch(PublicValues::isBare);
        PublicValues values = new PublicValues(new PublicText(source), commands, isTask);
        documents.forEach(it -> values.value(it, isBare(it) ? "containerdefinitions" : "", false));
        if (documents.isEmpty() || !isTask) {
            values.showVocabulary();
        }
        return values.text;
    }

    private static boolean isBare(Node document) {
        return document instanceof ArrayNode array
                && array.elements().stream().anyMatch(node -> has(node, "name") || has(node, "image"));
    }

    /** In a file that cannot be read or is another, only ECS's own words are shown. */
    private void showVocabulary() {
        KEY_OR_LITERAL
                .matcher(text.source().text())
                .results()
                .filter(it -> it.group(1) == null || TYPES.containsKey(letters(it.group(1))))
                .forEach(it -> text.show(it.start(), it.end()));
    }

    private static boolean has(Node node, String key) {
        return node instanceof ObjectNode object
                && object.members().stream()
                        .anyMatch(member -> letters(member.key()).equals(key));
    }

    /**
     * Shows what may be shown of a value.
     *
     * @param key that it is under; empty below one that ECS does not have
     * @param element whether it is in an array there
     */
    private void value(Node written, String key, boolean element) {
        Node node = written.unconditional();
        SourceFile source = text.source();
        if (node instanceof ObjectNode object) {
            // If an object replaces an array, its keys are the user's own.
            FieldType type = TYPES.get(key);
            boolean known = has(object, "containerdefinitions")
                    || type == FieldType.OBJECT
                    || (type == FieldType.OBJECTS && element);
            boolean call = object.call().isPresent();
            for (Member member : object.members()) {
                if (isTask) {
                    text.showName(member.keyLocation());
                }
                value(member.value(), call ? key : known ? letters(member.key()) : "", call && element);
            }
        } else if (node instanceof UnresolvedNode
                && source.text(node.location()).matches("[A-Za-z_]\\w*+")) {
            // In Terraform, perhaps a text whose quotes were forgotten.
            text.hide(node.location());
        } else if (COMMANDS.contains(key)) {
            commands.accept(text, new Span(source.start(node.location()), source.end(node.location())));
        } else if (node instanceof ArrayNode array) {
            array.elements().forEach(each -> value(each, key, true));
        } else if (node instanceof BooleanNode
                || node instanceof NullNode
                || PUBLIC.contains(key)
                || (NUMBERS.contains(TYPES.getOrDefault(key, FieldType.ANY))
                        && NUMBER.matcher(source.text(node.location())).matches())) {
            text.showName(node.location());
        } else if (!key.equals("containerdefinitions") || !isEmbedded(node)) {
            text.hide(node.location());
        }
    }

    /** Containers that are JSON in a string. */
    private boolean isEmbedded(Node node) {
        try {
            if (node instanceof TextNode string) {
                EmbeddedText containers = new EmbeddedText(text.source(), node.location(), string.written());
                value(JsonTree.parse(containers, Filling.none()), "containerdefinitions", false);
                return true;
            }
        } catch (UnreadableSourceException e) {
            // It is another text.
        }
        return false;
    }
}
