// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.source.Blanks;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Notation.Syntax;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.node.Outline.Holder;
import io.github.readonlyrootfs.taskdef.node.Outline.Member;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import io.github.readonlyrootfs.taskdef.schema.FragmentWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Edits a task definition in its file, in the language and the style that the file is written in: JSON or YAML, ECS's keys
 * or CloudFormation's, a string with the containers in it. Every other byte of the file stays as it is.
 */
public final class TaskDefinitionEditor {

    private static final String CONTAINERS = "containerDefinitions";
    private static final String FLAG = CONTAINERS + ".readonlyRootFilesystem";
    private static final String TMPFS = "linuxParameters.tmpfs";

    /** What precedes an element on its line, where its dash is the first thing there. */
    private static final Pattern DASH = Pattern.compile("( *)- +");

    /** What separates a key of Terraform's from its value, without the blanks that align several. */
    private static final Pattern SEPARATOR = Pattern.compile("\\s?(?:=|:)\\s?");

    static final String DEFAULT_INDENT = "  ";

    private final TaskDefinition task;
    private final FragmentWriter writer;

    public TaskDefinitionEditor(TaskDefinition task) {
        this.task = task;
        boolean yaml = task.document().notation().syntax() == Notation.Syntax.YAML;
        this.writer = new FragmentWriter(task.document().notation(), !yaml || indentsSequences());
    }

    /** As the first key of an object is written. */
    private FragmentWriter styled(Location object) {
        Optional<Member> first = isTerraform() && !isBlock(object)
                ? outline().members(object).stream()
                        .filter(TaskDefinitionEditor::follows)
                        .findFirst()
                : Optional.empty();
        if (first.isEmpty()) {
            return writer;
        }
        SourceFile file = source(object);
        int key = file.end(first.get().keyLocation());
        String written = file.text().substring(key, file.start(first.get().value()));
        Matcher separator = SEPARATOR.matcher(written);
        return separator.find() ? writer.styled(file.text().charAt(key - 1) == '"', separator.group()) : writer;
    }

    /** As the containers are, the one sequence that each task definition has. */
    private boolean indentsSequences() {
        return task.containerDefinitions().stream()
                .findFirst()
                .flatMap(first -> outline().holder(first.metadata().location()))
                .flatMap(array -> outline().holder(array.whole()).flatMap(Holder::member))
                .map(key -> dash(task.containerDefinitions().get(0).metadata().location())
                                .orElse(Integer.MAX_VALUE)
                        > key.keyLocation().column())
                .orElse(true);
    }

    // Parts that can be edited

    public EditableObject root() {
        return object("", task.document().location(), "the task definition");
    }

    public EditableObject container(ContainerDefinition container) {
        return object(CONTAINERS, container.metadata().location(), "container " + container.name());
    }

    public EditableObject mountPoint(MountPoint point) {
        return object(CONTAINERS + ".mountPoints", point.location(), "the mount point" + at(point.containerPath()));
    }

    public EditableObject volumesFrom(VolumesFrom from) {
        return object(
                CONTAINERS + ".volumesFrom",
                from.location(),
                "the entry for container " + from.sourceContainer().known().orElse("(unknown)"));
    }

    public EditableObject tmpfs(Tmpfs tmpfs) {
        return object(CONTAINERS + "." + TMPFS, tmpfs.location(), "the tmpfs" + at(tmpfs.containerPath()));
    }

    private static String at(Value<String> containerPath) {
        return containerPath.known().map(path -> " at " + path).orElse("");
    }

    /**
     * An object of the task definition.
     *
     * @param path of ECS's keys, see {@link FragmentWriter}
     * @param noun how to call it where an edit cannot be placed
     */
    public EditableObject object(String path, Location location, String noun) {
        return new EditableObject(this, path, location, noun);
    }

    /** How fragments of an object are written. */
    public FragmentWriter writer(Location object) {
        return styled(object).renamed(outline().names(object));
    }

    /** The placeholder that a value is written with. */
    Optional<String> placeholder(Location value) {
        String written = source(value).text(value);
        return Placeholder.isWord(written) ? Optional.of(written) : Placeholder.in(written);
    }

    /**
     * The edit that removes a value, with its key, with the function that gives it, and with the arrays and objects of a
     * block that would be left empty.
     *
     * @param what how to call it where it cannot be found in the file
     */
    public Remedy remove(Location value, String what) {
        return task.document()
                .generated()
                .map(generated -> Remedy.advice(generated.remove(what)))
                .orElseGet(() -> removal(value).map(Remedy::of).orElseGet(() -> Remedy.advice("remove " + what)));
    }

    private Optional<TextEdit> removal(Location value) {
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
        Location whole = holder.member().map(TaskDefinitionEditor::span).orElse(removed);
        return isBlock(holder.whole()) ? blockRemoval(whole, holder) : Optional.of(flowRemoval(whole));
    }

    /** In brackets: with the comma behind it, else with the one before it, and with its lines if nothing else is there. */
    private TextEdit flowRemoval(Location whole) {
        SourceFile file = source(whole);
        String text = file.text();
        int start = file.start(whole);
        int end = file.end(whole);
        boolean escaped = isInString(whole);
        int behind = escaped ? Blanks.afterEscaped(text, end) : Blanks.after(text, end);
        int before = escaped ? Blanks.beforeEscaped(text, start) : Blanks.before(text, start);
        if (behind < text.length() && text.charAt(behind) == ',') {
            end = behind + 1;
            // The line of a string ends with an escape.
            start = escaped ? before : start;
        } else if (before > 0 && text.charAt(before - 1) == ',') {
            return TextEdit.replace(file, before - 1, end, "");
        }
        int lineStart = text.lastIndexOf('\n', start - 1) + 1;
        int feed = text.indexOf('\n', end);
        if (text.substring(lineStart, start).isBlank()
                && feed >= 0
                && text.substring(end, feed).isBlank()) {
            return TextEdit.replace(file, lineStart, feed + 1, "");
        }
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return TextEdit.replace(file, start, end, "");
    }

    private Optional<TextEdit> blockRemoval(Location whole, Holder holder) {
        boolean element = holder.member().isEmpty();
        if (beginsLine(whole) || (element && dash(whole).isPresent())) {
            return Optional.of(TextEdit.replace(
                    source(whole),
                    source(whole).lineStart(whole.line()),
                    whole.endLine() < source(whole).lineCount()
                            ? source(whole).lineStart(whole.endLine() + 1)
                            : source(whole).text().length(),
                    ""));
        }
        // The key beside a dash: the next one takes its place.
        return outline().members(holder.whole()).stream()
                .map(Member::keyLocation)
                .filter(key -> key.line() > whole.endLine() && key.isWithin(holder.whole()))
                .min(Location::compareTo)
                .map(next -> TextEdit.replace(
                        source(whole), source(whole).start(whole), source(whole).start(next), ""));
    }

    // How the file is written

    TaskDefinition task() {
        return task;
    }

    SourceFile source(Location place) {
        return outline().source(place.file()).orElse(task.document().source());
    }

    boolean isTerraform() {
        return task.document().notation().syntax() == Syntax.HCL;
    }

    Outline outline() {
        return task.document().outline();
    }

    private boolean isYaml() {
        return task.document().notation().syntax() == Syntax.YAML;
    }

    /** Whether an object or array is written on lines of its own, as YAML can, or is a block of Terraform's, and not in brackets. */
    boolean isBlock(Location whole) {
        SourceFile file = source(whole);
        return (isYaml() || isTerraform()) && "{[".indexOf(file.text().charAt(file.start(whole))) < 0;
    }

    /** What precedes a place on its line. */
    String before(Location place) {
        return source(place).line(place.line()).substring(0, place.column() - 1);
    }

    /** The text after a place on its last line. */
    String behind(Location place) {
        String line = source(place).line(place.endLine());
        return line.substring(Math.min(line.length(), place.endColumn() - 1));
    }

    boolean beginsLine(Location place) {
        return before(place).isBlank();
    }

    /** Whether only a comma follows on the line. */
    boolean endsLineWithComma(Location place) {
        return behind(place).matches("\\s*,\\s*");
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

    /** From a key to the end of its value; an alias's value is elsewhere. */
    static Location span(Member member) {
        return follows(member) ? member.keyLocation().upTo(member.value()) : member.keyLocation();
    }

    /** Whether the value is written behind its key. */
    static boolean follows(Member member) {
        return !member.value().startsBefore(member.keyLocation());
    }

    /** The array of the containers, also if it is in a string. */
    Optional<Location> containers() {
        return outline()
                .holder(task.containerDefinitions().get(0).metadata().location())
                .map(Holder::whole);
    }

    /** Whether a place is within a string, in which quotes are escaped. */
    boolean isInString(Location place) {
        Location quote = outline().members(place).stream()
                .findFirst()
                .map(Member::keyLocation)
                .orElse(place);
        return source(quote).line(quote.line()).startsWith("\\", quote.column() - 1);
    }

    /** The indentation of an object's content relative to the line on which the object begins. */
    String unit(Location object, Location member) {
        String outer = indentation(object);
        String inner = before(member);
        return inner.isBlank() && inner.length() > outer.length() && inner.startsWith(outer)
                ? inner.substring(outer.length())
                : DEFAULT_INDENT;
    }

    /** The indentation of the line on which something begins. */
    String indentation(Location place) {
        String line = source(place).line(place.line());
        int end = 0;
        while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
            end++;
        }
        return line.substring(0, end);
    }

    // Mounts

    public Optional<Tmpfs> tmpfsAt(ContainerDefinition container, Optional<Location> containerPath) {
        return container.linuxParameters().tmpfs().stream()
                .filter(tmpfs -> isAt(tmpfs.containerPath(), containerPath))
                .findFirst();
    }

    public Optional<MountPoint> mountPointAt(ContainerDefinition container, Optional<Location> containerPath) {
        return container.fileSystem().mountPoints().stream()
                .filter(point -> isAt(point.containerPath(), containerPath))
                .findFirst();
    }

    /** By the place of its path: the engine, too, distinguishes a tmpfs at {@code /d} from one at {@code /d/}. */
    private static boolean isAt(Value<String> containerPath, Optional<Location> place) {
        return containerPath.where().isPresent() && containerPath.where().equals(place);
    }

    /** Adds tmpfs mounts to a container, and {@code linuxParameters} if it has none. */
    public Remedy addTmpfs(ContainerDefinition container, List<? extends Fragment> tmpfs) {
        return container(container).add(TMPFS, tmpfs);
    }

    /** Sets the flag itself. */
    public Remedy setReadOnlyRoot(ContainerDefinition container) {
        Fragment set = Fragment.of(true);
        Optional<Location> where =
                container.fileSystem().readonlyRootFilesystem().where();
        boolean computed = isTerraform()
                && outline().members(container.metadata().location()).isEmpty();
        return where.flatMap(outline()::origin)
                .or(() -> where.filter(place -> computed
                        && outline().holder(place).flatMap(Holder::member).isPresent()))
                .map(origin -> Remedy.of(new TextEdit(origin, writer.value(FLAG, set))))
                .orElseGet(() -> container(container).set("readonlyRootFilesystem", set));
    }

    static List<String> escaped(List<String> lines) {
        return lines.stream()
                .map(line -> line.replace("\\", "\\\\").replace("\"", "\\\""))
                .toList();
    }
}
