// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An absolute, clean POSIX path inside a container. Deliberately not {@code java.nio.file.Path}: Linux images are
 * built on Windows too. Cleaning is lexical ({@code //}, {@code .}, {@code ..}, trailing slash), as the Docker engine
 * cleans mount destinations; symbolic links are another matter.
 */
public final class ContainerPath implements Comparable<ContainerPath> {

    public static final ContainerPath ROOT = new ContainerPath("/");

    /** No system call of Linux takes a longer path: PATH_MAX of linux/limits.h, 4096, counts the NUL at its end. */
    private static final int MAX_BYTES = 4095;

    /** No file system of Linux has a longer name: NAME_MAX of linux/limits.h, in bytes. */
    private static final int MAX_NAME_BYTES = 255;

    /**
     * The Docker engine neither mounts at a path of more names nor builds a WORKDIR of them with its classic builder
     * ({@code evalSymlinksInScope: too many links}).
     */
    public static final int MAX_DEPTH = 255;

    private final String path;

    private ContainerPath(String path) {
        this.path = path;
    }

    /** The clean form of a path; a relative one is taken to start at {@code /}, as the engine does. */
    public static ContainerPath of(String path) {
        if (isClean(path)) {
            return new ContainerPath(path);
        }
        List<String> segments = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            }
            String segment = path.substring(start, end);
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
            start = end + 1;
        }
        return of(segments);
    }

    /** The path of names from the root down, none of which is empty, {@code .} or {@code ..}. */
    public static ContainerPath of(List<String> names) {
        return names.isEmpty() ? ROOT : new ContainerPath("/" + String.join("/", names));
    }

    /** Whether it surely is: where a dot begins a segment, a closer look decides. */
    private static boolean isClean(String path) {
        return path.length() > 1
                && path.startsWith("/")
                && !path.endsWith("/")
                && !path.contains("//")
                && !path.contains("/.");
    }

    /** An absolute path as it is; a relative one is taken to start at this directory. */
    public ContainerPath resolve(String other) {
        return other.startsWith("/") ? of(other) : of(path + "/" + other);
    }

    /** Whether it is a device, or on a file system of the kernel. */
    public boolean isNoStorage() {
        String first = isRoot() ? "" : segments().get(0);
        boolean memory = isAtOrBelow(of("/dev/shm")) || isAtOrBelow(of("/dev/mqueue"));
        return first.equals("proc") || first.equals("sys") || (first.equals("dev") && !memory);
    }

    public boolean isRoot() {
        return path.length() == 1;
    }

    /** Whether Linux refuses it for its length ({@code ENAMETOOLONG}): all of it, or a name in it. */
    public boolean isTooLong() {
        // No UTF-16 unit has more than three bytes in UTF-8.
        return path.length() > MAX_NAME_BYTES / 3
                && (bytes(path) > MAX_BYTES || segments().stream().anyMatch(ContainerPath::isTooLongName));
    }

    /** Whether no file system of Linux has a name of that length. */
    public static boolean isTooLongName(String name) {
        return name.length() > MAX_NAME_BYTES / 3 && bytes(name) > MAX_NAME_BYTES;
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** The directory that it is in; for the root, the root. */
    public ContainerPath parent() {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : new ContainerPath(path.substring(0, slash));
    }

    /** It and all directories above it, the root last. */
    public Stream<ContainerPath> upwards() {
        return Stream.concat(Stream.iterate(this, at -> !at.isRoot(), ContainerPath::parent), Stream.of(ROOT));
    }

    /** The last segment; empty for the root. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The names from the root down; none for the root. */
    public List<String> segments() {
        List<String> names = new ArrayList<>();
        for (int start = 1; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            names.add(path.substring(start, end));
            start = end + 1;
        }
        return names;
    }

    /** How many segments it has: 0 for the root. */
    public int depth() {
        int slashes = 0;
        for (int at = 0; at < path.length(); at++) {
            slashes += path.charAt(at) == '/' ? 1 : 0;
        }
        return isRoot() ? 0 : slashes;
    }

    /** Whether it is the given directory or is below it, by whole segments. */
    public boolean isAtOrBelow(ContainerPath directory) {
        return directory.isRoot()
                || path.equals(directory.path)
                || (path.startsWith(directory.path) && path.charAt(directory.path.length()) == '/');
    }

    /** Those that are not below another one, sorted. */
    public static SortedSet<ContainerPath> outermost(Collection<ContainerPath> paths) {
        // With a slash at the end, what is below a directory follows it at once.
        SortedMap<String, ContainerPath> bySlash = new TreeMap<>();
        paths.forEach(path -> bySlash.put(path.path + "/", path));
        SortedSet<ContainerPath> outermost = new TreeSet<>();
        ContainerPath last = null;
        for (ContainerPath path : bySlash.values()) {
            if (last == null || !path.isAtOrBelow(last)) {
                outermost.add(path);
                last = path;
            }
        }
        return outermost;
    }

    @Override
    public int compareTo(ContainerPath other) {
        return path.compareTo(other.path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContainerPath that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
