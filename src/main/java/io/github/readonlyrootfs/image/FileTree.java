package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The file system of a stage while its instructions are followed. It only ever replaces its root, so a version of it
 * is kept by keeping the root.
 */
final class FileTree {

    /** Longer paths no Linux system call accepts. */
    private static final int MAX_PATH = 4096;
    /** Longer names no file system of Linux has. */
    private static final int MAX_NAME = 255;
    /** How many symbolic links Linux follows in one path. */
    private static final int MAX_LINKS = 40;

    private Node root;

    FileTree(Node root) {
        this.root = root;
    }

    Node root() {
        return root;
    }

    void reset(Node version) {
        root = version;
    }

    /** What the tree holds now, for good. */
    ImageFileSystem view() {
        return new TreeView(root);
    }

    /** What stands at a path, symbolic links not followed. */
    Node at(ContainerPath path) {
        return at(root, path);
    }

    static Node at(Node root, ContainerPath path) {
        Node node = root;
        for (String segment : path.segments()) {
            node = node.child(segment);
        }
        return node;
    }

    /** Puts a node in the place of what stands there; the parents are taken as they are. */
    void set(ContainerPath path, Node node) {
        update(path, old -> node);
    }

    void update(ContainerPath path, UnaryOperator<Node> change) {
        if (isPossible(path)) {
            root = update(root, path.segments(), 0, change);
        }
    }

    /** Whether Linux knows names and paths of that length. */
    private static boolean isPossible(ContainerPath path) {
        return path.toString().length() < MAX_PATH && hasShortNames(path);
    }

    private static boolean hasShortNames(ContainerPath path) {
        for (String segment : path.segments()) {
            if (segment.length() > MAX_NAME) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
    private static Node update(Node node, List<String> segments, int depth, UnaryOperator<Node> change) {
        if (depth == segments.size()) {
            return change.apply(node);
        }
        if (!node.isDirectory() && !node.isUnknown()) {
            // Nothing can be below it.
            return node;
        }
        String name = segments.get(depth);
        Node old = node.child(name);
        Node changed = update(old, segments, depth + 1, change);
        return changed == old ? node : node.withChild(name, changed);
    }

    /** The path with the symbolic links on its way followed, and the last one too. */
    ContainerPath follow(ContainerPath path) {
        return follow(root, path);
    }

    /** The path with the symbolic links on its way followed; what it names itself is left, link or not. */
    ContainerPath followParents(ContainerPath path) {
        return path.isRoot() ? path : follow(path.parent()).resolve(path.name());
    }

    static ContainerPath follow(Node root, ContainerPath path) {
        Deque<String> left = new ArrayDeque<>(path.segments());
        ContainerPath walked = ContainerPath.ROOT;
        Deque<Node> nodes = new ArrayDeque<>();
        nodes.push(root);
        int links = 0;
        while (!left.isEmpty()) {
            String segment = left.pop();
            if (segment.equals("..")) {
                walked = walked.parent();
                if (nodes.size() > 1) {
                    nodes.pop();
                }
                continue;
            }
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            Node node = nodes.element().child(segment);
            if (!node.isSymlink()) {
                walked = walked.resolve(segment);
                nodes.push(node);
                continue;
            }
            if (++links > MAX_LINKS) {
                return path;
            }
            if (node.target().startsWith("/")) {
                walked = ContainerPath.ROOT;
                while (nodes.size() > 1) {
                    nodes.pop();
                }
            }
            String[] target = node.target().split("/", -1);
            for (int i = target.length - 1; i >= 0; i--) {
                left.push(target[i]);
            }
        }
        return walked;
    }

    /** A frozen tree. */
    record TreeView(Node root) implements ImageFileSystem {

        @Override
        public FileNode at(ContainerPath path) {
            Node node = FileTree.at(root, path);
            return switch (node.kind()) {
                case DIRECTORY -> new FileNode.Directory(node.ownership(), node.why());
                case FILE ->
                    new FileNode.RegularFile(node.ownership(), node.why(), Optional.ofNullable(node.content()));
                case SYMLINK -> new FileNode.Symlink(node.target(), node.provenance());
                case MISSING -> new FileNode.Missing(node.provenance());
                case UNKNOWN -> new FileNode.Unknown(node.why(), Optional.ofNullable(node.content()));
            };
        }

        @Override
        public boolean hasEntries(ContainerPath directory) {
            return FileTree.at(root, directory).hasEntries();
        }
    }
}
