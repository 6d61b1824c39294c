// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.observe.WrittenPlaces.FileProbe;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Asks an engine for the beginning of a copy of each path: it works without any program in the image. */
final class CopiedEntries implements FileProbe {

    private static final int BLOCK = 512;

    /** The header of an entry comes behind headers that say more about it. */
    private static final int MAX_BLOCKS = 16;

    /** Each answer is a process, of which a busy machine starts a dozen a second. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Of a directory with more, the first files are looked at. */
    private static final int MAX_LISTING = 4 << 20;

    private final Engine engine;
    private final String container;
    private final Map<ContainerPath, Entry> known = new HashMap<>();
    private long spent;

    /** Of a container that was created, and need not run. */
    CopiedEntries(Engine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    @Override
    public Entry at(ContainerPath path) {
        Entry before = known.get(path);
        if (before != null || spent > PATIENCE.toNanos()) {
            return before == null ? Entry.UNKNOWN : before;
        }
        long begin = System.nanoTime();
        Entry now = entry(copied(MAX_BLOCKS * BLOCK, path));
        spent += System.nanoTime() - begin;
        known.put(path, now);
        return now;
    }

    /** Who owns what was written below a directory since a time; empty if nothing was. */
    Set<Long> owners(ContainerPath directory, Instant since) {
        return owners(copied(MAX_LISTING, directory), since.getEpochSecond());
    }

    private byte[] copied(int bytes, ContainerPath path) {
        return engine.head(bytes, List.of("cp", container + ":" + path, "-"));
    }

    /** The same of what a tar archive has below its first entry. */
    static Set<Long> owners(byte[] archive, long since) {
        Set<Long> owners = new TreeSet<>();
        entries(archive)
                .skip(1)
                .filter(at -> number(archive, at + 136, 12) >= since)
                .forEach(at -> owners.add(number(archive, at + 108, 8)));
        return owners;
    }

    /** The first entry of a tar archive. */
    static Entry entry(byte[] archive) {
        return entries(archive)
                .mapToObj(at -> switch (archive[at + 156]) {
                    case '5' -> new Entry(EntryKind.DIRECTORY, "");
                    case '1', '2' -> new Entry(EntryKind.SYMLINK, text(archive, at + 157, 100));
                    default -> new Entry(EntryKind.FILE, "");
                })
                .findFirst()
                .orElse(Entry.MISSING);
    }

    /** The places of the headers of its entries, without those that say more about the next one. */
    private static IntStream entries(byte[] archive) {
        return IntStream.iterate(
                        0,
                        at -> at + BLOCK <= archive.length && (archive[at] != 0 || archive[at + 156] != 0),
                        at -> (int) Math.min(
                                at + BLOCK + (number(archive, at + 124, 12) + BLOCK - 1) / BLOCK * BLOCK,
                                archive.length))
                .filter(at -> "xgLK".indexOf(archive[at + 156]) < 0);
    }

    /** A number of a header; a larger one than there is if it is not written in the usual way. */
    private static long number(byte[] archive, int at, int length) {
        String octal = text(archive, at, length).strip();
        return octal.matches("[0-7]{1,12}") ? Long.parseLong(octal, 8) : Long.MAX_VALUE / 2;
    }

    private static String text(byte[] archive, int at, int length) {
        int end = at;
        while (end < at + length && archive[end] != 0) {
            end++;
        }
        return new String(archive, at, end - at, StandardCharsets.UTF_8);
    }
}
