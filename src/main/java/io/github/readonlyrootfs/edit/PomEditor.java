// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.Insertion;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds elements to a pom whose plugin describes an image.
 *
 * @param sources the files that can be edited, by name
 */
public record PomEditor(ImageSource.Described source, Map<String, SourceFile> sources) {

    /** Has the image declare paths as VOLUME; empty where the plugin has no setting for that. */
    public Optional<Remedy> declare(List<ContainerPath> paths) {
        return source.volume()
                .map(place -> add(
                        place,
                        paths.stream()
                                .map(ContainerPath::toString)
                                .map(PomEditor::xml)
                                .toList()));
    }

    /** Gives a directory that the pom puts into the image to a user; empty where no setting can do that. */
    public Optional<Remedy> own(ContainerPath directory, ContainerUser user) {
        Optional<Integer> uid = user.uid().map(UnixId::number);
        Optional<Integer> gid = user.gid().map(UnixId::number);
        return source.owner()
                .filter(place -> uid.isPresent() && source.description().owns(directory))
                .map(place -> add(
                        place,
                        List.of("<glob>" + xml(directory.toString()) + "</glob><ownership>" + uid.get() + ":"
                                + gid.orElse(0) + "</ownership>")));
    }

    /** How to set the image's user, as half a sentence; empty where the plugin has no setting for that. */
    public Optional<String> user() {
        return source.user()
                .map(place -> "add a "
                        + place.missing().stream().map(name -> "<" + name + ">").collect(Collectors.joining())
                        + " with a number " + to(place));
    }

    private Remedy add(Insertion insertion, List<String> values) {
        String xml = insertion.xml(values);
        SourceFile file = sources.get(insertion.place().file());
        Location place = insertion.place();
        if (file == null || !isPlaced(insertion) || place.endLine() > file.lineCount()) {
            return Remedy.advice("add `" + xml + "` " + to(insertion));
        }
        int offset = Math.min(file.end(place), file.text().length());
        String before = file.text().substring(0, offset);
        if (!before.endsWith(">") || before.endsWith("/>")) {
            return Remedy.advice("add `" + xml + "` " + to(insertion));
        }
        String line = file.line(place.endLine());
        boolean alone =
                line.substring(Math.min(line.length(), place.endColumn() - 1)).isBlank();
        return Remedy.of(
                alone
                        ? TextEdit.insertLines(
                                file, place.endLine() + 1, List.of(childIndent(file, place.endLine()) + xml))
                        : TextEdit.insert(file, offset, xml));
    }

    /** The indentation of the element below a line, if it is deeper than that line's; else one more step. */
    private static String childIndent(SourceFile file, int line) {
        String parent = indent(file.line(line));
        String child = line < file.lineCount() ? indent(file.line(line + 1)) : "";
        return child.length() > parent.length() && child.startsWith(parent)
                ? child
                : parent + (parent.startsWith("\t") ? "\t" : "  ");
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private String to(Insertion insertion) {
        Location place = insertion.place();
        String parent = "to the <" + insertion.parent() + ">";
        if (place.equals(Location.of(place.file()))) {
            return parent + " of " + source.plugin() + " in " + place.file();
        }
        return parent + (isPlaced(insertion) ? "" : " of the plugin") + " in line " + place.line() + " of "
                + place.file();
    }

    /** Where Maven does not place what is in a plugin's configuration, it places the plugin. */
    private boolean isPlaced(Insertion insertion) {
        Location place = insertion.place();
        return !place.equals(Location.of(place.file()))
                && (!place.equals(source.location()) || insertion.parent().equals(Insertion.PLUGIN));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
