// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text file that was read whole: its name, its text, and where each of its lines begins. A text that is part of
 * another file, such as the content that a Dockerfile writes to a file of the image, is one too; all of it is at one
 * place there.
 */
public final class SourceFile implements LocatedText {

    /** Larger files are refused: no Dockerfile or task definition is that long (ECS's own limit is 64 KiB). */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final String name;
    private final String text;
    private final int[] lineStarts;

    /** Where the whole text is in another file; null where it is a file of its own. */
    private final @Nullable Location place;

    private @Nullable PublicText shown;

    private SourceFile(String name, String text, @Nullable Location place) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts(text);
        this.place = place;
    }

    /**
     * A file whose text has been read already.
     *
     * @param name the name to print, see {@link Location#file()}
     */
    public static SourceFile of(String name, String text) {
        return new SourceFile(name, text, null);
    }

    /** A path as people type it on every system: with forward slashes. */
    public static String nameOf(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** A text that is part of another file. */
    public static SourceFile inside(Location place, String text) {
        return new SourceFile(place.file(), text, place);
    }

    /** Whether it is part of another file. */
    public boolean isInside() {
        return place != null;
    }

    /**
     * Reads a file as UTF-8. A byte order mark is dropped; bytes that are not UTF-8 become U+FFFD, as the Docker
     * builder has it.
     *
     * @param name the name to print, see {@link Location#file()}
     * @throws UnreadableSourceException when there is no such file, it is a directory, too large, UTF-16, or the
     *     operating system refuses to read it; its message says which
     */
    public static SourceFile read(Path file, String name) throws UnreadableSourceException {
        byte[] bytes = bytes(file, name);
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            throw unreadable(name, "the file is encoded in UTF-16", "save it as UTF-8");
        }
        return of(name, bytes);
    }

    /** A file whose bytes, as UTF-8, have been read already; a byte order mark is dropped. */
    public static SourceFile of(String name, byte[] bytes) {
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        return of(name, new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(Path file, String name) throws UnreadableSourceException {
        if (Files.isDirectory(file)) {
            throw unreadable(name, "this is a directory", "take a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe without a writer would block the build forever.
            throw unreadable(name, "this is a pipe or a device, not a file", "write the text to a file and take that");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unreadable(name, "the file is larger than " + (MAX_BYTES >> 20) + " MiB", "take the right file");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw unreadable(name, "there is no such file", "create it, or take the right one");
        } catch (AccessDeniedException e) {
            throw unreadable(name, "the file may not be read", "give the user who builds permission to read it");
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (FileSystemException e) {
            throw unreadable(
                    name,
                    "the file cannot be read: " + e.getReason(),
                    "see where its symbolic links lead and whether the disk is all right");
        } catch (IOException e) {
            throw unreadable(name, "the file cannot be read", "see whether the disk is all right");
        }
    }

    private static UnreadableSourceException unreadable(String name, String message, String help) {
        return new UnreadableSourceException(new Problem(Location.of(name), message, help));
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = i + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    /** The name to print, see {@link Location#file()}. */
    public String name() {
        return name;
    }

    @Override
    public String text() {
        return text;
    }

    /** How many lines there are; the empty one behind a final line feed counts. */
    public int lineCount() {
        return lineStarts.length;
    }

    /** A line's text without its terminator; lines count from 1. */
    public String line(int number) {
        int start = lineStarts[number - 1];
        int end = number < lineStarts.length ? lineStarts[number] - 1 : text.length();
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(start, end);
    }

    /** The offset in {@link #text()} at which a line begins; lines count from 1. */
    public int lineStart(int number) {
        return lineStarts[number - 1];
    }

    public String text(Location range) {
        return text.substring(start(range), end(range));
    }

    /** The offset in {@link #text()} at which a range begins. */
    public int start(Location range) {
        return lineStarts[range.line() - 1] + range.column() - 1;
    }

    /** The offset in {@link #text()} at which a range ends, exclusive. */
    public int end(Location range) {
        return lineStarts[range.endLine() - 1] + range.endColumn() - 1;
    }

    /** Its line separator: that of the first line, or a line feed if it has only one line. */
    public String lineSeparator() {
        int feed = text.indexOf('\n');
        return feed > 0 && text.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
    }

    /** The range from one offset in {@link #text()} to another (exclusive). */
    @Override
    public Location location(int start, int end) {
        if (place != null) {
            return place;
        }
        int line = lineAt(start);
        int endLine = lineAt(end);
        return new Location(name, line, start - lineStarts[line - 1] + 1, endLine, end - lineStarts[endLine - 1] + 1);
    }

    private int lineAt(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    @Override
    public String toString() {
        return name;
    }

    /** What reports may quote of it; found once, since many reports ask. */
    public PublicText publicText(Function<SourceFile, PublicText> finder) {
        PublicText known = shown == null ? finder.apply(this) : shown;
        shown = known;
        return known;
    }
}
