// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map whose versions share what they have in common, so that a stage can go on from another's without a
 * copy of it. A treap whose priorities come from the keys, so that equal maps have equal shapes and merging two versions
 * looks only at what differs.
 */
@SuppressWarnings("ReferenceEquality") // The very same entry means that nothing has changed.
public final class VersionedMap<V> {

    private static final VersionedMap<?> EMPTY = new VersionedMap<>(null);

    private final @Nullable Entry<V> root;

    private VersionedMap(@Nullable Entry<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // It holds no value.
    public static <V> VersionedMap<V> empty() {
        return (VersionedMap<V>) EMPTY;
    }

    private record Entry<V>(
            String key,
            int priority,
            V value,
            @Nullable Entry<V> left,
            @Nullable Entry<V> right) {

        Entry(String key, V value) {
            this(key, priority(key), value, null, null);
        }

        boolean isAbove(Entry<V> other) {
            return priority != other.priority ? priority > other.priority : key.compareTo(other.key) > 0;
        }

        Entry<V> with(V changed, @Nullable Entry<V> newLeft, @Nullable Entry<V> newRight) {
            return new Entry<>(key, priority, changed, newLeft, newRight);
        }

        /** Whether an entry of these parts would be this one. */
        boolean has(String name, V its, @Nullable Entry<V> itsLeft, @Nullable Entry<V> itsRight) {
            return value == its && left == itsLeft && right == itsRight && key.equals(name);
        }

        /** FNV-1a: names of one {@link String#hashCode()} are easily made, and a treap of those would be a list. */
        private static int priority(String key) {
            long hash = 0xCBF29CE484222325L;
            for (int i = 0; i < key.length(); i++) {
                hash = (hash ^ key.charAt(i)) * 0x100000001B3L;
            }
            return Long.hashCode(hash * 0x9E3779B97F4A7C15L);
        }
    }

    /** The two sides of a map, and what stood at the key between them. */
    private record Split<V>(
            @Nullable Entry<V> left,
            @Nullable V value,
            @Nullable Entry<V> right) {}

    @Nullable
    public V get(String key) {
        Entry<V> entry = root;
        while (entry != null) {
            int order = key.compareTo(entry.key);
            if (order == 0) {
                return entry.value;
            }
            entry = order < 0 ? entry.left : entry.right;
        }
        return null;
    }

    public VersionedMap<V> with(String key, V value) {
        return new VersionedMap<>(put(root, new Entry<>(key, value)));
    }

    private static <V> Entry<V> put(@Nullable Entry<V> at, Entry<V> added) {
        if (at == null) {
            return added;
        }
        int order = added.key.compareTo(at.key);
        if (order == 0) {
            return at.with(added.value, at.left, at.right);
        }
        if (added.isAbove(at)) {
            Split<V> split = split(at, added.key);
            return added.with(added.value, split.left, split.right);
        }
        return order < 0
                ? at.with(at.value, put(at.left, added), at.right)
                : at.with(at.value, at.left, put(at.right, added));
    }

    private static <V> Split<V> split(@Nullable Entry<V> at, String key) {
        if (at == null) {
            return new Split<>(null, null, null);
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return new Split<>(at.left, at.value, at.right);
        }
        if (order < 0) {
            Split<V> below = split(at.left, key);
            return new Split<>(below.left, below.value, at.with(at.value, below.right, at.right));
        }
        Split<V> below = split(at.right, key);
        return new Split<>(at.with(at.value, at.left, below.left), below.value, below.right);
    }

    /** The same, quickly where the key is the topmost one. */
    private static <V> Split<V> at(@Nullable Entry<V> top, String key) {
        return top != null && top.key.equals(key) ? new Split<>(top.left, top.value, top.right) : split(top, key);
    }

    public boolean isEmpty() {
        return root == null;
    }

    public boolean anyMatch(Predicate<V> predicate) {
        return anyMatch(root, predicate);
    }

    private static <V> boolean anyMatch(@Nullable Entry<V> at, Predicate<V> predicate) {
        return at != null
                && (predicate.test(at.value) || anyMatch(at.left, predicate) || anyMatch(at.right, predicate));
    }

    /** Visits the entries in the order of their names. */
    public void forEach(BiConsumer<String, V> visitor) {
        visit(root, visitor);
    }

    private static <V> void visit(@Nullable Entry<V> at, BiConsumer<String, V> visitor) {
        if (at != null) {
            visit(at.left, visitor);
            visitor.accept(at.key, at.value);
            visit(at.right, visitor);
        }
    }

    /** The same names with other nodes; this very map where the function changes none. */
    public VersionedMap<V> map(BiFunction<String, V, V> function) {
        Entry<V> mapped = map(root, function);
        return mapped == root ? this : new VersionedMap<>(mapped);
    }

    private static <V> @Nullable Entry<V> map(@Nullable Entry<V> at, BiFunction<String, V, V> function) {
        if (at == null) {
            return null;
        }
        Entry<V> left = map(at.left, function);
        V value = function.apply(at.key, at.value);
        Entry<V> right = map(at.right, function);
        return left == at.left && value == at.value && right == at.right ? at : at.with(value, left, right);
    }

    /**
     * Both maps in one.
     *
     * @param here the value in this map for a name that only the other map has
     * @param there the value in the other map for a name that only this map has
     */
    public VersionedMap<V> merge(VersionedMap<V> other, V here, V there, BinaryOperator<V> function) {
        Entry<V> merged = merge(root, other.root, here, there, function);
        return merged == root ? this : merged == other.root ? other : new VersionedMap<>(merged);
    }

    private static <V> @Nullable Entry<V> merge(
            @Nullable Entry<V> one, @Nullable Entry<V> two, V here, V there, BinaryOperator<V> function) {
        if (one == two) {
            return one;
        }
        Entry<V> top = one == null || (two != null && two.isAbove(one)) ? two : one;
        if (top == null) {
            return null;
        }
        Split<V> ones = at(one, top.key);
        Split<V> twos = at(two, top.key);
        V value = function.apply(ones.value == null ? here : ones.value, twos.value == null ? there : twos.value);
        Entry<V> left = merge(ones.left, twos.left, here, there, function);
        Entry<V> right = merge(ones.right, twos.right, here, there, function);
        if (one != null && one.has(top.key, value, left, right)) {
            return one;
        }
        return two != null && two.has(top.key, value, left, right) ? two : top.with(value, left, right);
    }
}
