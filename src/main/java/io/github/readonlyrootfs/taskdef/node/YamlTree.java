// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling.Filled;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import io.github.readonlyrootfs.yaml.YamlNode.Sequence;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads YAML into the tree that JSON is read into. CloudFormation's short tags become the functions that they are short
 * for.
 */
public final class YamlTree {

    /** How a YAML file begins, behind comments; what else there is, is taken for JSON gone wrong. */
    private static final Pattern BEGINNING = Pattern.compile("(?:---|[-?](?:\\s|$)|[&!%][\\w!])"
            + "|(?:\\$\\{[\\w.-]+\\}|[\\w.-])[^\\n#\"'={}\\[\\]:]*+(?::(?!\\s|$)[^\\n#\"'={}\\[\\]:]*+)*+:"
            + "|(?:\"[^\"\\n]*\"|'[^'\\n]*')[ \\t]*+:(?:\\s|$)");

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?");

    private final SourceFile source;
    private final Filling filling;
    private final YamlTemplate template;

    private YamlTree(SourceFile source, Filling filling, YamlTemplate template) {
        this.source = source;
        this.filling = filling;
        this.template = template;
    }

    /** Whether a text looks like YAML that is not JSON. */
    public static boolean isYaml(SourceFile source) {
        String text = source.text();
        Placeholder.Finder placeholder = new Placeholder.Finder(text);
        int i = 0;
        while (i < text.length()) {
            if (Character.isWhitespace(text.charAt(i))) {
                i++;
            } else if (text.charAt(i) == '#') {
                int lineEnd = text.indexOf('\n', i);
                i = lineEnd < 0 ? text.length() : lineEnd;
            } else if (placeholder.isAt(i, text.length())
                    && (JsonTemplate.isControl(placeholder.group()) || endsLine(text, placeholder.end()))) {
                i = placeholder.end();
            } else {
                break;
            }
        }
        return BEGINNING
                .matcher(text)
                .region(i, Math.min(text.length(), i + 200))
                .lookingAt();
    }

    private static boolean endsLine(String text, int from) {
        int lineEnd = text.indexOf('\n', from);
        return text.substring(from, lineEnd < 0 ? text.length() : lineEnd).isBlank();
    }

    /** The documents of a file, objects and arrays only, at least one. */
    public static List<Node> parse(SourceFile source, Filling filling) throws UnreadableSourceException {
        YamlTemplate template = YamlTemplate.of(source);
        try {
            return new YamlTree(source, filling, template).parse();
        } catch (UnreadableSourceException e) {
            throw template.because(e);
        }
    }

    /** Reads the text that a placeholder without quotes becomes, in the place of the placeholder. */
    private static Node parse(String text, Location placeholder) throws UnreadableSourceException {
        SourceFile source = SourceFile.inside(placeholder, text);
        try {
            YamlTemplate template = YamlTemplate.none(source);
            YamlTree tree = new YamlTree(source, Filling.none(), template);
            return tree.node(YamlReader.readAll(source).get(0));
        } catch (UnreadableSourceException e) {
            // Its own words may repeat the value.
            throw new UnreadableSourceException(new Problem(
                    placeholder,
                    "with the value that templateValues gives to this placeholder, the file is not YAML",
                    "close its brackets and quotes"));
        }
    }

    private List<Node> parse() throws UnreadableSourceException {
        List<YamlNode> documents = YamlReader.readAll(template.masked());
        List<Node> trees = new ArrayList<>();
        for (YamlNode document : documents) {
            if (!(document instanceof Scalar)) {
                trees.add(node(document));
            }
        }
        if (trees.isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    documents.stream().findFirst().map(YamlNode::location).orElseGet(() -> source.location(0, 0)),
                    "a single value where the task definition was expected",
                    "an ECS task definition in YAML has the key `containerDefinitions:`"));
        }
        return List.copyOf(trees);
    }

    private Node node(YamlNode node) throws UnreadableSourceException {
        Node value = untagged(node);
        String tag = node.tag().orElse("");
        if (tag.length() < 2 || !tag.startsWith("!")) {
            return value;
        }
        String name = tag.substring(1);
        String function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
        Location all = node.location();
        Location key = new Location(all.file(), all.line(), all.column(), all.line(), all.column() + tag.length());
        return new ObjectNode(all, List.of(new Member(function, key, value)), Optional.empty());
    }

    private Node untagged(YamlNode node) throws UnreadableSourceException {
        if (node instanceof Mapping mapping) {
            return object(mapping);
        }
        return node instanceof Sequence sequence ? array(sequence) : scalar((Scalar) node);
    }

    private ObjectNode object(Mapping mapping) throws UnreadableSourceException {
        List<Member> members = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            members.add(new Member(
                    template.restored(entry.key().value()), entry.key().location(), node(entry.value())));
        }
        return new ObjectNode(mapping.location(), List.copyOf(members), Optional.empty());
    }

    private ArrayNode array(Sequence sequence) throws UnreadableSourceException {
        List<Node> elements = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            elements.add(node(item));
        }
        return new ArrayNode(sequence.location(), List.copyOf(elements));
    }

    private Node scalar(Scalar scalar) throws UnreadableSourceException {
        Location location = scalar.location();
        String value = template.restored(scalar.value());
        Optional<String> type = scalar.tag().filter(tag -> tag.startsWith("tag:"));
        boolean string = type.isPresent()
                ? type.get().equals(Scalar.STRING_TAG)
                : !scalar.plain() || scalar.tag().isPresent();
        if (string) {
            return TextNode.of(location, value, filling.fill(value));
        }
        return plain(value, location);
    }

    /** A text without quotes, which may be anything. */
    private Node plain(String written, Location location) throws UnreadableSourceException {
        Filled filled = filling.fill(written);
        String value = filled.text();
        if (filled.open().isPresent()) {
            return TextNode.of(location, written, filled);
        }
        if (!value.equals(written) && (value.startsWith("{") || value.startsWith("[") || value.startsWith("\""))) {
            return parse(value, location);
        }
        if (Scalar.isNull(value)) {
            return new NullNode(location);
        }
        Optional<Boolean> bool = Scalar.bool(value);
        if (bool.isPresent()) {
            return new BooleanNode(location, bool.get());
        }
        return NUMBER.matcher(value).matches()
                ? new NumberNode(location, value)
                : TextNode.of(location, written, filled);
    }
}
