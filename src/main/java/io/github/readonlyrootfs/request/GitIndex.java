// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of the files that Git tracks: one file has them all, where a walk through the directories asks the system for each.
 *
 * @see <a href="https://git-scm.com/docs/index-format">the format</a>
 */
final class GitIndex {

    private static final int SIGNATURE = 0x44495243; // DIRC
    private static final int SPLIT = 0x6c696e6b; // link
    private static final int HEADER = 12;
    private static final int MODE = 24;
    private static final int FLAGS = 60;
    private static final int NAME = 62;
    private static final int REGULAR_FILE = 0b1000;
    private static final int EXTENDED = 0x4000;
    private static final int LENGTH = 0xfff;
    private static final int CHECKSUM = 20;
    private static final String LINK = "gitdir: ";

    private GitIndex() {}

    /**
     * The regular files of a work tree, as paths relative to its top; empty where there is no index, or one of another kind: the
     * names of version 4 are compressed, a split index has them elsewhere, and the hashes of SHA-256 are longer.
     */
    static Optional<List<String>> files(Path top) {
        try {
            Path git = top.resolve(".git");
            if (Files.isRegularFile(git)) {
                String link = Files.readString(git).strip();
                git = top.resolve(link.startsWith(LINK) ? link.substring(LINK.length()) : "");
            }
            return files(Files.readAllBytes(git.resolve("index")));
        } catch (IOException | InvalidPathException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> files(byte[] bytes) {
        ByteBuffer index = ByteBuffer.wrap(bytes);
        int version = index.getInt(Integer.BYTES);
        if (index.getInt(0) != SIGNATURE || version < 2 || version > 3) {
            return Optional.empty();
        }
        List<String> files = new ArrayList<>();
        int at = HEADER;
        for (int left = index.getInt(2 * Integer.BYTES); left > 0; left--) {
            int flags = index.getShort(at + FLAGS);
            int name = at + NAME + ((flags & EXTENDED) == 0 ? 0 : Short.BYTES);
            int end = name + (flags & LENGTH);
            while ((flags & LENGTH) == LENGTH && index.get(end) != 0) {
                end++;
            }
            if (index.get(end) != 0 || end == name || index.get(end - 1) == 0) {
                return Optional.empty();
            }
            if (index.getInt(at + MODE) >>> 12 == REGULAR_FILE) {
                files.add(new String(bytes, name, end - name, StandardCharsets.UTF_8));
            }
            // One to eight zeros end an entry at a multiple of eight.
            at += (end - at + Long.BYTES) / Long.BYTES * Long.BYTES;
        }
        while (at < index.limit() - CHECKSUM) {
            int size = index.getInt(at + Integer.BYTES);
            if (index.getInt(at) == SPLIT || size < 0) {
                return Optional.empty();
            }
            at += 2 * Integer.BYTES + size;
        }
        return Optional.of(files);
    }
}
