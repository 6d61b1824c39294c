// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.readonlyrootfs.source.Blanks;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.TaskSize;
import io.github.readonlyrootfs.taskdef.node.Filling.Filled;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into a tree that knows where everything is, which Jackson's own tree does not. Characters are parsed,
 * not bytes, because columns count characters. A file that is no JSON because of its placeholders is read with these
 * masked.
 */
public final class JsonTree {

    /** Task definitions nest less than ten levels deep. */
    public static final int MAX_DEPTH = 100;

    /** CloudFormation accepts 1 MB, which has fewer values; this bounds our memory. {@link TaskSize} is stricter. */
    private static final int MAX_VALUES = 500_000;

    /**
     * Our own limits are lower or, for lengths, set by the file's size; names are not kept because a file chosen for its
     * hash collisions would make that slow.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final LocatedText source;
    private final JsonTemplate template;
    private final Filling filling;
    private final String text;
    private final Deque<Frame> open = new ArrayDeque<>();
    private int lastEnd;
    private int values;

    /** An object or array that is not closed yet. */
    private static final class Frame {

        private final int start;
        private final boolean object;
        private final List<Member> members = new ArrayList<>();
        private final List<Node> elements = new ArrayList<>();
        private @Nullable String key;
        private int keyStart;
        private int keyEnd;

        private Frame(int start, boolean object) {
            this.start = start;
            this.object = object;
        }
    }

    private JsonTree(LocatedText source, JsonTemplate template, Filling filling) {
        this.source = source;
        this.template = template;
        this.filling = filling;
        this.text = template.text();
    }

    /** Whether a text begins like JSON and not with a placeholder. */
    public static boolean begins(String text) {
        int start = Blanks.after(text, 0);
        char first = start < text.length() ? text.charAt(start) : ' ';
        char second = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
        return first == '[' || (first == '{' && second != '{' && second != '%' && second != '#');
    }

    /** Reads a file with one JSON object or array. */
    public static Node parse(LocatedText source, Filling filling) throws UnreadableSourceException {
        JsonFault.rejectOtherFormats(source);
        try {
            return new JsonTree(source, JsonTemplate.none(source), filling).parse();
        } catch (UnreadableSourceException e) {
            JsonTemplate template = JsonTemplate.of(source);
            if (template.isPlain()) {
                throw e;
            }
            return new JsonTree(source, template, filling).parse();
        }
    }

    /** Reads the text that a placeholder becomes, in the place of the placeholder. */
    private static Node parse(String text, Location placeholder) throws UnreadableSourceException {
        SourceFile value = SourceFile.inside(placeholder, text);
        try {
            return new JsonTree(value, JsonTemplate.none(value), Filling.none()).parse();
        } catch (UnreadableSourceException e) {
            // Its own words may repeat the value.
            throw new UnreadableSourceException(new Problem(
                    placeholder,
                    "with the value that templateValues gives to this placeholder, the file is not JSON",
                    "without quotes around the placeholder, its value must be true, false, a number, a text in quotes,"
                            + " or a whole object or array"));
        }
    }

    private Node parse() throws UnreadableSourceException {
        try (JsonParser parser = JSON.createParser(text.toCharArray())) {
            Node root = null;
            while (root == null) {
                root = next(parser);
            }
            if (parser.nextToken() != null) {
                throw JsonFault.trailingText(source, text, lastEnd);
            }
            return root;
        } catch (JsonProcessingException e) {
            boolean inObject = !open.isEmpty() && open.element().object;
            int opened = open.isEmpty() ? -1 : open.element().start;
            throw new JsonFault(source, text, lastEnd, opened, inObject).explain(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes one token; gives the root once it is closed. */
    private @Nullable Node next(JsonParser parser) throws IOException, UnreadableSourceException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw JsonFault.nothing(source);
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        return switch (token) {
            case FIELD_NAME -> {
                Frame object = open.element();
                object.key = parser.currentName();
                object.keyStart = start;
                object.keyEnd = endOfString(text, start);
                lastEnd = object.keyEnd;
                yield null;
            }
            case START_OBJECT, START_ARRAY -> {
                if (open.size() == MAX_DEPTH) {
                    throw tooDeep(start);
                }
                open.push(new Frame(start, token == JsonToken.START_OBJECT));
                lastEnd = start + 1;
                yield null;
            }
            case END_OBJECT, END_ARRAY -> {
                Frame closed = open.pop();
                lastEnd = start + 1;
                yield add(closed.start, close(closed, start + 1));
            }
            default -> {
                // Read before the token counts as good: a bad escape in it shows only now.
                String value = parser.getText();
                lastEnd = token == JsonToken.VALUE_STRING ? endOfString(text, start) : start + value.length();
                Frame parent = open.peek();
                if (template.isPlaceholder(start) && parent != null && !parent.object) {
                    addElements(parent, start);
                    yield null;
                }
                yield add(start, scalar(token, value, start));
            }
        };
    }

    private Node close(Frame closed, int end) throws UnreadableSourceException {
        Location location = source.location(closed.start, end);
        Optional<UnresolvedNode> unresolved = Optional.empty();
        for (JsonTemplate.Range range : template.others(closed.start)) {
            Filled filled = filled(range.start(), range.end());
            if (filled.open().isPresent() || range.key()) {
                String written = source.text().substring(range.start(), range.end());
                UnresolvedNode more =
                        placeholder(range.start(), range.end(), filled.open().orElse(written));
                unresolved = unresolved.isPresent() ? unresolved : Optional.of(more);
            } else {
                addAll(filled.text(), range, closed);
            }
        }
        if (unresolved.isPresent() && !closed.object) {
            closed.elements.add(unresolved.get());
        }
        return closed.object
                ? new ObjectNode(location, closed.members, unresolved)
                : new ArrayNode(location, closed.elements);
    }

    /** Adds the element that a placeholder stands for, or several. */
    private void addElements(Frame array, int start) throws UnreadableSourceException {
        Filled filled = filled(start, lastEnd);
        if (filled.open().isPresent()) {
            add(start, placeholder(start, lastEnd, filled.open().get()));
        } else {
            addAll(filled.text(), new JsonTemplate.Range(start, lastEnd, false), array);
        }
    }

    /** Adds the members or elements that a placeholder stands for, with or without a comma to divide them from others. */
    private void addAll(String text, JsonTemplate.Range range, Frame to) throws UnreadableSourceException {
        String inner = text.strip().replaceAll("^,|,$", "");
        Node more =
                parse(to.object ? "{" + inner + "}" : "[" + inner + "]", source.location(range.start(), range.end()));
        if (more instanceof ObjectNode object && to.object) {
            object.members()
                    .forEach(member -> to.members.add(new Member(
                            member.key(), member.keyLocation(), conditional(range.start(), member.value()))));
        } else if (more instanceof ArrayNode array && !to.object) {
            array.elements().forEach(element -> to.elements.add(conditional(range.start(), element)));
        }
    }

    private Node scalar(JsonToken token, String value, int start) throws UnreadableSourceException {
        Location location = source.location(start, lastEnd);
        if (template.isPlaceholder(start)) {
            Filled filled = filled(start, lastEnd);
            return filled.open().isPresent()
                    ? placeholder(start, lastEnd, filled.open().get())
                    : parse(filled.text(), location);
        }
        return switch (token) {
            case VALUE_STRING -> {
                String written = source.text().substring(start, lastEnd);
                // Quotes within a placeholder were masked; the rest of such a string has hardly any escapes.
                String text =
                        template.hasMaskedQuotes(start, lastEnd) ? written.substring(1, written.length() - 1) : value;
                yield TextNode.of(location, text, filling.fill(text));
            }
            case VALUE_TRUE, VALUE_FALSE -> new BooleanNode(location, token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> new NullNode(location);
            default -> new NumberNode(location, value);
        };
    }

    private Filled filled(int start, int end) {
        return filling.fillUnquoted(source.text().substring(start, end));
    }

    private UnresolvedNode placeholder(int start, int end, String open) {
        return UnresolvedNode.of(source.location(start, end), source.text().substring(start, end), open);
    }

    private @Nullable Node add(int start, Node node) throws UnreadableSourceException {
        if (++values > MAX_VALUES) {
            throw new UnreadableSourceException(new Problem(
                    source.location(start, start + 1),
                    "the file contains more than " + MAX_VALUES + " values",
                    "set taskDefinition to a task definition: ECS accepts at most 64 KiB"));
        }
        Frame parent = open.peek();
        if (parent == null) {
            return node;
        }
        if (parent.key == null) {
            parent.elements.add(conditional(start, node));
        } else if (!template.isPlaceholder(parent.keyStart)) {
            Location key = source.location(parent.keyStart, parent.keyEnd);
            parent.members.add(new Member(parent.key, key, conditional(parent.keyStart, node)));
        }
        return null;
    }

    private Node conditional(int start, Node node) {
        return template.isConditional(start) ? ConditionalNode.inBlock(node) : node;
    }

    private UnreadableSourceException tooDeep(int start) {
        return new UnreadableSourceException(new Problem(
                source.location(start, start + 1),
                "objects and arrays are nested more than " + MAX_DEPTH + " levels deep",
                "set taskDefinition to a task definition: it nests less than ten levels deep"));
    }

    /** The offset behind a string's closing quote, or where the text ends. */
    static int endOfString(String text, int start) {
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }
}
