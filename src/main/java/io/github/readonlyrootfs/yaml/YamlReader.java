// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.yaml;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML from the parser's events, without the library's own tree: the values of an alias are counted before it is
 * followed, so a small file cannot become a large tree.
 */
public final class YamlReader {

    /** Task definitions and templates nest less than twenty levels deep. */
    private static final int MAX_DEPTH = 100;

    /** This bounds our memory. ECS accepts 64 KiB, CloudFormation 1 MB. */
    private static final int MAX_VALUES = 500_000;

    private final SourceFile source;
    private final YamlOffsets offsets;
    private final Deque<OpenCollection> open = new ArrayDeque<>();
    private final Map<Anchor, Measured> anchors = new HashMap<>();
    private final List<YamlNode> documents = new ArrayList<>();
    private int values;

    /** A value with the number of its values and levels. */
    private record Measured(YamlNode node, int weight, int height) {}

    private YamlReader(SourceFile source) {
        this.source = source;
        this.offsets = new YamlOffsets(source.text());
    }

    /** Reads the documents of a file, which may have none. The limits apply to all documents together. */
    public static List<YamlNode> readAll(SourceFile source) throws UnreadableSourceException {
        YamlReader reader = new YamlReader(source);
        reader.take();
        return List.copyOf(reader.documents);
    }

    private void take() throws UnreadableSourceException {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(Integer.MAX_VALUE)
                // The parser copies what it has of a word with each buffer that it reads.
                .setBufferSize(Math.max(1024, longestLine(source)))
                .build();
        try {
            Iterator<Event> events =
                    new Parse(settings).parseString(source.text()).iterator();
            int read = 0;
            while (hasNext(events, read)) {
                Event event = events.next();
                take(event);
                read = end(event);
            }
        } catch (YamlEngineException e) {
            throw new UnreadableSourceException(new YamlFault(source, offsets).explain(e));
        }
    }

    private static int longestLine(SourceFile source) {
        int longest = 0;
        for (int line = 1; line <= source.lineCount(); line++) {
            longest = Math.max(longest, source.line(line).length());
        }
        return longest;
    }

    /** For an escape that names no character, the parser throws an exception without a location. */
    private boolean hasNext(Iterator<Event> events, int read) throws UnreadableSourceException {
        try {
            return events.hasNext();
        } catch (IllegalArgumentException e) {
            throw new UnreadableSourceException(new YamlFault(source, offsets).badEscape(read));
        }
    }

    private void take(Event event) throws UnreadableSourceException {
        switch (event.getEventId()) {
            case DocumentStart -> anchors.clear();
            case MappingStart, SequenceStart -> {
                if (open.size() == MAX_DEPTH) {
                    throw tooDeep(start(event));
                }
                CollectionStartEvent start = (CollectionStartEvent) event;
                open.push(new OpenCollection(
                        content(start, start.getTag(), source.text().length()), start));
            }
            case MappingEnd, SequenceEnd -> close(event);
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            default -> {
                // The stream, the end of a document and comments have no values.
            }
        }
    }

    private void scalar(ScalarEvent event) throws UnreadableSourceException {
        int end = end(event);
        int start = content(event, event.getTag(), end);
        if (event.isLiteral() || event.isFolded()) {
            while (end > start && Character.isWhitespace(source.text().charAt(end - 1))) {
                end--;
            }
        }
        Scalar scalar = new Scalar(source.location(start, end), event.getTag(), event.getValue(), event.isPlain());
        add(start, end, new Measured(scalar, 1, 1), event.getAnchor());
    }

    private void close(Event event) throws UnreadableSourceException {
        OpenCollection closed = open.pop();
        int end = closed.event.isFlow() ? end(event) : closed.end();
        YamlNode node = closed.close(source.location(closed.start, end));
        // Its content has been counted already.
        values -= closed.weight() - 1;
        add(closed.start, end, new Measured(node, closed.weight(), closed.height()), closed.event.getAnchor());
    }

    private void alias(AliasEvent event) throws UnreadableSourceException {
        Measured anchored = anchors.get(event.getAlias());
        if (anchored == null) {
            boolean around = open.stream()
                    .anyMatch(it -> it.event
                            .getAnchor()
                            .filter(event.getAlias()::equals)
                            .isPresent());
            throw invalid(
                    start(event),
                    around
                            ? "this alias refers to a value that contains it"
                            : "no anchor before this alias has its name",
                    "write the value itself");
        }
        if (open.size() + anchored.height() > MAX_DEPTH) {
            throw tooDeep(start(event));
        }
        add(start(event), end(event), anchored, Optional.empty());
    }

    private void add(int start, int end, Measured value, Optional<Anchor> anchor) throws UnreadableSourceException {
        values += value.weight();
        if (values > MAX_VALUES) {
            throw invalid(
                    start,
                    "the file contains more than " + MAX_VALUES + " values, counting those of each alias",
                    "take the right file: this one is too large");
        }
        anchor.ifPresent(name -> anchors.put(name, value));
        OpenCollection parent = open.peek();
        if (parent == null) {
            documents.add(value.node());
        } else if (!parent.add(value.node(), end, value.weight(), value.height())) {
            throw invalid(start, "an object or array is used as a key", "put the key in quotes");
        }
    }

    private UnreadableSourceException tooDeep(int start) {
        return invalid(
                start,
                "objects and arrays are nested more than " + MAX_DEPTH + " levels deep",
                "take the right file: this one is nested too deep");
    }

    private UnreadableSourceException invalid(int start, String message, String help) {
        int end = Math.min(start + 1, source.text().length());
        return new UnreadableSourceException(new Problem(source.location(start, end), message, help));
    }

    /** The beginning of a value or its tag, without an anchor. */
    private int content(NodeEvent event, Optional<String> tag, int end) {
        int i = start(event);
        if (event.getAnchor().isEmpty() || tag.isPresent()) {
            return i;
        }
        String text = source.text();
        while (i < end && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        while (i < end && (Character.isWhitespace(text.charAt(i)) || text.charAt(i) == '#')) {
            int lineEnd = text.indexOf('\n', i);
            i = text.charAt(i) != '#' ? i + 1 : lineEnd < 0 ? end : lineEnd;
        }
        return Math.min(i, end);
    }

    private int start(Event event) {
        return offset(event.getStartMark());
    }

    private int end(Event event) {
        return offset(event.getEndMark());
    }

    private int offset(Optional<Mark> mark) {
        return mark.map(it -> offsets.of(it.getIndex())).orElse(0);
    }
}
