// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.Thorough;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.SampleFiles;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Notation.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Puts each kind of placeholder in place of each value of a task definition, with quotes around it and without, in
 * JSON and in YAML. Everything else must keep its value and location, and a value for the placeholder must restore the
 * task.
 */
@Tag("slow")
class PlaceholderPositionTest {

    /** Each kind, and the name under which it gets a value. */
    private static final Map<String, Optional<String>> KINDS = kinds();

    private static Map<String, Optional<String>> kinds() {
        Map<String, Optional<String>> kinds = new LinkedHashMap<>();
        for (String named : List.of(
                "<NAME>",
                "${NAME}",
                "${NAME:-default}",
                "${NAME:-${OTHER}}",
                "$NAME",
                "$(NAME)",
                "{{ NAME }}",
                "{{ .NAME | default \"x\" }}",
                "{{ must_env `NAME` }}",
                "{{- env \"NAME\" \"a b\" -}}",
                "{{{ NAME }}}",
                "${{ NAME }}",
                "<%= ENV['NAME'] %>",
                "#{NAME}#",
                "%NAME%",
                "@NAME@",
                "@@NAME@@",
                "__NAME__")) {
            kinds.put(named, Optional.of("NAME"));
        }
        kinds.put("${project.name}", Optional.of("project.name"));
        kinds.put("${{ secrets.NAME }}", Optional.of("secrets.NAME"));
        kinds.put("{{ .Values.a.name }}", Optional.of("Values.a.name"));
        kinds.put("{{ if .Prod }}true{{ else }}false{{ end }}", Optional.empty());
        kinds.put("{{ include \"name\" . }}", Optional.empty());
        return kinds;
    }

    /** A value of the sample: its node in the tree, and its text in JSON. */
    private record Slot(String path, Location location, Node node) {

        boolean isIn(Slot other) {
            return (path + "/").startsWith(other.path + "/");
        }
    }

    private static List<Slot> slots(Node root) {
        List<Slot> slots = new ArrayList<>();
        collect("", root, slots);
        return slots;
    }

    private static void collect(String path, Node node, List<Slot> slots) {
        slots.add(new Slot(path, node.location(), node));
        if (node instanceof ObjectNode object) {
            for (Member member : object.members()) {
                collect(path + "/" + member.key(), member.value(), slots);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.elements().size(); i++) {
                collect(path + "/" + i, array.elements().get(i), slots);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> eachKindInEachPlace() {
        return Stream.of(Syntax.values())
                .flatMap(syntax -> KINDS.keySet().stream()
                        .map(kind -> DynamicTest.dynamicTest(syntax + " " + kind, () -> everywhere(syntax, kind))));
    }

    private static void everywhere(Syntax syntax, String kind) throws UnreadableSourceException {
        SourceFile json = SourceFile.of("taskdef.json", SampleFiles.WHOLE);
        Node tree = JsonTree.parse(json, Filling.none());
        SourceFile source = syntax == Syntax.JSON ? json : SourceFile.of("taskdef.json", yaml(tree, 0));
        String task = filledIn(read(source, TemplateValues.NONE));
        List<Slot> slots = slots(parse(source, TemplateValues.NONE));
        List<Slot> originals = slots(tree);
        // A quote within quotes ends them, unless the placeholder around it is recognised first.
        List<String> quotes = syntax == Syntax.YAML ? List.of("", "\"", "'") : List.of("", "\"");
        // Each place is tried with different kinds in each quote; half of them unless the run is thorough.
        int turn = List.copyOf(KINDS.keySet()).indexOf(kind);
        for (int i = 1; i < slots.size(); i++) {
            if (Thorough.isOn() || (i / 2 + turn) % 2 == 0) {
                String quote = quotes.get((i + turn) % quotes.size());
                check(source, slots, i, json.text(originals.get(i).location()), quote, kind, task);
            }
        }
    }

    private static void check(
            SourceFile source, List<Slot> slots, int index, String json, String quote, String kind, String task)
            throws UnreadableSourceException {
        Slot slot = slots.get(index);
        String written = quote + kind + quote;
        SourceFile changed = SourceFile.of(source.name(), replaced(source, slot.location(), written));
        String as = slot.path() + " is " + written;

        Map<String, Slot> now = new LinkedHashMap<>();
        slots(parse(changed, TemplateValues.NONE)).forEach(it -> now.put(it.path(), it));
        Slot found = now.get(slot.path());
        assertThat(found).as(as).isNotNull();
        assertThat(changed.text(found.location())).as(as).isEqualTo(written);
        assertOpen(found.node(), kind, as);
        for (Slot other : slots) {
            boolean related = other.isIn(slot) || slot.isIn(other);
            if (!related && !isSame(source, other, changed, now.get(other.path()))) {
                throw new AssertionError(other.path() + " has changed where " + as);
            }
        }

        var unknown = TaskFile.read(changed);
        assertThat(unknown.problems()).as(as).isEmpty();
        assertThat(unknown.taskDefinition()).as(as).isPresent();

        Optional<String> name = KINDS.get(kind);
        boolean text = slot.node() instanceof TextNode;
        if (name.isPresent() && (quote.isEmpty() || text)) {
            String value = quote.isEmpty() ? json : ((TextNode) slot.node()).value();
            var values = new TemplateValues(Map.of(name.get(), value), Map.of(), any -> Optional.empty());
            assertThat(filledIn(read(changed, values)))
                    .as("%s, with %s for it", as, value)
                    .isEqualTo(task);
            assertThat(slots(parse(changed, values)))
                    .filteredOn(it -> it.isIn(slot))
                    .as(as)
                    .allSatisfy(it -> assertThat(changed.text(it.location())).isEqualTo(written));
        }
    }

    private static boolean isSame(SourceFile source, Slot before, SourceFile changed, @Nullable Slot now) {
        return now != null && changed.text(now.location()).equals(source.text(before.location()));
    }

    /** The task without the written image, which depends on its placeholders. */
    private static String filledIn(TaskDefinition task) {
        return TaskFile.withoutPlaces(task)
                .replaceAll("ImageReference\\[written=Known.*?, filled=", "ImageReference[filled=");
    }

    private static void assertOpen(Node node, String kind, String as) {
        if (node instanceof UnresolvedNode unresolved) {
            assertThat(unresolved.reason())
                    .as(as)
                    .contains(Placeholder.shown(Placeholder.in(kind).orElseThrow()));
            assertThat(unresolved.name()).as(as).isEqualTo(KINDS.get(kind));
        } else {
            assertThat(node).as(as).isInstanceOf(TextNode.class);
            String open = ((TextNode) node).placeholder().orElse("");
            assertThat(open).as(as).isNotEmpty();
            assertThat(kind).as(as).startsWith(open);
        }
    }

    private static String replaced(SourceFile source, Location place, String by) {
        int start = source.lineStart(place.line()) + place.column() - 1;
        int end = source.lineStart(place.endLine()) + place.endColumn() - 1;
        return source.text().substring(0, start) + by + source.text().substring(end);
    }

    private static Node parse(SourceFile source, TemplateValues values) throws UnreadableSourceException {
        return YamlTree.isYaml(source)
                ? YamlTree.parse(source, Filling.with(values, true)).get(0)
                : JsonTree.parse(source, Filling.with(values, true));
    }

    private static TaskDefinition read(SourceFile source, TemplateValues values) {
        var result = TaskFile.read(source, values);
        assertThat(result.problems()).as(source.text()).isEmpty();
        assertThat(result.result().unknownNames()).isEmpty();
        return result.task();
    }

    /** The same in YAML in block style, each value in its natural notation. */
    private static String yaml(Node node, int indent) {
        String margin = " ".repeat(indent);
        StringBuilder text = new StringBuilder();
        if (node instanceof ObjectNode object && !object.members().isEmpty()) {
            for (Member member : object.members()) {
                text.append(margin).append(member.key()).append(':').append(below(member.value(), indent + 2));
            }
        } else if (node instanceof ArrayNode array) {
            for (Node element : array.elements()) {
                String block = yaml(element, indent + 2);
                text.append(margin).append("- ").append(block.substring(indent + 2));
            }
        } else {
            text.append(margin).append(scalar(node)).append('\n');
        }
        return text.toString();
    }

    private static String below(Node value, int indent) {
        boolean block =
                (value instanceof ObjectNode object && !object.members().isEmpty()) || value instanceof ArrayNode;
        return block ? "\n" + yaml(value, indent) : " " + scalar(value) + "\n";
    }

    private static String scalar(Node node) {
        if (node instanceof TextNode text) {
            boolean plain = text.value().matches("(?!true)[A-Za-z][\\w/.]*");
            return plain ? text.value() : '"' + text.value() + '"';
        }
        if (node instanceof BooleanNode bool) {
            return String.valueOf(bool.value());
        }
        return node instanceof NumberNode number ? number.text() : node instanceof NullNode ? "null" : "{}";
    }
}
