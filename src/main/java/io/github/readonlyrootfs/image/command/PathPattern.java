// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.source.ContainerPath;
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

    /** Only the beginning and the end of the word are known. */
    private void unknown(UnaryOperator<TreeNode> change) {
        String begin = word.text();
        boolean relative = !begin.startsWith("/");
        ContainerPath directory = call.directory().orElse(null);
        if (begin.isEmpty() || (relative && directory == null)) {
            call.tree().update(ContainerPath.ROOT, node -> below(node, "", "", change));
            return;
        }
        int slash = begin.lastIndexOf('/');
        ContainerPath start = relative && directory != null ? directory : ContainerPath.ROOT;
        start = call.tree()
                .follow(start.resolve(begin.substring(0, slash + 1).isEmpty() ? "." : begin.substring(0, slash + 1)));
        String top = start.equals(ContainerPath.ROOT) ? "" : start.toString();
        String name = begin.substring(slash + 1);
        call.tree().update(start, node -> {
            TreeNode changed = below(node, name, top, change);
            // An unknown name may be that of a new entry.
            return node.isDirectory() ? changed.withUnlisted(perhaps(node.anyUnlisted(), change)) : changed;
        });
    }

    private TreeNode below(TreeNode node, String begin, String path, UnaryOperator<TreeNode> change) {
        TreeNode changed = node;
        String end = word.suffix();
        for (String name : node.names()) {
            call.tree().effort().spend(1);
            if (!name.startsWith(begin)) {
                continue;
            }
            String at = path + "/" + name;
            TreeNode child = below(node.child(name), "", at, change);
            boolean named = at.endsWith(end);
            if (named || child != node.child(name)) {
                changed = changed.withChild(name, named ? perhaps(child, change) : child);
            }
        }
        return changed;
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
