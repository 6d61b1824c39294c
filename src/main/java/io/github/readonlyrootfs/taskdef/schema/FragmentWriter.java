// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Notation.Keys;
import io.github.readonlyrootfs.taskdef.node.Notation.Syntax;
import io.github.readonlyrootfs.taskdef.schema.Fragment.Array;
import io.github.readonlyrootfs.taskdef.schema.Fragment.Bare;
import io.github.readonlyrootfs.taskdef.schema.Fragment.Members;
import io.github.readonlyrootfs.taskdef.schema.Fragment.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes fragments the way a task definition is written. A place in it is named by the path of its keys from the task
 * definition down, in ECS's names: {@code containerDefinitions.mountPoints.readOnly}.
 */
public final class FragmentWriter {

    /** A text that every version of YAML reads as a string without quotes, in blocks and in brackets. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][\\w./=+@-]*");

    /** Words that some version of YAML reads as a boolean or null. */
    private static final Set<String> NO_STRINGS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    /** A variable of {@code Fn::Sub}, which takes names and no functions. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?!Fn::)[^$}]++}");

    private static final String CONTAINERS = "containerDefinitions.";

    private static final String NAME = "name";

    private static final String INDENT = "  ";

    /** A wider flow collection is written on several lines. */
    private static final int MAX_WIDTH = 100;

    private final Notation notation;
    private final String sequenceIndent;

    /** How HCL is written. */
    private final Style hcl;

    /**
     * By the keys of a task or of a container, how they have to be called. By the path of a name that is called nothing: that
     * the array of what has it is a map by these names.
     */
    private final Map<String, String> names;

    /**
     * How a key and its value are written in brackets.
     *
     * @param separator between key and value, with the blanks around it
     * @param brace what is between a brace and what is in it
     */
    private record Style(boolean quotesKeys, String separator, String brace) {

        private static final Style JSON = new Style(true, ": ", "");
        private static final Style YAML = new Style(false, ": ", "");
        private static final Style HCL = new Style(false, " = ", " ");

        /** Whether the end of a line ends a value, and the separators of consecutive lines are in one column. */
        boolean usesEquals() {
            return separator.contains("=");
        }
    }

    /** Sequences of YAML blocks are indented more than their keys. */
    public FragmentWriter(Notation notation) {
        this(notation, true);
    }

    /** @param indentsSequences whether the dashes of YAML blocks stand further to the right than the key above them */
    public FragmentWriter(Notation notation, boolean indentsSequences) {
        this(notation, indentsSequences ? INDENT : "", Style.HCL, Map.of());
    }

    private FragmentWriter(Notation notation, String sequenceIndent, Style hcl, Map<String, String> names) {
        this.notation = notation;
        this.sequenceIndent = sequenceIndent;
        this.hcl = hcl;
        this.names = names;
    }

    /** The same for a task or a container whose keys have other names. */
    public FragmentWriter renamed(Map<String, String> others) {
        return new FragmentWriter(notation, sequenceIndent, hcl, others);
    }

    /** The same for an object of Terraform's, whose keys may be written in several ways. */
    public FragmentWriter styled(boolean quotesKeys, String separator) {
        return new FragmentWriter(
                notation,
                sequenceIndent,
                new Style(
                        quotesKeys,
                        separator.contains("=") ? Style.HCL.separator() : separator,
                        separator.equals(Style.JSON.separator()) ? "" : Style.HCL.brace()),
                names);
    }

    /** Whether an equals sign separates keys and values, so that the end of a line ends a value. */
    public boolean separatesWithEquals() {
        return notation.syntax() == Syntax.HCL && hcl.usesEquals();
    }

    private Style style(String path) {
        return switch (at(path).syntax()) {
            case JSON -> Style.JSON;
            case YAML -> Style.YAML;
            case HCL -> hcl;
        };
    }

    /** The last key of a path as the file spells it; the keys of a map are the user's own. */
    public String key(String path) {
        SchemaField root = SchemaField.in(at(path));
        int dot = path.lastIndexOf('.');
        String around = path.substring(0, Math.max(dot, 0));
        if (dot > 0 && (root.at(around).type() == SchemaField.FieldType.MAP || isMap(around))) {
            return path.substring(dot + 1);
        }
        SchemaField field = root.at(path);
        boolean ofContainer = path.startsWith(CONTAINERS);
        String name = notation.keys() == Keys.TERRAFORM && !ofContainer ? field.terraformName() : field.name();
        boolean own = dot < 0 || (ofContainer && path.indexOf('.', CONTAINERS.length()) < 0);
        return own ? names.getOrDefault(field.name(), name) : name;
    }

    /** Whether the elements of an array are written as the values of a map, by their names. */
    public boolean isMap(String path) {
        return names.getOrDefault(path + "." + NAME, path).isEmpty();
    }

    /** The notation at a path: containers in a string are JSON. */
    private Notation at(String path) {
        return notation.containersInString() && path.startsWith(CONTAINERS)
                ? new Notation(Syntax.JSON, notation.keys())
                : notation;
    }

    /** A path below another one as the file spells it. */
    public String keys(String path, String below) {
        String at = path;
        List<String> names = new ArrayList<>();
        for (String key : below.split("\\.", -1)) {
            at = below(at, key);
            names.add(key(at));
        }
        names.removeIf(String::isEmpty);
        return String.join(".", names);
    }

    /** The path of a key below another one. */
    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The last key of a path as the file spells it, with its quotes. */
    public String writtenKey(String path) {
        return style(path).quotesKeys() ? quoted(key(path)) : key(path);
    }

    /** A key with its value, on one line. */
    public String member(String path, Fragment value) {
        return writtenKey(path) + style(path).separator() + value(path, value);
    }

    /** A value, on one line. */
    public String value(String path, Fragment value) {
        if (value instanceof Members object && object.members().isEmpty()) {
            return "{}";
        }
        if (value instanceof Array array && isMap(path)) {
            return value(path, keyed(array));
        }
        if (value instanceof Members object) {
            return object.members().entrySet().stream()
                    .map(member -> member(below(path, member.getKey()), member.getValue()))
                    .collect(Collectors.joining(
                            ", ", "{" + style(path).brace(), style(path).brace() + "}"));
        }
        if (value instanceof Array array) {
            return array.elements().stream()
                    .map(element -> value(path, element))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Text text ? text(path, text.value()) : ((Bare) value).value();
    }

    /** Objects by their names. */
    public static Members keyed(Array array) {
        Map<String, Fragment> byName = new LinkedHashMap<>();
        for (Fragment element : array.elements()) {
            Map<String, Fragment> rest = new LinkedHashMap<>(((Members) element).members());
            if (rest.remove(NAME) instanceof Text name) {
                byName.put(name.value(), new Members(rest));
            }
        }
        return new Members(byName);
    }

    /**
     * A key with its value in brackets, on as many lines as it needs.
     *
     * @param indent the indentation of each line
     * @param unit by how much more the lines between brackets are indented
     */
    public List<String> flowMemberLines(String path, Fragment value, String indent, String unit) {
        return flowLines(indent + writtenKey(path) + style(path).separator(), path, value, indent, unit);
    }

    /** A value in brackets, on as many lines as it needs. */
    public List<String> flowLines(String path, Fragment value, String indent, String unit) {
        return flowLines(indent, path, value, indent, unit);
    }

    /**
     * A value in brackets, on as many lines as it needs, after the beginning of its first line.
     *
     * @param head the indentation and the key, as they are written
     */
    public List<String> flowLines(String head, String path, Fragment value, String indent, String unit) {
        if (value instanceof Array array && isMap(path)) {
            return flowLines(head, path, keyed(array), indent, unit);
        }
        String flat = head + value(path, value);
        List<List<String>> parts = new ArrayList<>();
        String inner = indent + unit;
        // Lines of HCL are aligned with those around them, unless there are several.
        boolean apart = style(path).usesEquals() && hasObjects(value);
        if (flat.length() <= MAX_WIDTH && !apart) {
            return List.of(flat);
        }
        boolean ended = value instanceof Members && style(path).usesEquals();
        if (value instanceof Members object) {
            parts.addAll(members(path, object, inner, unit));
        } else if (value instanceof Array array) {
            array.elements().forEach(element -> parts.add(flowLines(path, element, inner, unit)));
        } else {
            return List.of(flat);
        }
        List<String> lines = new ArrayList<>(List.of(head + (value instanceof Members ? "{" : "[")));
        for (int i = 0; i < parts.size(); i++) {
            List<String> part = parts.get(i);
            lines.addAll(part.subList(0, part.size() - 1));
            lines.add(part.get(part.size() - 1) + (i + 1 < parts.size() && !ended ? "," : ""));
        }
        lines.add(indent + (value instanceof Members ? "}" : "]"));
        return lines;
    }

    private static boolean hasObjects(Fragment value) {
        return value instanceof Array array
                ? array.elements().stream().anyMatch(Members.class::isInstance)
                : value instanceof Members object
                        && object.members().values().stream().anyMatch(FragmentWriter::hasObjects);
    }

    /** The lines of each member; in HCL, what follows the keys of consecutive lines is in one column. */
    private List<List<String>> members(String path, Members object, String indent, String unit) {
        List<List<String>> lines = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        object.members().forEach((key, member) -> {
            lines.add(flowMemberLines(below(path, key), member, indent, unit));
            keys.add(writtenKey(below(path, key)));
        });
        int from = 0;
        for (int i = 0; i <= lines.size() && style(path).usesEquals(); i++) {
            if (i == lines.size() || lines.get(i).size() > 1) {
                int width = keys.subList(from, i).stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
                lines.subList(from, i).replaceAll(line -> List.of(padded(line.get(0), indent.length() + width)));
                from = i + 1;
            }
        }
        return lines;
    }

    /** A line whose key ends in a column at least. */
    public static String padded(String line, int column) {
        int equals = line.indexOf(" = ");
        return line.substring(0, equals) + " ".repeat(Math.max(0, column - equals)) + line.substring(equals);
    }

    /** The lines of Terraform's blocks, one for each element. */
    public List<String> blockLines(String path, List<? extends Fragment> elements, String indent, String unit) {
        List<String> lines = new ArrayList<>();
        for (Fragment element : elements) {
            lines.add(indent + key(path) + " {");
            members(path, (Members) element, indent + unit, unit).forEach(lines::addAll);
            lines.add(indent + "}");
        }
        return lines;
    }

    /** A key with its value as lines of a YAML block whose keys begin in a column, counted from 1. */
    public List<String> memberLines(String path, Fragment value, int column) {
        return block(path, value).stream()
                .map(line -> " ".repeat(column - 1) + line)
                .toList();
    }

    /** An array's element as lines of a YAML block whose dashes stand in a column, counted from 1. */
    public List<String> elementLines(String path, Fragment element, int column) {
        return element(path, element).stream()
                .map(line -> " ".repeat(column - 1) + line)
                .toList();
    }

    private List<String> block(String path, Fragment value) {
        List<String> lines = new ArrayList<>();
        if (value instanceof Members object) {
            lines.add(key(path) + ":");
            members(path, object).forEach(line -> lines.add(INDENT + line));
        } else if (value instanceof Array array && array.elements().stream().anyMatch(Members.class::isInstance)) {
            lines.add(key(path) + ":");
            array.elements()
                    .forEach(element -> element(path, element).forEach(line -> lines.add(sequenceIndent + line)));
        } else {
            lines.add(member(path, value));
        }
        return lines;
    }

    private List<String> members(String path, Members object) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Fragment> member : object.members().entrySet()) {
            lines.addAll(block(below(path, member.getKey()), member.getValue()));
        }
        return lines;
    }

    private List<String> element(String path, Fragment element) {
        List<String> lines = element instanceof Members object ? members(path, object) : List.of(value(path, element));
        List<String> dashed = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            dashed.add((i == 0 ? "- " : INDENT) + lines.get(i));
        }
        return dashed;
    }

    private boolean isYaml(String path) {
        return at(path).syntax() == Syntax.YAML;
    }

    private String text(String path, String value) {
        boolean substituted = at(path).keys() == Keys.CLOUDFORMATION
                && VARIABLE.matcher(value).find();
        if (substituted) {
            return isYaml(path) ? "!Sub " + quoted(value) : "{\"Fn::Sub\": " + quoted(value) + "}";
        }
        boolean plain =
                isYaml(path) && PLAIN.matcher(value).matches() && !NO_STRINGS.contains(value.toLowerCase(Locale.ROOT));
        return plain ? value : quoted(value);
    }

    /** A string in double quotes, which JSON and YAML read alike. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
