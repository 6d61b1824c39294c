package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.Fragment;
import io.github.readonlyrootfs.taskdef.Outline.Kind;
import io.github.readonlyrootfs.taskdef.Outline.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * An object of a task definition's file, and the edits that set its keys or add to its arrays, each told in the file's
 * own language.
 *
 * @param path of its keys, see {@link io.github.readonlyrootfs.taskdef.FragmentWriter}
 * @param noun what a help text calls it: {@code container app}
 */
record EditableObject(TaskDefinitionText text, String path, Location location, String noun) {

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<Member> member(String key) {
        return text.outline().member(location, text.writer().key(at(key)));
    }

    /** The keys that stand here, and not in what is merged into the object. */
    private List<Member> members() {
        return text.outline().members(location).stream()
                .filter(member -> TaskDefinitionText.isWithin(member.keyLocation(), location))
                .toList();
    }

    /**
     * Gives a key a value, whether it is there already or not.
     *
     * @param keys the key, behind those of the objects around it, which need not be there either
     */
    Edit set(String keys, Fragment value) {
        int dot = keys.indexOf('.');
        if (dot < 0) {
            return member(keys).map(present -> replace(present, keys, value)).orElseGet(() -> insert(keys, value));
        }
        String key = keys.substring(0, dot);
        String rest = keys.substring(dot + 1);
        return within(key).map(inner -> inner.set(rest, value)).orElseGet(() -> set(key, Fragment.object(rest, value)));
    }

    /** The object under a key. */
    private Optional<EditableObject> within(String key) {
        return member(key)
                .filter(member -> member.kind() == Kind.OBJECT)
                .map(member ->
                        new EditableObject(text, at(key), member.value(), "the `" + member.key() + "` of " + noun));
    }

    /**
     * Adds to an array, which need not be there yet.
     *
     * @param keys of the array, with those of the objects around it: {@code linuxParameters.tmpfs}
     */
    Edit add(String keys, List<? extends Fragment> elements) {
        int dot = keys.indexOf('.');
        String key = dot < 0 ? keys : keys.substring(0, dot);
        Optional<Member> present = member(key).filter(member -> member.kind() != Kind.NOTHING);
        Fragment value = dot < 0
                ? new Fragment.Array(List.copyOf(elements))
                : Fragment.object(keys.substring(dot + 1), new Fragment.Array(List.copyOf(elements)));
        if (present.isEmpty()) {
            return set(key, value);
        }
        String within = "the `" + text.writer().key(at(key)) + "` of " + noun;
        if (dot < 0) {
            return array(present.get())
                    .flatMap(array -> append(array, present.get(), key, elements))
                    .orElseGet(() -> Edit.of("add", values(key, elements), "to " + within));
        }
        String rest = keys.substring(dot + 1);
        EditableObject inner = new EditableObject(text, at(key), present.get().value(), within);
        return present.get().kind() == Kind.OBJECT
                ? inner.add(rest, elements)
                : Edit.of(
                        "add",
                        text.writer().member(inner.at(rest), new Fragment.Array(List.copyOf(elements))),
                        "to " + within);
    }

    /** The array under a key, or the one with the containers that is in a string there. */
    private Optional<Location> array(Member member) {
        boolean string = path.isEmpty() && member.kind() == Kind.SCALAR;
        return string ? text.containers() : Optional.of(member.value()).filter(any -> member.kind() == Kind.ARRAY);
    }

    private String values(String key, List<? extends Fragment> elements) {
        return elements.stream()
                .map(element -> text.writer().value(at(key), element))
                .collect(Collectors.joining(", "));
    }

    private Edit replace(Member present, String key, Fragment value) {
        Location whole = TaskDefinitionText.span(present);
        String code = text.beside(whole, text.writer().member(at(key), value));
        boolean lines = text.isBlock(location) && text.beginsLine(whole);
        return new Edit(
                "set",
                List.of(code),
                lines ? text.writer().memberLines(at(key), value, whole.column()) : List.of(code),
                "in "
                        + (whole.line() == whole.endLine()
                                ? text.lineOf(whole, text.written(present.keyLocation()))
                                : text.linesOf(whole)));
    }

    private Edit insert(String key, Fragment value) {
        List<Member> members = members();
        Optional<Edit> placed = members.isEmpty()
                ? Optional.empty()
                : text.isBlock(location) ? block(members, key, value) : Optional.of(flow(members, key, value));
        return placed.orElseGet(() -> Edit.of("add", text.writer().member(at(key), value), "to " + noun));
    }

    private Optional<Member> called(List<Member> members, String key) {
        return members.stream().filter(member -> member.key().equals(key)).findFirst();
    }

    /** Lines of a YAML block: below a key whose value is done with, or above one that begins a line. */
    private Optional<Edit> block(List<Member> members, String key, Fragment value) {
        int column = members.get(0).keyLocation().column();
        List<String> lines = text.writer().memberLines(at(key), value, column);
        String code = text.writer().member(at(key), value);
        Optional<Member> above = containers(members).filter(member -> text.beginsLine(member.keyLocation()));
        Optional<Member> below = named(members)
                .or(() -> members.stream()
                        .filter(EditableObject::isOnOneLine)
                        .max(Comparator.comparing(Member::keyLocation)));
        if (above.isEmpty() && below.isPresent()) {
            Location whole = TaskDefinitionText.span(below.get());
            String indent = isOnOneLine(below.get()) ? "" : " ".repeat(column - 1);
            return Optional.of(new Edit(
                    "put",
                    List.of(indent + code),
                    lines,
                    "below " + LineNumber.of(whole.endLine(), whole.file(), text.reader())));
        }
        return above.or(() -> members.stream()
                        .filter(member -> text.beginsLine(member.keyLocation()))
                        .findFirst())
                .map(member -> new Edit(
                        "put", List.of(code), lines, "above " + LineNumber.of(member.keyLocation(), text.reader())));
    }

    private static boolean isOnOneLine(Member member) {
        Location whole = TaskDefinitionText.span(member);
        return whole.line() == whole.endLine();
    }

    /** The key that a reader knows the object by. */
    private Optional<Member> named(List<Member> members) {
        return called(members, text.writer().key("containerDefinitions.name"));
    }

    private Optional<Member> containers(List<Member> members) {
        return path.isEmpty() ? called(members, text.writer().key("containerDefinitions")) : Optional.empty();
    }

    /** In brackets: a comma always separates what is put in front of another key. */
    private Edit flow(List<Member> members, String added, Fragment value) {
        Optional<Member> name = named(members);
        Optional<Member> known = containers(members).or(() -> name);
        Member beside = known.orElse(members.get(0));
        Location key = beside.keyLocation();
        String code = text.beside(key, text.writer().member(at(added), value));
        if (known.isEmpty() && text.standsAlone(location)) {
            return Edit.of("add", code, "to " + noun);
        }
        Location whole = TaskDefinitionText.span(beside);
        if (!text.beginsLine(key)) {
            boolean telling = name.isPresent() && beside.kind() == Kind.SCALAR && isOnOneLine(beside);
            String written = text.written(telling ? whole : key);
            return Edit.of("put", code + ",", "in front of `" + written + "` in " + text.lineOf(key, written));
        }
        boolean below =
                name.filter(beside::equals).isPresent() && text.behind(whole).matches("\\s*,\\s*");
        return new Edit(
                "put",
                List.of(code + ","),
                List.of(text.indented(key, code + ",")),
                below
                        ? "below " + LineNumber.of(whole.endLine(), whole.file(), text.reader())
                        : "above " + LineNumber.of(key, text.reader()));
    }

    /** In front of the first object, or behind the last string: the order of mount options matters. */
    private Optional<Edit> append(Location array, Member member, String key, List<? extends Fragment> elements) {
        List<Location> present = text.outline().elements(array).stream()
                .filter(element -> TaskDefinitionText.isWithin(element, array))
                .toList();
        if (present.isEmpty()) {
            return Optional.empty();
        }
        boolean objects = elements.stream().allMatch(Fragment.Members.class::isInstance);
        Location beside = present.get(objects ? 0 : present.size() - 1);
        if (text.isBlock(array)) {
            OptionalInt dash = text.dash(beside);
            return dash.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Edit(
                            "put",
                            elements.stream()
                                    .map(element -> "- " + text.writer().value(at(key), element))
                                    .toList(),
                            elements.stream()
                                    .flatMap(element ->
                                            text.writer().elementLines(at(key), element, dash.getAsInt()).stream())
                                    .toList(),
                            objects
                                    ? "above " + LineNumber.of(beside, text.reader())
                                    : "below " + LineNumber.of(beside.endLine(), beside.file(), text.reader())));
        }
        String code = text.beside(beside, values(key, elements));
        if (objects && text.beginsLine(beside)) {
            return Optional.of(new Edit(
                    "put",
                    List.of(code + ","),
                    List.of(text.indented(beside, code + ",")),
                    "above " + LineNumber.of(beside, text.reader())));
        }
        boolean lines = array.endLine() > array.line();
        if (!objects && lines) {
            String written = text.written(beside);
            return Optional.of(
                    Edit.of("put", ", " + code, "behind `" + written + "` in " + text.lineOf(beside, written)));
        }
        String written = text.written(member.keyLocation());
        return Optional.of(
                Edit.of("add", code, "to the `" + member.key() + "` in " + text.lineOf(member.keyLocation(), written)));
    }
}
