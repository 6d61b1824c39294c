// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import io.github.readonlyrootfs.archive.PackedFiles.Entry;
import io.github.readonlyrootfs.archive.PackedFiles.Kind;
import io.github.readonlyrootfs.archive.PackedFiles.Owner;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar file: POSIX's ustar with extended headers, and GNU's long names.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax</a>
 */
final class TarReader {

    private static final int BLOCK = 512;

    /** No name or extended header of a real file is longer. */
    private static final int MOST_HEADER = 1 << 20;

    private final InputStream in;
    private final PackedFiles.Texts texts;
    private long left = PackedFiles.MOST_BYTES;

    /** What extended headers say of the next entry. */
    private final Map<String, String> extended = new HashMap<>();

    TarReader(InputStream in, PackedFiles.Texts texts) {
        this.in = in;
        this.texts = texts;
    }

    /** The entries; empty if there are too many, or a kind of entry is not known. */
    Optional<List<Entry>> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return Optional.of(entries);
            }
            String longer = extended.get("size");
            long size = longer != null ? decimal(longer) : number(header, 124, 12);
            if (size < 0 || size > left - BLOCK || entries.size() == PackedFiles.MOST_ENTRIES) {
                return Optional.empty();
            }
            left -= size + BLOCK;
            char type = (char) header[156];
            if (type == 'x' || type == 'g' || type == 'L' || type == 'K') {
                extend(type, size);
                continue;
            }
            Optional<Kind> kind = kind(type, text(header, 0, 100));
            Optional<String> name = PackedFiles.relative(name(header));
            if (kind.isEmpty() || name.isEmpty()) {
                return Optional.empty();
            }
            boolean isLink = kind.get() == Kind.SYMLINK || kind.get() == Kind.LINK;
            long content = isLink ? 0 : size;
            Optional<String> text = Optional.empty();
            if (kind.get() == Kind.FILE && texts.wants(content)) {
                text = texts.of(bytes((int) content));
            } else {
                in.skipNBytes(padded(content));
            }
            entries.add(new Entry(
                    name.get(),
                    kind.get(),
                    (int) number(header, 100, 8) & 07777,
                    owner(header),
                    isLink ? target(kind.get(), header) : "",
                    text));
            extended.clear();
        }
    }

    private void extend(char type, long size) throws IOException {
        if (size > MOST_HEADER) {
            throw new IOException("a header of " + size + " bytes");
        }
        byte[] content = bytes((int) size);
        if (type == 'x') {
            parse(content);
        } else if (type != 'g') {
            extended.put(type == 'L' ? "path" : "linkpath", text(content, 0, content.length));
        }
    }

    /** Each record is its length, a blank, a key, an equals sign, a value and a line feed. */
    private void parse(byte[] records) throws IOException {
        int at = 0;
        while (at < records.length && records[at] != 0) {
            int blank = at;
            int length = 0;
            while (blank < records.length && records[blank] != ' ') {
                length = length * 10 + records[blank++] - '0';
            }
            if (length < blank - at + 2 || length > records.length - at) {
                throw new IOException("an extended header is broken");
            }
            String record = new String(records, blank + 1, at + length - blank - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                extended.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at += length;
        }
    }

    private byte[] bytes(int size) throws IOException {
        byte[] content = in.readNBytes(size);
        if (content.length < size) {
            throw new EOFException("the file ends too early");
        }
        in.skipNBytes(padded(size) - size);
        return content;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static Optional<Kind> kind(char type, String name) {
        return switch (type) {
            case '0', '\0', '7' -> Optional.of(name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE);
            case '1' -> Optional.of(Kind.LINK);
            case '2' -> Optional.of(Kind.SYMLINK);
            case '5' -> Optional.of(Kind.DIRECTORY);
            default -> Optional.empty();
        };
    }

    /** A symbolic link may lead anywhere, a hard link to an entry. */
    private String target(Kind kind, byte[] header) {
        String target = extended.getOrDefault("linkpath", text(header, 157, 100));
        return kind == Kind.LINK ? PackedFiles.relative(target).orElse("") : target;
    }

    private String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean prefixed = text(header, 257, 6).equals("ustar") && header[345] != 0;
        return extended.getOrDefault("path", prefixed ? text(header, 345, 155) + "/" + name : name);
    }

    private Owner owner(byte[] header) throws IOException {
        return new Owner(
                (int) number("uid", header, 108),
                (int) number("gid", header, 116),
                extended.getOrDefault("uname", text(header, 265, 32)),
                extended.getOrDefault("gname", text(header, 297, 32)));
    }

    private long number(String key, byte[] header, int at) throws IOException {
        String given = extended.get(key);
        return given != null ? decimal(given) : number(header, at, 8);
    }

    private static long decimal(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(e);
        }
    }

    /** An octal number, or with the first bit set a binary one. */
    private static long number(byte[] header, int at, int length) {
        long number = header[at] < 0 ? header[at] & 0x3f : 0;
        for (int i = at + (header[at] < 0 ? 1 : 0); i < at + length; i++) {
            if (header[at] < 0) {
                number = number << 8 | (header[i] & 0xff);
            } else if (header[i] >= '0' && header[i] <= '7') {
                number = number << 3 | (header[i] - '0');
            }
        }
        return number;
    }

    private static String text(byte[] bytes, int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }
}
