// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.VersionedMap;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds the nodes that a word with a pattern or an unknown part may name. */
@SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
final class PathPattern {

    /** The length of a pattern that costs one step. */
    private static final int PATTERN_LENGTH = 16;

    private final Invocation call;
    private final Field word;

    PathPattern(Invocation call, Field word) {
        this.call = call;
        this.word = word;
    }

    void change(UnaryOperator<TreeNode> each) {
        UnaryOperator<TreeNode> change = call.tree().counted(each);
        if (!word.known()) {
            unknown(change);
            return;
        }
        String pattern = word.glob();
        List<String> segments = Arrays.stream(pattern.split("/", -1))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        int fixed = 0;
        while (fixed < segments.size() && Glob.isPlain(segments.get(fixed))) {
            fixed++;
        }
        boolean absolute = pattern.startsWith("/");
        ContainerPath start = absolute ? ContainerPath.ROOT : call.directory().orElse(null);
        if (start == null) {
            return;
        }
        for (String segment : segments.subList(0, fixed)) {
            start = start.resolve(segment.replace("\\", ""));
        }
        List<String> rest = segments.subList(fixed, segments.size());
        call.tree().update(call.tree().follow(start), node -> descend(node, rest, change));
    }

    /** Only the beginning of the word, its end, and perhaps that of its last name are known. */
    private void unknown(UnaryOperator<TreeNode> change) {
        String begin = word.text();
        String last = beginOfLastName();
        boolean relative = !begin.startsWith("/");
        ContainerPath directory = call.directory().orElse(null);
        if (begin.isEmpty() || (relative && directory == null)) {
            call.tree().update(ContainerPath.ROOT, node -> below(node, "", last, "", change));
            return;
        }
        int slash = begin.lastIndexOf('/');
        ContainerPath start = relative && directory != null ? directory : ContainerPath.ROOT;
        start = call.tree()
                .follow(start.resolve(begin.substring(0, slash + 1).isEmpty() ? "." : begin.substring(0, slash + 1)));
        String top = start.equals(ContainerPath.ROOT) ? "" : start.toString();
        String name = begin.substring(slash + 1);
        call.tree().update(start, node -> {
            TreeNode changed = below(node, name, last, top, change);
            // An unknown name may be that of a new entry.
            return node.isDirectory() ? changed.withUnlisted(perhaps(node.anyUnlisted(), change)) : changed;
        });
    }

    /** What is known between two unknown parts, as in {@code $DIRECTORY/tmp.$NUMBER}; empty if it may name anything. */
    private String beginOfLastName() {
        String raw = word.value().raw();
        int from = raw.lastIndexOf('/') + 1;
        int length = Text.indexOfHole(raw.substring(from));
        boolean between = length > 0 && Text.indexOfHole(raw) < from;
        String begin = between ? raw.substring(from, from + length) : "";
        return begin.startsWith(".") ? "" : begin;
    }

    /** @param last what the entry's name, or that of a directory above it, begins with */
    private TreeNode below(TreeNode node, String begin, String last, String path, UnaryOperator<TreeNode> change) {
        VersionedMap<TreeNode> changed = node.children().map((name, old) -> {
            call.tree().effort().spend(1);
            if (!name.startsWith(begin)) {
                return old;
            }
            String within = name.startsWith(last) ? "" : last;
            TreeNode child = old.children().isEmpty() ? old : below(old, "", within, path + "/" + name, change);
            String end = word.suffix();
            boolean ends = name.endsWith(end) || (end.endsWith(name) && (path + "/" + name).endsWith(end));
            return ends && within.isEmpty() ? perhaps(child, change) : child;
        });
        return changed == node.children() ? node : node.withChildren(changed);
    }

    private TreeNode descend(TreeNode node, List<String> segments, UnaryOperator<TreeNode> change) {
        if (segments.isEmpty()) {
            return change.apply(node);
        }
        Glob glob = new Glob(segments.get(0));
        List<String> rest = segments.subList(1, segments.size());
        TreeNode changed = node;
        for (String name : node.names()) {
            call.tree().effort().spend(1L + segments.get(0).length() / PATTERN_LENGTH);
            TreeNode child = node.child(name);
            if (!glob.matchesEntry(name)) {
                continue;
            }
            if (!child.isMissing()) {
                changed = changed.withChild(name, descend(child, rest, change));
            }
        }
        if (rest.isEmpty() && node.anyUnlisted().isUnknown()) {
            changed = changed.withUnlisted(perhaps(node.anyUnlisted(), change));
        }
        return changed;
    }

    private TreeNode perhaps(TreeNode node, UnaryOperator<TreeNode> change) {
        return TreeNode.either(node, change.apply(node), call.by());
    }
}
