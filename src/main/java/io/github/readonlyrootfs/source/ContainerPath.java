package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An absolute, clean POSIX path inside a container. Deliberately not {@code java.nio.file.Path}: Linux images are
 * built on Windows too. Cleaning is lexical ({@code //}, {@code .}, {@code ..}, trailing slash), as the Docker engine
 * cleans mount destinations; symbolic links are another matter.
 */
public final class ContainerPath implements Comparable<ContainerPath> {

    public static final ContainerPath ROOT = new ContainerPath("/");

    private final String path;

    private ContainerPath(String path) {
        this.path = path;
    }

    /** The clean form of a path; a relative one is taken to start at {@code /}, as the engine does. */
    public static ContainerPath of(String path) {
        return clean(path);
    }

    private static ContainerPath clean(String path) {
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
        return segments.isEmpty() ? ROOT : new ContainerPath("/" + String.join("/", segments));
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
        return other.startsWith("/") ? clean(other) : clean(path + "/" + other);
    }

    public boolean isRoot() {
        return path.length() == 1;
    }

    /** The directory that holds it; the root's is the root. */
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
        return isRoot() ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    /** How many segments it has: 0 for the root. */
    public int depth() {
        int slashes = 0;
        for (int at = 0; at < path.length(); at++) {
            slashes += path.charAt(at) == '/' ? 1 : 0;
        }
        return isRoot() ? 0 : slashes;
    }

    /** Whether it is the given directory or lies below it, by whole segments. */
    public boolean isAtOrBelow(ContainerPath directory) {
        return directory.isRoot()
                || path.equals(directory.path)
                || (path.startsWith(directory.path) && path.charAt(directory.path.length()) == '/');
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
