package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.NullNode;
import io.github.readonlyrootfs.taskdef.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.Node.TextNode;
import io.github.readonlyrootfs.yaml.InvalidYamlException;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import io.github.readonlyrootfs.yaml.YamlNode.Sequence;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads YAML into the tree that JSON is read into. CloudFormation's short tags become the functions that they are short
 * for.
 */
final class YamlTree {

    /** How a YAML file begins, behind comments; what else there is, is taken for JSON gone wrong. */
    private static final Pattern BEGINNING =
            Pattern.compile("(?:---|- |[&!%]\\w)|(?:[\\w.-]+|\"[^\"\\n]*\"|'[^'\\n]*')[ \\t]*:(?:\\s|$)");

    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?");

    private static final String STRING_TAG = "tag:yaml.org,2002:str";

    private final SourceFile source;
    private final SourceFile masked;

    private YamlTree(SourceFile source) throws InvalidSourceException {
        this.source = source;
        this.masked = YamlTemplate.masked(source);
    }

    /** Whether a text looks like YAML that is not JSON. */
    static boolean isYaml(SourceFile source) {
        String text = source.text();
        int i = 0;
        while (i < text.length() && (Character.isWhitespace(text.charAt(i)) || text.charAt(i) == '#')) {
            int lineEnd = text.indexOf('\n', i);
            i = text.charAt(i) != '#' ? i + 1 : lineEnd < 0 ? text.length() : lineEnd;
        }
        return BEGINNING
                .matcher(text)
                .region(i, Math.min(text.length(), i + 200))
                .lookingAt();
    }

    /** The documents of a file, objects and arrays only, at least one. */
    static List<Node> parse(SourceFile source) throws InvalidSourceException {
        YamlTree tree = new YamlTree(source);
        List<YamlNode> documents;
        try {
            documents = YamlReader.read(tree.masked);
        } catch (InvalidYamlException e) {
            throw new InvalidSourceException(e.problem());
        }
        List<Node> trees = documents.stream()
                .filter(document -> !(document instanceof Scalar))
                .map(tree::node)
                .toList();
        if (trees.isEmpty()) {
            throw new InvalidSourceException(new Problem(
                    documents.get(0).location(),
                    "a single value stands where the task definition was expected",
                    "an ECS task definition in YAML has the key `containerDefinitions:`"));
        }
        return trees;
    }

    private Node node(YamlNode node) {
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

    private Node untagged(YamlNode node) {
        if (node instanceof Mapping mapping) {
            List<Member> members = mapping.entries().stream()
                    .map(entry -> new Member(text(entry.key()), entry.key().location(), node(entry.value())))
                    .toList();
            return new ObjectNode(node.location(), members, Optional.empty());
        }
        if (node instanceof Sequence sequence) {
            return new ArrayNode(
                    node.location(), sequence.items().stream().map(this::node).toList());
        }
        return scalar((Scalar) node);
    }

    private Node scalar(Scalar scalar) {
        Location location = scalar.location();
        String value = text(scalar);
        boolean string = !scalar.plain()
                || scalar.tag()
                        .filter(tag -> !tag.startsWith("tag:") || tag.equals(STRING_TAG))
                        .isPresent();
        if (string) {
            return new TextNode(location, value);
        }
        if (NULL.matcher(value).matches()) {
            return new NullNode(location);
        }
        if (BOOLEAN.matcher(value).matches()) {
            return new BooleanNode(location, value.charAt(0) == 't' || value.charAt(0) == 'T');
        }
        return NUMBER.matcher(value).matches() ? new NumberNode(location, value) : new TextNode(location, value);
    }

    /** The text of a scalar, with its placeholders. */
    private String text(Scalar scalar) {
        String written = source.text(scalar.location());
        if (written.equals(masked.text(scalar.location()))) {
            return scalar.value();
        }
        return EmbeddedText.of(masked, scalar.location(), scalar.value()).in(source.text());
    }
}
