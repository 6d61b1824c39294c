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
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the values in a task definition's file that are public by the key that they stand under, whatever notation it has.
 * Below a key that ECS does not have, and outside a task definition, only keys are.
 */
final class PublicValues {

    private static final Set<String> PUBLIC = DataFiles.words(PublicValues.class, "public-keys.txt");

    /** Keys with words that are judged one by one. */
    private static final Set<String> COMMANDS = Set.of("entrypoint", "command", "mountoptions", "expression");

    private static final Set<FieldType> NUMBERS =
            Set.of(FieldType.INTEGER, FieldType.INTEGERS, FieldType.SIZE, FieldType.BOOLEAN);

    /** The type of a key, wherever it is: all notations have the same letters but Terraform's blocks. */
    private static final Map<String, FieldType> TYPES = new HashMap<>(Map.of("volume", FieldType.OBJECTS));

    static {
        addTypes(SchemaField.TASK_DEFINITION);
    }

    /** A number, perhaps with its unit, or what people write for a boolean. */
    private static final Pattern NUMBER = Pattern.compile(
            "-?\\d[\\d.]{0,6}\\s*+(?:v?CPUs?|[KMGT]?i?B?)|true|false|yes|no|on|off|none", Pattern.CASE_INSENSITIVE);

    /** What every task definition says, but for a bare list of containers. */
    private static final Pattern TASK = Pattern.compile("(?i)container_?definitions|AWS::");

    private static final Pattern KEY_OR_LITERAL =
            Pattern.compile("(?<![\\w.-])(?:(\\w++)(?=[\"'\\\\]*\\s*:)|(?:true|false|null)(?![\\w.-]))");

    private final SourceFile source;
    private final PublicText text;
    private final BiConsumer<PublicText, Span> commands;
    private boolean isTask;

    private PublicValues(SourceFile source, BiConsumer<PublicText, Span> commands) {
        this.source = source;
        this.commands = commands;
        this.isTask = TASK.matcher(source.text()).find();
        this.text = new PublicText(source);
    }

    private static void addTypes(SchemaField parent) {
        for (SchemaField field : parent.fields().values()) {
            TYPES.put(letters(field.ecsName()), field.type());
            addTypes(field);
        }
    }

    private static String letters(String key) {
        return key.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /**
     * @param documents of the file; none where it cannot be read
     * @param commands shows the public words of a command or a script
     */
    static PublicText of(SourceFile source, List<Node> documents, BiConsumer<PublicText, Span> commands) {
        PublicValues values = new PublicValues(source, commands);
        for (Node document : documents) {
            boolean bare = document instanceof ArrayNode array
                    && array.elements().stream().anyMatch(node -> has(node, "name") || has(node, "image"));
            values.isTask |= bare;
            values.value(document, bare ? "containerdefinitions" : "", false);
        }
        if (documents.isEmpty() || !values.isTask) {
            values.showVocabulary();
        }
        return values.text;
    }

    /** In a file that cannot be read or is another, only ECS's own words are shown. */
    private void showVocabulary() {
        Matcher matcher = KEY_OR_LITERAL.matcher(source.text());
        while (matcher.find()) {
            if (matcher.group(1) == null || TYPES.containsKey(letters(matcher.group(1)))) {
                text.show(matcher.start(), matcher.end());
            }
        }
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
        } else if (COMMANDS.contains(key) && !isForgotten(node)) {
            commands.accept(text, new Span(source.start(node.location()), source.end(node.location())));
        } else if (node instanceof ArrayNode array) {
            array.elements().forEach(each -> value(each, key, true));
        } else if (!isEmbedded(node, key)) {
            scalar(node, key);
        }
    }

    /** A word in Terraform may be a text whose quotes were forgotten. */
    private boolean isForgotten(Node node) {
        return node instanceof UnresolvedNode && source.text(node.location()).matches("[A-Za-z_]\\w*+");
    }

    /** Containers that are JSON in a string. */
    private boolean isEmbedded(Node node, String key) {
        if (!(node instanceof TextNode string) || !key.equals("containerdefinitions")) {
            return false;
        }
        try {
            EmbeddedText containers = new EmbeddedText(source, node.location(), string.written());
            value(JsonTree.parse(containers, Filling.none()), key, false);
            return true;
        } catch (UnreadableSourceException e) {
            return false;
        }
    }

    private void scalar(Node node, String key) {
        Optional<String> written = node instanceof UnresolvedNode it ? Optional.of(it.text()) : node.scalar();
        boolean harmless = node instanceof BooleanNode
                || node instanceof NullNode
                || PUBLIC.contains(key)
                || (NUMBERS.contains(TYPES.getOrDefault(key, FieldType.ANY))
                        && written.filter(PublicValues::isNumber).isPresent());
        if (harmless && !isForgotten(node)) {
            text.showName(node.location());
        } else {
            text.hide(node.location());
        }
    }

    /** A number, or a placeholder with nothing but a name. */
    private static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches()
                || Placeholder.in(value)
                        .filter(it -> it.equals(value) && Placeholder.shown(it).equals(it))
                        .isPresent();
    }
}
