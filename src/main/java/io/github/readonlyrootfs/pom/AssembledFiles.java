// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.archive.PackedFiles;
import io.github.readonlyrootfs.archive.PackedFiles.Entry;
import io.github.readonlyrootfs.archive.PackedFiles.Kind;
import io.github.readonlyrootfs.archive.PackedFiles.Owner;
import io.github.readonlyrootfs.image.tree.FileMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The files of an archive or directory that a plugin makes, by their paths in it. */
final class AssembledFiles {

    private static final int DIRECTORY_MODE = 0755;
    static final int FILE_MODE = 0644;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final PackedFiles.Texts texts = new PackedFiles.Texts();

    /** @param mode of the directory itself; those above it have the usual one */
    void addDirectory(String path, int mode) {
        if (!path.isEmpty()) {
            addParents(path);
            entries.put(path, new Entry(path, Kind.DIRECTORY, mode, Owner.NONE, "", Optional.empty()));
        }
    }

    void addDirectory(String path) {
        addDirectory(path, DIRECTORY_MODE);
    }

    /** Adds a copy of a file with another text, if it is one. */
    void addCopy(String path, Path file, Optional<Integer> mode, UnaryOperator<String> filter) {
        addFile(
                path,
                mode.or(() -> FileMode.of(file)).orElse(FILE_MODE),
                texts.of(file).map(filter));
    }

    /** @param text empty if it is unknown */
    void addFile(String path, int mode, Optional<String> text) {
        addParents(path);
        entries.put(path, new Entry(path, Kind.FILE, mode, Owner.NONE, "", text));
    }

    /** Adds what only the plugin knows. */
    void addUnknown(String path) {
        addParents(path);
        entries.put(path, new Entry(path, Kind.UNKNOWN, -1, Owner.NONE, "", Optional.empty()));
    }

    private void addParents(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            entries.computeIfAbsent(
                    parent, name -> new Entry(name, Kind.DIRECTORY, DIRECTORY_MODE, Owner.NONE, "", Optional.empty()));
        }
    }

    /** All of them; none if they are too many. */
    PackedFiles packed() {
        return new PackedFiles(entries.size() > PackedFiles.MOST_ENTRIES ? List.of() : List.copyOf(entries.values()));
    }

    /** A path in it: relative, without dots. */
    static String path(String... parts) {
        List<String> names = new ArrayList<>();
        for (String name : String.join("/", parts).replace('\\', '/').split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }
}
