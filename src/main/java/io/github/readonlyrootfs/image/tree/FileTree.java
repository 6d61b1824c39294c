// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The file system of a stage while its instructions are followed. It only ever replaces its root, so a version of it
 * is kept by keeping the root.
 */
public final class FileTree {

    /** The cost of a new node. It is higher than that of a look at one, since the node is kept. */
    private static final int NODE = 40;

    private static final Provenance TOO_DEEP =
            Provenance.of("directories nested deeper than " + ContainerPath.MAX_DEPTH + " levels");

    private final Effort effort;

    private TreeNode root;

    /** A tree for an input whose size is limited elsewhere. */
    public FileTree(TreeNode root) {
        this(root, new Effort(Long.MAX_VALUE));
    }

    /** @param effort the limit for it and for all trees that it is copied to or from */
    FileTree(TreeNode root, Effort effort) {
        this.root = root;
        this.effort = effort;
    }

    public Effort effort() {
        return effort;
    }

    /** The same change, which also counts the nodes it is applied to: there may be very many below one path. */
    public UnaryOperator<TreeNode> counted(UnaryOperator<TreeNode> change) {
        return node -> {
            effort.spend(NODE);
            return effort.isSpent() ? node : change.apply(node);
        };
    }

    /** The node for everything that is too deep to be followed. */
    public static TreeNode tooDeep() {
        return TreeNode.unknown(TOO_DEEP);
    }

    public TreeNode root() {
        return root;
    }

    void reset(TreeNode version) {
        root = version;
    }

    /** The tree as it is now; later changes do not affect it. */
    public ImageFileSystem view() {
        return new ImageFileSystem(root);
    }

    /** What is at a path, without following symbolic links. */
    public TreeNode at(ContainerPath path) {
        effort.spend(1L + path.depth());
        return at(root, path);
    }

    public static TreeNode at(TreeNode root, ContainerPath path) {
        TreeNode node = root;
        for (String segment : path.segments()) {
            node = node.child(segment);
        }
        return node;
    }

    /** Puts a node at a path, without a check of its parents. */
    public void set(ContainerPath path, TreeNode node) {
        update(path, old -> node);
    }

    public void update(ContainerPath path, UnaryOperator<TreeNode> change) {
        effort.spend(1L + 2L * path.depth());
        if (effort.isSpent() || path.isTooLong()) {
            return;
        }
        List<String> segments = path.segments();
        root = segments.size() > ContainerPath.MAX_DEPTH
                ? update(root, segments.subList(0, ContainerPath.MAX_DEPTH), 0, old -> tooDeep())
                : update(root, segments, 0, change);
    }

    @SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
    private static TreeNode update(TreeNode node, List<String> segments, int depth, UnaryOperator<TreeNode> change) {
        if (depth == segments.size()) {
            return change.apply(node);
        }
        if (!mayHold(node)) {
            return node;
        }
        String name = segments.get(depth);
        TreeNode old = node.child(name);
        TreeNode changed = update(old, segments, depth + 1, change);
        return changed == old ? node : node.withChild(name, changed);
    }

    /** Whether something can be below it. */
    private static boolean mayHold(TreeNode node) {
        return node.isDirectory() || node.isUnknown();
    }

    /**
     * Goes down a path, follows links, and replaces each entry on it by the result of a function. Names that are too
     * long for any file system are not made.
     *
     * @param change is given the parent and the entry
     * @return where the path leads
     */
    ContainerPath deepen(ContainerPath path, BinaryOperator<TreeNode> change) {
        List<String> segments = path.segments();
        effort.spend(1L + 2L * segments.size());
        if (effort.isSpent()) {
            return path;
        }
        Walk walk = new Walk(root);
        for (int i = 0; i < segments.size(); i++) {
            String name = segments.get(i);
            if (walk.here().child(name).isSymlink()) {
                // The link may lead to an entry that was just changed.
                root = walk.top();
                walk = walk.in(root);
                if (!walk.go(name)) {
                    return path;
                }
            } else {
                walk.down(name);
            }
            if (walk.depth() > ContainerPath.MAX_DEPTH) {
                // A link has led there.
                return path;
            }
            boolean deep = walk.depth() == ContainerPath.MAX_DEPTH && i < segments.size() - 1;
            if (deep || ContainerPath.isTooLongName(name)) {
                if (deep) {
                    walk.replace(tooDeep());
                    root = walk.top();
                }
                return walk.path().resolve("./" + String.join("/", segments.subList(i + 1, segments.size())));
            }
            walk.replace(change.apply(walk.parent(), walk.here()));
        }
        root = walk.top();
        return walk.path();
    }

    /** Whether a symbolic link on the way leads to nothing. */
    public boolean dangles(ContainerPath path) {
        effort.spend(1L + path.depth());
        Walk walk = new Walk(root);
        for (String name : path.segments()) {
            boolean link = walk.here().child(name).isSymlink();
            if (!walk.go(name)) {
                return false;
            }
            if (link && walk.here().isMissing()) {
                return true;
            }
        }
        return false;
    }

    /** The path with all symbolic links followed, the last one too. */
    public ContainerPath follow(ContainerPath path) {
        effort.spend(1L + path.depth());
        return follow(root, path);
    }

    /** The path with the symbolic links on its way followed, but not one at its end. */
    public ContainerPath followParents(ContainerPath path) {
        return path.isRoot() ? path : follow(path.parent()).resolve(path.name());
    }

    public static ContainerPath follow(TreeNode root, ContainerPath path) {
        Walk walk = new Walk(root);
        for (String name : path.segments()) {
            if (!walk.go(name)) {
                return path;
            }
        }
        return walk.links == 0 ? path : walk.path();
    }

    /** A walk down a tree, name by name. */
    private static final class Walk {

        private final List<String> names = new ArrayList<>();
        /** The root, and the node at each of the names. */
        private final List<TreeNode> nodes = new ArrayList<>();

        private int links;

        Walk(TreeNode root) {
            nodes.add(root);
        }

        /** The same walk in another version of the tree. */
        Walk in(TreeNode root) {
            Walk walk = new Walk(root);
            walk.links = links;
            names.forEach(walk::down);
            return walk;
        }

        int depth() {
            return names.size();
        }

        TreeNode here() {
            return nodes.get(nodes.size() - 1);
        }

        TreeNode parent() {
            return nodes.get(Math.max(0, nodes.size() - 2));
        }

        ContainerPath path() {
            return ContainerPath.of(names);
        }

        void down(String name) {
            nodes.add(here().child(name));
            names.add(name);
        }

        private void up() {
            if (!names.isEmpty()) {
                nodes.remove(nodes.size() - 1);
                names.remove(names.size() - 1);
            }
        }

        void replace(TreeNode node) {
            nodes.set(nodes.size() - 1, node);
        }

        /** The root with all nodes that were replaced on the walk. */
        @SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
        TreeNode top() {
            TreeNode changed = here();
            for (int i = names.size() - 1; i >= 0; i--) {
                TreeNode above = nodes.get(i);
                changed = !mayHold(above) || above.child(names.get(i)) == changed
                        ? above
                        : above.withChild(names.get(i), changed);
            }
            return changed;
        }

        /** Goes on to a name, and from a symbolic link to its target; false if there are too many links. */
        boolean go(String name) {
            if (!name.equals("..")
                    && !name.equals(".")
                    && !name.isEmpty()
                    && !here().child(name).isSymlink()) {
                down(name);
                return true;
            }
            Deque<String> left = new ArrayDeque<>();
            left.push(name);
            while (!left.isEmpty()) {
                String next = left.pop();
                if (next.equals("..")) {
                    up();
                    continue;
                }
                if (next.isEmpty() || next.equals(".")) {
                    continue;
                }
                down(next);
                if (!here().isSymlink()) {
                    continue;
                }
                String target = here().target();
                if (++links > ImageFileSystem.MAX_LINKS) {
                    return false;
                }
                up();
                while (target.startsWith("/") && !names.isEmpty()) {
                    up();
                }
                String[] parts = target.split("/", -1);
                for (int i = parts.length - 1; i >= 0; i--) {
                    left.push(parts[i]);
                }
            }
            return true;
        }
    }
}
