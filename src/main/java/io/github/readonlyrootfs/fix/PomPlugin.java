// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fix;

import io.github.readonlyrootfs.edit.Patch;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.fix.EditableFile.NotEditableException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plugin to declare in a pom.
 *
 * @param lines of the element, indented by two blanks
 */
public record PomPlugin(List<String> lines) {

    private static final String END = "</project>";

    public PomPlugin {
        lines = List.copyOf(lines);
    }

    /**
     * Puts it into a pom, first among the plugins of the build.
     *
     * @param name of the pom, for display
     * @param root the directory that no edit may leave
     * @throws IOException if the pom cannot be edited; its message says why
     */
    public void addTo(Path pom, String name, Path root) throws IOException {
        try {
            EditableFile file = EditableFile.open(name, pom, root);
            SourceFile source = SourceFile.of(name, file.text());
            Patch patch = new Patch();
            patch.add(List.of(edit(source, XmlReader.read(source))));
            file.write(patch.apply(source));
        } catch (NotEditableException e) {
            throw new IOException(e.getMessage(), e);
        } catch (UnreadableSourceException e) {
            throw new IOException(e.problem().message(), e);
        }
    }

    private TextEdit edit(SourceFile file, XmlElement project) throws IOException {
        Optional<XmlElement> build = project.children("build").findFirst();
        Optional<XmlElement> plugins =
                build.flatMap(element -> element.children("plugins").findFirst());
        if (plugins.isPresent()) {
            return behind(plugins.get(), project, file, lines);
        }
        List<String> all = inside("plugins", lines);
        if (build.isPresent()) {
            return behind(build.get(), project, file, all);
        }
        int end = file.text().lastIndexOf(END);
        if (end < 0
                || !file.text()
                        .substring(file.lineStart(lineOf(file, end)), end)
                        .isBlank()) {
            throw new IOException(file.name() + " has no line that begins with " + END);
        }
        return TextEdit.insertLines(
                file, lineOf(file, end), indented(inside("build", all), "", step(project, project, file)));
    }

    private static int lineOf(SourceFile file, int offset) {
        return file.location(offset, offset).line();
    }

    /** As the first children of an element. */
    private static TextEdit behind(XmlElement parent, XmlElement project, SourceFile file, List<String> lines)
            throws IOException {
        Location tag = parent.location();
        String line = file.line(tag.endLine());
        String tail = line.substring(Math.min(line.length(), tag.endColumn() - 1));
        if (line.stripTrailing().endsWith("/>")) {
            throw new IOException("<" + parent.name() + "/> in " + file.name() + ":" + tag.line()
                    + " has no lines; write <" + parent.name() + "> and </" + parent.name() + "> in its place");
        }
        if (!parent.text().isEmpty() || !tail.isBlank()) {
            throw new IOException("<" + parent.name() + "> in " + file.name() + ":" + tag.line()
                    + " does not stand alone in its line");
        }
        return TextEdit.insertLines(
                file, tag.endLine() + 1, indented(lines, indent(line), step(parent, project, file)));
    }

    /** What a child is indented by: as that of the parent, or else of the project. */
    private static String step(XmlElement parent, XmlElement project, SourceFile file) {
        for (XmlElement element : List.of(parent, project)) {
            String outer = indent(file.line(element.location().line()));
            for (XmlElement child : element.children()) {
                String inner = indent(file.line(child.location().line()));
                if (inner.length() > outer.length() && inner.startsWith(outer)) {
                    return inner.substring(outer.length());
                }
            }
        }
        return "  ";
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private static List<String> inside(String name, List<String> lines) {
        List<String> all = new ArrayList<>(List.of("<" + name + ">"));
        lines.forEach(line -> all.add("  " + line));
        all.add("</" + name + ">");
        return all;
    }

    /** The lines one step below an indent, with the steps that the file has. */
    private static List<String> indented(List<String> lines, String indent, String step) {
        return lines.stream()
                .map(line -> indent + step + step.repeat(indent(line).length() / 2) + line.stripLeading())
                .toList();
    }
}
