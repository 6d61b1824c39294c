package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.Fragment;
import io.github.readonlyrootfs.taskdef.FragmentWriter;
import io.github.readonlyrootfs.taskdef.Notation.Syntax;
import io.github.readonlyrootfs.taskdef.Outline;
import io.github.readonlyrootfs.taskdef.Outline.Holder;
import io.github.readonlyrootfs.taskdef.Outline.Member;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task definition as it stands in its file, and how a help text names the places in it.
 *
 * @param reader where the help text is read: lines of that place's file need no file name
 */
record TaskDefinitionText(TaskDefinition task, Location reader) {

    /** What stands before an element on its line, where its dash is the first thing there. */
    private static final Pattern DASH = Pattern.compile("( *)- +");

    FragmentWriter writer() {
        return new FragmentWriter(task.notation());
    }

    Outline outline() {
        return task.outline();
    }

    private SourceFile source() {
        return task.source();
    }

    boolean isYaml() {
        return task.notation().syntax() == Syntax.YAML;
    }

    /** Whether an object or array is written on lines of its own, as only YAML can, and not in brackets. */
    boolean isBlock(Location whole) {
        return isYaml() && "{[".indexOf(line(whole.line()).charAt(whole.column() - 1)) < 0;
    }

    String line(int number) {
        return source().line(number);
    }

    /** What stands before a place on its line. */
    private String before(Location place) {
        return line(place.line()).substring(0, place.column() - 1);
    }

    /** What stands behind a place on its last line. */
    String behind(Location place) {
        String line = line(place.endLine());
        return line.substring(Math.min(line.length(), place.endColumn() - 1));
    }

    boolean beginsLine(Location place) {
        return before(place).isBlank();
    }

    /** The column of the dash of an array's element, where that is the first thing on its line. */
    OptionalInt dash(Location element) {
        Matcher dash = DASH.matcher(before(element));
        return dash.matches() ? OptionalInt.of(dash.group(1).length() + 1) : OptionalInt.empty();
    }

    /** Whether something has a line to itself, but for a dash before it and a comma behind it. */
    boolean standsAlone(Location place) {
        return place.line() == place.endLine()
                && before(place).matches("\\s*(?:- +)?")
                && behind(place).matches("\\s*,?\\s*");
    }

    static boolean isWithin(Location part, Location whole) {
        boolean begins = part.line() > whole.line() || (part.line() == whole.line() && part.column() >= whole.column());
        boolean ends = part.endLine() < whole.endLine()
                || (part.endLine() == whole.endLine() && part.endColumn() <= whole.endColumn());
        return begins && ends;
    }

    /** Whether nothing is written there, as in {@code key:} without a value. */
    static boolean isEmpty(Location place) {
        return place.line() == place.endLine() && place.column() == place.endColumn();
    }

    /** The array that holds the containers, wherever that is. */
    Optional<Location> containers() {
        return outline().holder(task.containerDefinitions().get(0).location()).map(Holder::whole);
    }

    /** A fragment as it is written beside a key, a string or an object: within a string, quotes are escaped. */
    String beside(Location place, String code) {
        Location quote = outline().members(place).stream()
                .findFirst()
                .map(Member::keyLocation)
                .orElse(place);
        return line(quote.line()).startsWith("\\", quote.column() - 1)
                ? code.replace("\\", "\\\\").replace("\"", "\\\"")
                : code;
    }

    /** A fragment in brackets on a line of its own, as far from the left as what stands beside it. */
    String indented(Location beside, String code) {
        return (isYaml() ? before(beside) : "") + code;
    }

    /** From a key to the end of its value; an alias's value is elsewhere. */
    static Location span(Member member) {
        Location key = member.keyLocation();
        Location value = member.value();
        boolean follows = value.line() > key.line() || (value.line() == key.line() && value.column() >= key.column());
        return follows ? new Location(key.file(), key.line(), key.column(), value.endLine(), value.endColumn()) : key;
    }

    /** {@code line 4}, with a column where the line has more of the same, as in a file of a single line. */
    String lineOf(Location place, String written) {
        String line = line(place.line());
        boolean repeated = line.indexOf(written) != line.lastIndexOf(written);
        return LineNumber.of(place, reader) + (repeated ? ", column " + place.column() : "");
    }

    /** {@code line 4}, or {@code lines 4 to 7}. */
    String linesOf(Location place) {
        return place.endLine() == place.line()
                ? LineNumber.of(place, reader)
                : "lines " + place.line() + " to "
                        + LineNumber.of(place.endLine(), place.file(), reader).substring(5);
    }

    String written(Location place) {
        return source().text(place);
    }

    /**
     * The edit that removes what has a value, with the function that gives it, and with the arrays and objects of a
     * block that would be left empty.
     */
    Optional<String> remove(Location value) {
        Location removed = value;
        for (Optional<Location> call = outline().call(removed);
                call.isPresent();
                call = outline().call(removed)) {
            removed = call.get();
        }
        Optional<Holder> found = outline().holder(removed);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Holder holder = found.get();
        // A template must not have a key without a value.
        while (holder.only()
                && isBlock(holder.whole())
                && outline().holder(holder.whole()).isPresent()) {
            removed = holder.whole();
            holder = outline().holder(removed).orElseThrow();
        }
        Location whole = holder.member().map(TaskDefinitionText::span).orElse(removed);
        if (whole.endLine() > whole.line()
                && (beginsLine(whole) || holder.member().isEmpty())) {
            return Optional.of("remove " + linesOf(whole));
        }
        String dash = holder.member().isEmpty() && isBlock(holder.whole()) ? "- " : "";
        boolean scalar = holder.member().map(Member::kind).orElse(Outline.Kind.SCALAR) == Outline.Kind.SCALAR;
        String code = scalar || holder.member().isEmpty()
                ? dash + written(whole)
                : written(holder.member().get().keyLocation());
        return Optional.of("remove `" + code + "` from "
                + (whole.endLine() > whole.line() ? linesOf(whole) : lineOf(whole, code)));
    }

    /** The edit that puts another value in the place of one that is there. */
    String set(Location value, String path, Fragment other) {
        int dot = path.lastIndexOf('.');
        String key = path.substring(dot + 1);
        return outline()
                .holder(value)
                .map(holder -> object(path.substring(0, Math.max(dot, 0)), holder.whole(), "it")
                        .set(key, other)
                        .inline())
                .orElseGet(() -> "set `" + writer().member(path, other) + "`");
    }

    /**
     * The edit that removes an object from an array.
     *
     * @param noun what a help text calls it
     */
    String removeEntry(Location entry, String noun) {
        Optional<String> lines = entry.line() == entry.endLine() ? Optional.empty() : remove(entry);
        return lines.orElseGet(() -> "remove " + noun + " in " + LineNumber.of(entry, reader)
                + (outline().holder(entry).isEmpty() || standsAlone(entry) ? "" : ", column " + entry.column()));
    }

    /** An object of the task definition, to be edited. */
    EditableObject object(String path, Location location, String noun) {
        return new EditableObject(this, path, location, noun);
    }

    /** The task definition itself. */
    EditableObject root() {
        return object("", task.location(), "the task definition");
    }
}
