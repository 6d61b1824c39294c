// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment of a YAML file.
 *
 * @param text without the {@code #}
 * @param subject the key with its value, or the element of an array, that begins on the next line with one; empty for a
 *     comment behind something, or with nothing below it
 */
public record YamlComment(Location location, String text, Optional<Location> subject) {

    private static final Pattern LINE = Pattern.compile("[ \\t]*+#(.*)");

    /** The comments that begin with a word. */
    static List<YamlComment> in(SourceFile source, String word, List<Node> documents) {
        Parts parts = new Parts(new HashMap<>(), new TreeSet<>());
        documents.forEach(parts::add);
        Pattern pattern = Pattern.compile("(?m)(?:^|[ \\t])(#[ \\t]*+(" + Pattern.quote(word) + "(?!\\S).*+))$");
        List<YamlComment> comments = new ArrayList<>();
        Matcher matcher = pattern.matcher(source.text());
        while (matcher.find()) {
            Location place = source.location(matcher.start(1), matcher.end(1));
            if (!parts.isInText(place)) {
                boolean alone = LINE.matcher(source.line(place.line())).matches();
                Optional<Location> subject = alone ? below(source, place.line(), parts) : Optional.empty();
                comments.add(new YamlComment(place, matcher.group(2).strip(), subject));
            }
        }
        return List.copyOf(comments);
    }

    /** The largest thing that begins on the next line that is neither empty nor a comment. */
    private static Optional<Location> below(SourceFile source, int line, Parts parts) {
        int next = line + 1;
        while (next <= source.lineCount()
                && (source.line(next).isBlank()
                        || LINE.matcher(source.line(next)).matches())) {
            next++;
        }
        return Optional.ofNullable(parts.subjects().get(next));
    }

    /**
     * The parts of a document.
     *
     * @param subjects the largest thing that begins on each line
     * @param texts keys and values, in which a number sign begins no comment
     */
    private record Parts(Map<Integer, Location> subjects, NavigableSet<Location> texts) {

        private static final Comparator<Location> BY_END =
                Comparator.comparing(Location::endLine).thenComparing(Location::endColumn);

        void add(Node written) {
            Node node = written.unconditional();
            if (node instanceof ObjectNode object) {
                object.members().forEach(this::add);
            } else if (node instanceof ArrayNode array) {
                array.elements().forEach(element -> {
                    addSubject(element.location());
                    add(element);
                });
            } else if (node instanceof TextNode) {
                texts.add(node.location());
            }
        }

        private void add(Member member) {
            Location key = member.keyLocation();
            Location value = member.value().location();
            texts.add(key);
            addSubject(value.compareTo(key) < 0 ? key : key.upTo(value));
            add(member.value());
        }

        private void addSubject(Location subject) {
            subjects.merge(subject.line(), subject, BinaryOperator.maxBy(BY_END));
        }

        /** Texts do not overlap: only the last one that begins before a place can contain it. */
        boolean isInText(Location place) {
            Location after = new Location(place.file(), place.line(), place.column() + 1, 0, 0);
            Location text = texts.lower(after);
            return text != null && place.startsBefore(text.end());
        }
    }
}
