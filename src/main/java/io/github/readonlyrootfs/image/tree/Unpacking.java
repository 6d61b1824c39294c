// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.archive.PackedFiles;
import io.github.readonlyrootfs.archive.PackedFiles.Entry;
import io.github.readonlyrootfs.archive.PackedFiles.Kind;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks archives of the build context, and those that the build of the project makes.
 *
 * @param ownership of an entry
 * @param itself whether an entry for the directory itself, {@code ./}, changes that
 * @param keeps whether a directory that is there keeps its owner and mode, as with unzip
 * @param maker who makes the directories that the archive does not list
 * @param stripped how many leading names are left out
 */
public record Unpacking(
        Function<Entry, Ownership> ownership,
        boolean itself,
        boolean keeps,
        Identity maker,
        int stripped,
        Provenance by) {

    /**
     * Unpacks an archive that was not changed after it was copied.
     *
     * @return false if it cannot be read
     */
    public boolean unpack(TreeNode archive, RootFileSystem into, ContainerPath directory) {
        List<Entry> entries = entries(archive.content());
        FileTree tree = into.tree();
        TreeCopy copy = TreeCopy.in(tree, node -> node, true, by);
        Map<String, TreeNode> byName = new HashMap<>();
        for (Entry entry : entries) {
            TreeNode node = node(entry, byName);
            byName.put(entry.name(), node);
            List<String> segments = ContainerPath.of("/" + entry.name()).segments();
            if (segments.size() > stripped || (segments.isEmpty() && itself && stripped == 0)) {
                ContainerPath path = directory.resolve(String.join("/", segments.subList(stripped, segments.size())));
                if (!path.isRoot()) {
                    into.makeDirectories(path.parent(), maker, 0755, by);
                    boolean kept = keeps && entry.kind() == Kind.DIRECTORY;
                    tree.update(
                            tree.followParents(path),
                            old -> kept && !old.isMissing() ? old : copy.entry(node, old, path));
                }
            }
        }
        return !entries.isEmpty();
    }

    private static List<Entry> entries(@Nullable FileContent archive) {
        Optional<PackedFiles> packed = archive instanceof FileContent.Copied copied
                ? PackedFiles.read(copied.file())
                : archive instanceof FileContent.Planned planned ? Optional.of(planned.files()) : Optional.empty();
        return packed.map(PackedFiles::entries).orElse(List.of());
    }

    /** What the build of the project makes; of a directory, all entries have those before them that they are in. */
    public TreeNode made(Assembly assembly) {
        if (!assembly.isDirectory()) {
            return TreeNode.file(new Ownership(UnixId.ROOT, UnixId.ROOT, 0644), by)
                    .withContent(new FileContent.Planned(assembly.files()));
        }
        FileTree tree = new FileTree(TreeNode.directory(Ownership.ROOT_0755, by));
        for (Entry entry : assembly.files().entries()) {
            tree.set(ContainerPath.of("/" + entry.name()), node(entry, Map.of()));
        }
        return tree.root();
    }

    private TreeNode node(Entry entry, Map<String, TreeNode> byName) {
        return switch (entry.kind()) {
            case DIRECTORY -> TreeNode.directory(ownership.apply(entry), by);
            case UNKNOWN -> TreeNode.unknown(by);
            case SYMLINK -> TreeNode.symlink(entry.target(), by);
            case LINK -> byName.getOrDefault(entry.target(), TreeNode.unknown(by));
            case FILE -> {
                TreeNode file = TreeNode.file(ownership.apply(entry), by);
                yield entry.text()
                        .map(text -> file.withContent(FileContent.of(Text.of(text), by)))
                        .orElse(file);
            }
        };
    }
}
