// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The entries of a tar file, which may be compressed by gzip, or of a zip file.
 *
 * @param entries in their order
 */
public record PackedFiles(List<Entry> entries) {

    public static final int MOST_ENTRIES = 20_000;

    /** How much is unpacked of a compressed tar file, and of it kept. */
    static final long MOST_BYTES = 256L << 20;

    private static final int MOST_TEXT = 16 << 20;

    /** Larger files are neither scripts nor settings that a person wrote. */
    private static final int LARGEST_TEXT = 256 * 1024;

    private static final List<String> TARS = List.of(".tar", ".tar.gz", ".tgz");

    private static final int TYPE_BITS = 0170000;
    private static final int SYMLINK = 0120000;

    public PackedFiles {
        entries = List.copyOf(entries);
    }

    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        /** Another name of a file before it. */
        LINK,
        /** Something that only the build knows which makes it. */
        UNKNOWN
    }

    /**
     * An entry.
     *
     * @param name relative, without dots; empty for the directory itself
     * @param mode negative if unknown
     * @param target of a link
     * @param text of a small file
     */
    public record Entry(String name, Kind kind, int mode, Owner owner, String target, Optional<String> text) {}

    /**
     * An owner in a tar file.
     *
     * @param user empty without a name
     */
    public record Owner(int uid, int gid, String user, String group) {

        public static final Owner NONE = new Owner(-1, -1, "", "");

        /** Whether the archive has one. */
        public boolean isKnown() {
            return uid >= 0;
        }
    }

    /** The entries of a file; empty if it is no such archive, has too much in it, or has names that lead out of it. */
    public static Optional<PackedFiles> read(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".zip")) {
                return ofZip(file);
            }
            for (String end : TARS) {
                if (name.endsWith(end)) {
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                            InputStream unpacked = end.equals(".tar") ? in : new GZIPInputStream(in, 1 << 16)) {
                        return new TarReader(unpacked, new Texts()).read().map(PackedFiles::new);
                    }
                }
            }
        } catch (IOException | UnreadableArchiveException | IllegalArgumentException e) {
            // The build of the image fails, or reads it otherwise.
        }
        return Optional.empty();
    }

    private static Optional<PackedFiles> ofZip(Path file) throws IOException, UnreadableArchiveException {
        Map<String, Integer> modes;
        try (FileChannel channel = FileChannel.open(file)) {
            modes = new CentralDirectory(channel).modes(MOST_ENTRIES);
        }
        List<Entry> entries = new ArrayList<>();
        Texts texts = new Texts();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Map.Entry<String, Integer> listed : modes.entrySet()) {
                Optional<String> name = relative(listed.getKey());
                ZipEntry entry = zip.getEntry(listed.getKey());
                if (name.isEmpty() || entry == null) {
                    return Optional.empty();
                }
                int mode = listed.getValue();
                boolean isLink = mode >= 0 && (mode & TYPE_BITS) == SYMLINK;
                Optional<String> text = Optional.empty();
                if (!entry.isDirectory() && texts.wants(entry.getSize())) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        text = texts.of(in.readNBytes(LARGEST_TEXT));
                    }
                }
                entries.add(new Entry(
                        name.get(),
                        entry.isDirectory() ? Kind.DIRECTORY : isLink ? Kind.SYMLINK : Kind.FILE,
                        mode < 0 ? mode : mode & 07777,
                        Owner.NONE,
                        isLink ? text.orElse("") : "",
                        text));
            }
        }
        return Optional.of(new PackedFiles(entries));
    }

    /** A name without dots and slashes around it; empty for one that leads out of the archive. */
    static Optional<String> relative(String name) {
        List<String> segments = new ArrayList<>();
        for (String segment : name.split("/", -1)) {
            if (segment.equals("..")) {
                return Optional.empty();
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return Optional.of(String.join("/", segments));
    }

    /** The contents of small files, up to a limit for all of them. */
    public static final class Texts {

        private int left = MOST_TEXT;

        /** Whether a file is small enough to be read. */
        boolean wants(long size) {
            return size >= 0 && size <= Math.min(LARGEST_TEXT, left);
        }

        /** The text of a file; empty if it is no text, too large, or cannot be read. */
        public Optional<String> of(Path file) {
            try {
                return wants(Files.size(file)) ? of(Files.readAllBytes(file)) : Optional.empty();
            } catch (IOException e) {
                // What copies it reports that.
                return Optional.empty();
            }
        }

        /** The text of a file; empty if it is no text. */
        Optional<String> of(byte[] content) {
            for (byte one : content) {
                if (one == 0) {
                    return Optional.empty();
                }
            }
            left -= content.length;
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        }
    }
}
