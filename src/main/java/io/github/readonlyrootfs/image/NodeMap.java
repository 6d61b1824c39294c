package io.github.readonlyrootfs.image;

import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A directory's entries: an immutable map whose versions share what they have in common, so that a stage can go on
 * from another's without a copy of it. A treap whose priorities come from the keys, so that equal maps have equal
 * shapes and merging two versions looks only at what differs.
 */
@SuppressWarnings("ReferenceEquality") // The very same entry means that nothing has changed.
final class NodeMap {

    static final NodeMap EMPTY = new NodeMap(null);

    private final @Nullable Entry root;

    private NodeMap(@Nullable Entry root) {
        this.root = root;
    }

    private record Entry(
            String key,
            Node value,
            @Nullable Entry left,
            @Nullable Entry right) {

        boolean isAbove(Entry other) {
            int mine = priority(key);
            int theirs = priority(other.key);
            return mine != theirs ? mine > theirs : key.compareTo(other.key) > 0;
        }

        private static int priority(String key) {
            int hash = key.hashCode() * 0x9E3779B9;
            return (hash ^ (hash >>> 15)) * 0x85EBCA6B;
        }
    }

    /** The two sides of a map, and what stood at the key between them. */
    private record Split(
            @Nullable Entry left,
            @Nullable Node value,
            @Nullable Entry right) {}

    @Nullable
    Node get(String key) {
        Entry entry = root;
        while (entry != null) {
            int order = key.compareTo(entry.key);
            if (order == 0) {
                return entry.value;
            }
            entry = order < 0 ? entry.left : entry.right;
        }
        return null;
    }

    NodeMap with(String key, Node value) {
        return new NodeMap(put(root, new Entry(key, value, null, null)));
    }

    private static Entry put(@Nullable Entry at, Entry added) {
        if (at == null) {
            return added;
        }
        int order = added.key.compareTo(at.key);
        if (order == 0) {
            return new Entry(at.key, added.value, at.left, at.right);
        }
        if (added.isAbove(at)) {
            Split split = split(at, added.key);
            return new Entry(added.key, added.value, split.left, split.right);
        }
        return order < 0
                ? new Entry(at.key, at.value, put(at.left, added), at.right)
                : new Entry(at.key, at.value, at.left, put(at.right, added));
    }

    private static Split split(@Nullable Entry at, String key) {
        if (at == null) {
            return new Split(null, null, null);
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return new Split(at.left, at.value, at.right);
        }
        if (order < 0) {
            Split below = split(at.left, key);
            return new Split(below.left, below.value, new Entry(at.key, at.value, below.right, at.right));
        }
        Split below = split(at.right, key);
        return new Split(new Entry(at.key, at.value, at.left, below.left), below.value, below.right);
    }

    boolean isEmpty() {
        return root == null;
    }

    boolean anyMatch(Predicate<Node> predicate) {
        return anyMatch(root, predicate);
    }

    private static boolean anyMatch(@Nullable Entry at, Predicate<Node> predicate) {
        return at != null
                && (predicate.test(at.value) || anyMatch(at.left, predicate) || anyMatch(at.right, predicate));
    }

    /** Visits the entries in the order of their names. */
    void forEach(BiConsumer<String, Node> visitor) {
        visit(root, visitor);
    }

    private static void visit(@Nullable Entry at, BiConsumer<String, Node> visitor) {
        if (at != null) {
            visit(at.left, visitor);
            visitor.accept(at.key, at.value);
            visit(at.right, visitor);
        }
    }

    /** The same names with other nodes; this very map where the function changes none. */
    NodeMap map(UnaryOperator<Node> function) {
        Entry mapped = map(root, function);
        return mapped == root ? this : new NodeMap(mapped);
    }

    private static @Nullable Entry map(@Nullable Entry at, UnaryOperator<Node> function) {
        if (at == null) {
            return null;
        }
        Entry left = map(at.left, function);
        Node value = function.apply(at.value);
        Entry right = map(at.right, function);
        return left == at.left && value == at.value && right == at.right ? at : new Entry(at.key, value, left, right);
    }

    /**
     * Both maps in one.
     *
     * @param here what stands here for a name that only the other map has
     * @param there what stands there for a name that only this map has
     */
    NodeMap merge(NodeMap other, Node here, Node there, BinaryOperator<Node> function) {
        return new NodeMap(merge(root, other.root, here, there, function));
    }

    private static @Nullable Entry merge(
            @Nullable Entry one, @Nullable Entry two, Node here, Node there, BinaryOperator<Node> function) {
        if (one == two) {
            return one;
        }
        Entry top = one == null || (two != null && two.isAbove(one)) ? two : one;
        if (top == null) {
            return null;
        }
        Split ones = split(one, top.key);
        Split twos = split(two, top.key);
        Node value = function.apply(ones.value == null ? here : ones.value, twos.value == null ? there : twos.value);
        return new Entry(
                top.key,
                value,
                merge(ones.left, twos.left, here, there, function),
                merge(ones.right, twos.right, here, there, function));
    }
}
