// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
        Parts parts = new Parts(new ArrayList<>(), new ArrayList<>());
        documents.forEach(parts::add);
        Pattern pattern = Pattern.compile("(?m)(?:^|[ \\t])(#[ \\t]*+(" + Pattern.quote(word) + "(?!\\S).*+))$");
        List<YamlComment> comments = new ArrayList<>();
        Matcher matcher = pattern.matcher(source.text());
        while (matcher.find()) {
            Location place = source.location(matcher.start(1), matcher.end(1));
            if (parts.texts().stream().noneMatch(text -> contains(text, place))) {
                boolean alone = LINE.matcher(source.line(place.line())).matches();
                Optional<Location> subject = alone ? below(source, place.line(), parts.subjects()) : Optional.empty();
                comments.add(new YamlComment(place, matcher.group(2).strip(), subject));
            }
        }
        return List.copyOf(comments);
    }

    private static boolean contains(Location text, Location place) {
        boolean begins = text.line() < place.line() || (text.line() == place.line() && text.column() <= place.column());
        boolean ends =
                place.line() < text.endLine() || (place.line() == text.endLine() && place.column() < text.endColumn());
        return begins && ends;
    }

    /** The largest thing that begins on the next line that is neither empty nor a comment. */
    private static Optional<Location> below(SourceFile source, int line, List<Location> subjects) {
        int next = line + 1;
        while (next <= source.lineCount()
                && (source.line(next).isBlank()
                        || LINE.matcher(source.line(next)).matches())) {
            next++;
        }
        int begin = next;
        return subjects.stream()
                .filter(subject -> subject.line() == begin)
                .max(Comparator.comparing(Location::endLine).thenComparing(Location::endColumn));
    }

    /** What a document consists of. */
    private record Parts(List<Location> subjects, List<Location> texts) {

        void add(Node node) {
            if (node instanceof ObjectNode object) {
                object.members().forEach(this::add);
            } else if (node instanceof ArrayNode array) {
                array.elements().forEach(element -> {
                    subjects.add(element.location());
                    add(element);
                });
            } else if (node instanceof ConditionalNode conditional) {
                add(conditional.value());
            } else if (node instanceof TextNode) {
                texts.add(node.location());
            }
        }

        private void add(Member member) {
            Location key = member.keyLocation();
            Location value = member.value().location();
            texts.add(key);
            subjects.add(
                    value.compareTo(key) < 0
                            ? key
                            : new Location(key.file(), key.line(), key.column(), value.endLine(), value.endColumn()));
            add(member.value());
        }
    }
}
