// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.stage.ImageDescription.Entry;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that Jib lays over those of the base image. It writes the directories above each of them too, as root's with
 * mode 0755: a file below {@code /tmp} takes that directory's rights from everybody else.
 */
final class JibLayer {

    private static final int DIRECTORY_MODE = 0755;

    private final JibOwnership owners;
    private final Provenance by;
    private final Map<ContainerPath, Entry> entries = new LinkedHashMap<>();

    /** @param by what adds the files */
    JibLayer(JibOwnership owners, Provenance by) {
        this.owners = owners;
        this.by = by;
    }

    /** A directory with files of the application's, and none that the plugin's configuration names. */
    void addUnlisted(ContainerPath path) {
        addParents(path);
        // Whether the extension sees the directory itself depends on its content.
        Ownership ownership = owners.isEmpty() ? Ownership.ROOT_0755 : new Ownership(null, null, DIRECTORY_MODE);
        entries.put(path, Entry.directory(path, ownership, false, by));
    }

    void addDirectory(ContainerPath path, @Nullable Integer mode, boolean complete) {
        addParents(path);
        entries.put(path, Entry.directory(path, owners.of(path, mode), complete, by));
    }

    void addFile(ContainerPath path, @Nullable Integer mode, FileContent content) {
        addParents(path);
        entries.put(path, Entry.file(path, owners.of(path, mode), content, by));
    }

    private void addParents(ContainerPath path) {
        if (!path.isRoot() && !path.parent().isRoot()) {
            addParents(path.parent());
            entries.putIfAbsent(path.parent(), Entry.directory(path.parent(), Ownership.ROOT_0755, true, by));
        }
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
