// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Edits of one or more files that can be made together, since none changes a text that another one changes. */
public final class Patch {

    private final Map<String, Set<TextEdit>> byFile = new TreeMap<>();

    /**
     * Adds edits that belong together, if none of them overlaps another one or one that is there. An edit that is there
     * already is not made twice.
     *
     * @return whether they were added
     */
    public boolean add(List<TextEdit> edits) {
        Set<TextEdit> added = new LinkedHashSet<>();
        for (TextEdit edit : edits) {
            Set<TextEdit> present = byFile.getOrDefault(edit.location().file(), Set.of());
            if (present.contains(edit) || added.contains(edit)) {
                continue;
            }
            if (overlapsOneOf(present, edit) || overlapsOneOf(added, edit)) {
                return false;
            }
            added.add(edit);
        }
        for (TextEdit edit : added) {
            Set<TextEdit> present = byFile.get(edit.location().file());
            if (present == null) {
                present = new LinkedHashSet<>();
                byFile.put(edit.location().file(), present);
            }
            present.add(edit);
        }
        return true;
    }

    private static boolean overlapsOneOf(Set<TextEdit> others, TextEdit edit) {
        for (TextEdit other : others) {
            if (overlap(edit, other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether both change the same text. Two insertions at one place are made one after the other. */
    private static boolean overlap(TextEdit one, TextEdit other) {
        return one.location().file().equals(other.location().file())
                && one.location().startsBefore(other.location().end())
                && other.location().startsBefore(one.location().end());
    }

    public boolean isEmpty() {
        return byFile.isEmpty();
    }

    /** The names of the files that it changes, sorted. */
    public Set<String> files() {
        return byFile.keySet();
    }

    /** The edits of one file, in the order in which they were added. */
    public List<TextEdit> edits(String file) {
        return List.copyOf(byFile.getOrDefault(file, Set.of()));
    }

    /** The text of a file after its edits. */
    public String apply(SourceFile file) {
        List<TextEdit> edits = new ArrayList<>(edits(file.name()));
        // The sort is stable: insertions at one place keep their order.
        edits.sort((one, other) -> {
            int byStart = Integer.compare(file.start(one.location()), file.start(other.location()));
            return byStart != 0 ? byStart : Boolean.compare(other.isInsertion(), one.isInsertion());
        });
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (TextEdit edit : edits) {
            text.append(file.text(), done, file.start(edit.location())).append(edit.replacement());
            done = file.end(edit.location());
        }
        return text.append(file.text(), done, file.text().length()).toString();
    }
}
