// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.source.Blanks;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.Outline.Kind;
import io.github.readonlyrootfs.taskdef.node.Outline.Member;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import io.github.readonlyrootfs.taskdef.schema.FragmentWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object in a task definition's file, and the edits that set its keys or add to its arrays. An edit that cannot be
 * placed, since what is to be changed is merged in or computed, becomes advice.
 */
public final class EditableObject {

    private final TaskDefinitionEditor editor;
    private final String path;
    private final Location location;
    private final String noun;

    EditableObject(TaskDefinitionEditor editor, String path, Location location, String noun) {
        this.editor = editor;
        this.path = path;
        this.location = location;
        this.noun = noun;
    }

    private FragmentWriter writer() {
        return editor.writer(location);
    }

    private SourceFile source() {
        return editor.source(location);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<Member> member(String key) {
        return editor.outline().member(location, writer().key(at(key)));
    }

    /** The keys of the object itself, without merged ones. */
    private List<Member> members() {
        return editor.outline().members(location).stream()
                .filter(member -> member.keyLocation().isWithin(location))
                .toList();
    }

    /**
     * Gives a key a value, whether it is there already or not.
     *
     * @param keys the key, behind those of the objects around it, which need not be there either
     */
    public Remedy set(String keys, Fragment value) {
        if (editor.task().document().generated().isPresent()) {
            return Remedy.advice(editor.task().document().generated().get().set(noun, keys, value));
        }
        int dot = keys.indexOf('.');
        if (dot < 0) {
            Optional<Member> present = member(keys);
            Optional<Location> origin =
                    present.flatMap(there -> editor.outline().origin(there.value()));
            if (origin.isPresent()) {
                return Remedy.of(new TextEdit(origin.get(), writer().value(at(keys), value)));
            }
            Remedy set = present.map(there -> replace(there, keys, value))
                    .orElseGet(() -> insert(keys, value))
                    .map(Remedy::of)
                    .orElseGet(() -> add(writer().member(at(keys), value)));
            return present.flatMap(there -> choice(there, keys, value))
                    .map(set::advising)
                    .orElse(set);
        }
        String key = keys.substring(0, dot);
        String rest = keys.substring(dot + 1);
        return within(key).map(inner -> inner.set(rest, value)).orElseGet(() -> set(key, Fragment.object(rest, value)));
    }

    /** What to decide first where something else than the file gives a key its value. */
    private Optional<String> choice(Member member, String key, Fragment value) {
        return switch (member.kind()) {
            case CALL ->
                Optional.of(
                        editor.isTerraform()
                                ? "change what gives `" + key + "` its value, or,"
                                : "if the function need not decide that,");
            case SCALAR ->
                editor.placeholder(member.value())
                        .map(placeholder -> "give " + Placeholder.shown(placeholder) + " the value "
                                + writer().value(at(key), value) + ", or");
            default -> Optional.empty();
        };
    }

    private Remedy add(String code) {
        return Remedy.advice("add `" + code + "` to " + noun);
    }

    private Optional<EditableObject> within(String key) {
        return member(key).filter(member -> member.kind() == Kind.OBJECT).map(member -> inner(key, member));
    }

    private EditableObject inner(String key, Member member) {
        return new EditableObject(editor, at(key), member.value(), "the `" + member.key() + "` of " + noun);
    }

    /**
     * Adds to an array, which need not be there yet.
     *
     * @param keys of the array, with those of the objects around it: {@code linuxParameters.tmpfs}
     */
    public Remedy add(String keys, List<? extends Fragment> elements) {
        Fragment array = new Fragment.Array(List.copyOf(elements));
        if (editor.task().document().generated().isPresent()) {
            return Remedy.advice(editor.task().document().generated().get().add(noun, keys, array));
        }
        int dot = keys.indexOf('.');
        String key = dot < 0 ? keys : keys.substring(0, dot);
        Optional<Member> present = member(key).filter(member -> member.kind() != Kind.NOTHING);
        if (present.isEmpty()) {
            return set(key, dot < 0 ? array : Fragment.object(keys.substring(dot + 1), array));
        }
        EditableObject inner = inner(key, present.get());
        if (dot < 0 && writer().isMap(at(key)) && present.get().kind() == Kind.OBJECT) {
            return FragmentWriter.keyed(new Fragment.Array(List.copyOf(elements))).members().entrySet().stream()
                    .map(element -> inner.set(element.getKey(), element.getValue()))
                    .reduce(Remedy.NONE, Remedy::and);
        }
        if (dot < 0) {
            return array(present.get())
                    .flatMap(whole -> append(whole, key, elements))
                    .map(Remedy::of)
                    .orElseGet(() -> inner.add(values(key, elements)));
        }
        String rest = keys.substring(dot + 1);
        return present.get().kind() == Kind.OBJECT
                ? inner.add(rest, elements)
                : inner.add(writer().member(inner.at(rest), array));
    }

    /** The array under a key, or the one with the containers that is in a string there. */
    private Optional<Location> array(Member member) {
        boolean string = path.isEmpty() && member.kind() == Kind.SCALAR;
        return string ? editor.containers() : Optional.of(member.value()).filter(any -> member.kind() == Kind.ARRAY);
    }

    private String values(String key, List<? extends Fragment> elements) {
        return elements.stream()
                .map(element -> writer().value(at(key), element))
                .collect(Collectors.joining(", "));
    }

    /** Keeps the key and the text before the value, if both are on one line. */
    private Optional<TextEdit> replace(Member present, String key, Fragment value) {
        if (!TaskDefinitionEditor.follows(present)) {
            return Optional.empty();
        }
        Location old = present.value();
        Location whole = TaskDefinitionEditor.span(present);
        boolean block = editor.isBlock(location);
        List<String> lines = block ? writer().memberLines(at(key), value, whole.column()) : List.of();
        if (old.line() > present.keyLocation().line()) {
            List<String> member = block ? lines : flowMember(present.keyLocation(), key, value);
            return Optional.of(new TextEdit(whole, joined(member).stripLeading()));
        }
        if (lines.size() > 1 && editor.behind(old).isBlank()) {
            String below = source().lineSeparator() + joined(lines.subList(1, lines.size()));
            int end = source().end(old);
            return Optional.of(
                    TextEdit.replace(source(), Blanks.before(source().text(), source().start(old)), end, below));
        }
        boolean touchesKey = old.isEmpty() && !editor.before(old).endsWith(" ");
        return Optional.of(new TextEdit(old, (touchesKey ? " " : "") + behindKey(present, key, value)));
    }

    private String joined(List<String> lines) {
        return String.join(source().lineSeparator(), lines);
    }

    /** The text of a value after an existing key. */
    private String behindKey(Member present, String key, Fragment value) {
        Location beside = present.keyLocation();
        if (editor.isBlock(location) || !editor.beginsLine(beside) || editor.isInString(beside)) {
            List<String> flat = List.of(writer().value(at(key), value));
            return (editor.isInString(beside) ? TaskDefinitionEditor.escaped(flat) : flat).get(0);
        }
        if (editor.isTerraform()) {
            return writer().value(at(key), value);
        }
        String head = editor.before(present.value());
        return joined(writer().flowLines(head, at(key), value, editor.before(beside), editor.unit(location, beside)))
                .substring(head.length());
    }

    /** The text of a key in brackets before another one, with the same indentation. */
    private List<String> flowMember(Location beside, String key, Fragment value) {
        if (!editor.beginsLine(beside) || editor.isInString(beside)) {
            List<String> flat = List.of(writer().member(at(key), value));
            return editor.isInString(beside) ? TaskDefinitionEditor.escaped(flat) : flat;
        }
        return writer().flowMemberLines(at(key), value, editor.before(beside), editor.unit(location, beside));
    }

    private Optional<TextEdit> insert(String key, Fragment value) {
        List<Member> members = members();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        if (editor.isTerraform() && editor.isBlock(location)) {
            return Optional.of(terraformBlock(key, value));
        }
        return editor.isBlock(location) ? block(members, key, value) : Optional.of(flow(members, key, value));
    }

    /** An argument of a block, or blocks in it, above its end. */
    private TextEdit terraformBlock(String key, Fragment value) {
        String unit = editor.unit(location, members().get(0).keyLocation());
        String indent = editor.indentation(location) + unit;
        List<String> lines = new ArrayList<>();
        if (!source().line(location.endLine() - 1).isBlank()) {
            lines.add("");
        }
        lines.addAll(
                value instanceof Fragment.Array blocks
                                && editor.outline().names(location).isEmpty()
                        ? writer().blockLines(at(key), blocks.elements(), indent, unit)
                        : writer().flowMemberLines(at(key), value, indent, unit));
        return TextEdit.insertLines(source(), location.endLine(), lines);
    }

    private static Optional<Member> called(List<Member> members, String key) {
        return members.stream().filter(member -> member.key().equals(key)).findFirst();
    }

    /** Lines of a YAML block: below a key whose value is done with, or above one that begins a line. */
    private Optional<TextEdit> block(List<Member> members, String key, Fragment value) {
        int column = members.get(0).keyLocation().column();
        List<String> lines = writer().memberLines(at(key), value, column);
        Optional<Member> above = containers(members).filter(member -> editor.beginsLine(member.keyLocation()));
        Optional<Member> below = named(members)
                .or(() -> members.stream()
                        .filter(EditableObject::isOnOneLine)
                        .max(Comparator.comparing(Member::keyLocation)));
        if (above.isEmpty() && below.isPresent()) {
            int line = TaskDefinitionEditor.span(below.get()).endLine() + 1;
            return Optional.of(TextEdit.insertLines(source(), line, lines));
        }
        return above.or(() -> members.stream()
                        .filter(member -> editor.beginsLine(member.keyLocation()))
                        .findFirst())
                .map(member ->
                        TextEdit.insertLines(source(), member.keyLocation().line(), lines));
    }

    private static boolean isOnOneLine(Member member) {
        Location whole = TaskDefinitionEditor.span(member);
        return TaskDefinitionEditor.follows(member) && whole.line() == whole.endLine();
    }

    /** The key that a reader knows the object by. */
    private Optional<Member> named(List<Member> members) {
        return called(members, writer().key("containerDefinitions.name")).filter(EditableObject::isOnOneLine);
    }

    private Optional<Member> containers(List<Member> members) {
        return path.isEmpty() ? called(members, writer().key("containerDefinitions")) : Optional.empty();
    }

    /** In brackets: a comma always separates what is put in front of another key. */
    private TextEdit flow(List<Member> members, String added, Fragment value) {
        Optional<Member> name = named(members);
        Optional<Member> known = containers(members).or(() -> name);
        Member last = members.get(members.size() - 1);
        if (known.isEmpty() && editor.standsAlone(location) && TaskDefinitionEditor.follows(last)) {
            int end = source().end(TaskDefinitionEditor.span(last));
            return TextEdit.insert(source(), end, ", " + String.join("", flowMember(last.keyLocation(), added, value)));
        }
        Member beside = known.orElse(members.get(0));
        Location key = beside.keyLocation();
        List<String> member = flowMember(key, added, value);
        if (!editor.beginsLine(key)) {
            return TextEdit.insert(source(), source().start(key), String.join("", withComma(member)) + " ");
        }
        List<String> lines = TerraformLines.needComma(editor, location) ? withComma(member) : member;
        if (editor.isTerraform()) {
            return new TerraformLines(editor, location).insert(at(added), lines, beside);
        }
        Location whole = TaskDefinitionEditor.span(beside);
        boolean below = name.filter(beside::equals).isPresent() && editor.endsLineWithComma(whole);
        return TextEdit.insertLines(source(), below ? whole.endLine() + 1 : key.line(), indented(key, lines));
    }

    private static List<String> withComma(List<String> lines) {
        int last = lines.size() - 1;
        return Stream.concat(lines.subList(0, last).stream(), Stream.of(lines.get(last) + ","))
                .toList();
    }

    /** Escaped text has no indentation yet. */
    private List<String> indented(Location beside, List<String> lines) {
        return editor.isInString(beside)
                ? lines.stream().map(line -> editor.before(beside) + line).toList()
                : lines;
    }

    /** In front of the first object, or behind the last string: the order of mount options matters. */
    private Optional<TextEdit> append(Location array, String key, List<? extends Fragment> elements) {
        List<Location> present = editor.outline().elements(array).stream()
                .filter(element -> element.isWithin(array))
                .toList();
        if (present.isEmpty()) {
            return Optional.empty();
        }
        boolean objects = elements.stream().allMatch(Fragment.Members.class::isInstance);
        Location beside = present.get(objects ? 0 : present.size() - 1);
        if (editor.isTerraform() && editor.isBlock(array)) {
            String indent = editor.before(beside);
            return Optional.of(TextEdit.insertLines(
                    source(),
                    beside.line(),
                    writer().blockLines(at(key), elements, indent, TaskDefinitionEditor.DEFAULT_INDENT)));
        }
        if (editor.isBlock(array)) {
            OptionalInt dash = editor.dash(beside);
            return dash.isEmpty()
                    ? Optional.empty()
                    : Optional.of(TextEdit.insertLines(
                            source(),
                            objects ? beside.line() : beside.endLine() + 1,
                            elements.stream()
                                    .flatMap(element ->
                                            writer().elementLines(at(key), element, dash.getAsInt()).stream())
                                    .toList()));
        }
        boolean inString = editor.isInString(beside);
        if (objects && editor.beginsLine(beside) && !inString) {
            String indent = editor.before(beside);
            return Optional.of(TextEdit.insertLines(
                    source(),
                    beside.line(),
                    elements.stream()
                            .flatMap(element ->
                                    withComma(writer().flowLines(at(key), element, indent, editor.unit(array, beside)))
                                            .stream())
                            .toList()));
        }
        String flat = values(key, elements);
        String code = inString ? TaskDefinitionEditor.escaped(List.of(flat)).get(0) : flat;
        return Optional.of(
                objects
                        ? TextEdit.insert(source(), source().start(beside), code + ", ")
                        : TextEdit.insert(source(), source().end(beside), ", " + code));
    }
}
