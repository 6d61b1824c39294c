// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The list of entries at the end of a zip file (PKWARE's APPNOTE, 4.3.12 to 4.3.16). Nothing is unpacked, so a zip bomb
 * costs no more than its list of names. {@code java.util.zip.ZipFile} reads the same list, but makes an index of it
 * first: for the 300 jars of a large project that takes three times as long.
 */
final class CentralDirectory {

    /** The limit for a list: those of jars with tens of thousands of classes have a few MB. */
    private static final int MOST_BYTES = 64 << 20;

    /** More libraries than any application has. */
    private static final int MOST_LIBRARIES = 3_000;

    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_LOCATOR_SIZE = 20;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_END_SIZE = 56;
    private static final int HEADER_SIZE = 46;
    /** The system that made an entry. */
    private static final int UNIX = 3;

    private static final String MISPLACED = "its list of entries is not where its end says";

    /** Comments are rare: the end record is usually in the last few bytes. */
    private static final int FIRST_LOOK = 1024;

    private final FileChannel channel;
    private final long length;

    CentralDirectory(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
    }

    /** The entries that a predicate selects, in their order. It is not asked about classes, which most entries are. */
    List<String> libraries(Predicate<String> isOne) throws IOException, UnreadableArchiveException {
        byte[] list = list(end());
        List<String> libraries = new ArrayList<>();
        for (int at = nextFile(list, 0); at + HEADER_SIZE <= list.length; at = nextFile(list, next(list, at))) {
            String name = new String(list, at + HEADER_SIZE, uint16(list, at + 28), StandardCharsets.UTF_8);
            if (isOne.test(name)) {
                if (libraries.size() == MOST_LIBRARIES) {
                    throw new UnreadableArchiveException("it has more than " + MOST_LIBRARIES + " libraries");
                }
                libraries.add(name);
            }
        }
        return libraries;
    }

    private byte[] list(End end) throws IOException, UnreadableArchiveException {
        if (end.size < 0 || end.offset < 0) {
            throw new UnreadableArchiveException(MISPLACED);
        }
        if (end.size > MOST_BYTES) {
            throw new UnreadableArchiveException("its list of entries has more than " + (MOST_BYTES >> 20) + " MB");
        }
        return bytes(end.offset + shift(end), (int) end.size);
    }

    /** Something may precede the first entry, such as the script of an executable jar; the offsets may not include it. */
    private static long shift(End end) throws UnreadableArchiveException {
        long shift = end.position - end.size - end.offset;
        if (shift < 0) {
            throw new UnreadableArchiveException(MISPLACED);
        }
        return shift;
    }

    /** The POSIX types and modes of all entries; negative where a system without them made the archive. */
    Map<String, Integer> modes(int most) throws IOException, UnreadableArchiveException {
        byte[] list = list(end());
        Map<String, Integer> modes = new LinkedHashMap<>();
        for (int at = 0; at + HEADER_SIZE <= list.length; at = next(list, at)) {
            int length = uint16(list, at + 28);
            if (modes.size() == most || at + HEADER_SIZE + length > list.length) {
                throw new UnreadableArchiveException("it has more than " + most + " entries, or its list is broken");
            }
            boolean unix = list[at + 5] == UNIX;
            modes.put(
                    new String(list, at + HEADER_SIZE, length, StandardCharsets.UTF_8),
                    unix ? (int) (uint32(list, at + 38) >>> 16) : -1);
        }
        return modes;
    }

    /**
     * The next entry that is neither a class nor a directory, from an entry on; the end of the list if there is none. An
     * application has ten thousands of classes. A JVM that has just started interprets this with the fewest calls, and
     * compiles it early, because it is called often.
     */
    private static int nextFile(byte[] list, int from) throws UnreadableArchiveException {
        int at = from;
        while (at + HEADER_SIZE <= list.length) {
            int nameLength = (list[at + 28] & 0xff) | (list[at + 29] & 0xff) << 8;
            int extraLength = (list[at + 30] & 0xff) | (list[at + 31] & 0xff) << 8;
            int commentLength = (list[at + 32] & 0xff) | (list[at + 33] & 0xff) << 8;
            int nameEnd = at + HEADER_SIZE + nameLength;
            int next = nameEnd + extraLength + commentLength;
            boolean isHeader = list[at] == 'P' && list[at + 1] == 'K' && list[at + 2] == 1 && list[at + 3] == 2;
            if (!isHeader || next > list.length) {
                throw new UnreadableArchiveException("its list of entries is broken");
            }
            boolean isClass = list[nameEnd - 1] == 's'
                    && list[nameEnd - 2] == 's'
                    && list[nameEnd - 3] == 'a'
                    && list[nameEnd - 4] == 'l'
                    && list[nameEnd - 5] == 'c'
                    && list[nameEnd - 6] == '.';
            if (!isClass && list[nameEnd - 1] != '/') {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** Where the entry after one begins. */
    private static int next(byte[] list, int at) {
        return at + HEADER_SIZE + uint16(list, at + 28) + uint16(list, at + 30) + uint16(list, at + 32);
    }

    /** Where the list ends, and the size and beginning that the record there has. */
    private record End(long position, long size, long offset) {}

    private End end() throws IOException, UnreadableArchiveException {
        Optional<End> near = findEnd(FIRST_LOOK);
        Optional<End> end = near.isPresent() ? near : findEnd(END_SIZE + LONGEST_COMMENT);
        if (end.isEmpty()) {
            throw new UnreadableArchiveException("it is not a zip file");
        }
        return end.get();
    }

    /** What the record at the end of the list says. */
    private End end(byte[] bytes, int at, long position) throws IOException {
        int entries = uint16(bytes, at + 10);
        long size = uint32(bytes, at + 12);
        long offset = uint32(bytes, at + 16);
        boolean is64 = entries == 0xffff || size == 0xffffffffL || offset == 0xffffffffL;
        if (is64 && position >= ZIP64_LOCATOR_SIZE) {
            byte[] locator = bytes(position - ZIP64_LOCATOR_SIZE, ZIP64_LOCATOR_SIZE);
            long there = int64(locator, 8);
            if (int32(locator, 0) == ZIP64_LOCATOR && there >= 0 && there <= length - ZIP64_END_SIZE) {
                byte[] end64 = bytes(there, ZIP64_END_SIZE);
                if (int32(end64, 0) == ZIP64_END) {
                    return new End(there, int64(end64, 40), int64(end64, 48));
                }
            }
        }
        return new End(position, size, offset);
    }

    /** Searches backwards; empty if it is not in that many bytes. */
    private Optional<End> findEnd(int window) throws IOException {
        int size = (int) Math.min(length, window);
        long from = length - size;
        byte[] tail = bytes(from, size);
        for (int at = size - END_SIZE; at >= 0; at--) {
            if (int32(tail, at) == END && at + END_SIZE + uint16(tail, at + 20) <= size) {
                return Optional.of(end(tail, at, from + at));
            }
        }
        return Optional.empty();
    }

    private byte[] bytes(long position, int size) throws IOException {
        if (position < 0 || position + size > length) {
            throw new EOFException("the file ends too early");
        }
        byte[] bytes = new byte[size];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("the file ends too early");
            }
        }
        return bytes;
    }

    // Reads little endian numbers without a ByteBuffer, which needs ten calls for one: a JVM that has just started
    // interprets them.

    private static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    private static int int32(byte[] bytes, int at) {
        return uint16(bytes, at) | uint16(bytes, at + 2) << 16;
    }

    private static long uint32(byte[] bytes, int at) {
        return Integer.toUnsignedLong(int32(bytes, at));
    }

    private static long int64(byte[] bytes, int at) {
        return uint32(bytes, at) | uint32(bytes, at + 4) << 32;
    }
}
