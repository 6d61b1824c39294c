// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.observe.WrittenPlaces.FileProbe.Entry;
import io.github.readonlyrootfs.source.EntryKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The beginning of a tar archive. */
class CopiedEntriesTest {

    private static byte[] header(char type, String target, int size) {
        byte[] block = new byte[512];
        put(block, 0, "name");
        put(block, 124, String.format("%011o", size));
        block[156] = (byte) type;
        put(block, 157, target);
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    @Test
    void itsFirstEntryIsADirectoryAFileOrALink() {
        assertThat(CopiedEntries.entry(header('5', "", 0))).isEqualTo(new Entry(EntryKind.DIRECTORY, ""));
        assertThat(CopiedEntries.entry(header('0', "", 7))).isEqualTo(new Entry(EntryKind.FILE, ""));
        assertThat(CopiedEntries.entry(header('2', "/run", 0))).isEqualTo(new Entry(EntryKind.SYMLINK, "/run"));
    }

    @Test
    void headersThatSayMoreAboutItArePassed() {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(header('x', "", 600));
        archive.writeBytes(new byte[1024]);
        archive.writeBytes(header('5', "", 0));

        assertThat(CopiedEntries.entry(archive.toByteArray())).isEqualTo(new Entry(EntryKind.DIRECTORY, ""));
    }

    @Test
    void theOwnersOfWhatWasWrittenSinceATimeAreThoseOfItsEntriesBelowTheFirst() {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(entry('5', 0, 99, 0));
        archive.writeBytes(entry('0', 7, 20, 3));
        archive.writeBytes(new byte[512]);
        archive.writeBytes(entry('x', 33, 99, 3));
        archive.writeBytes(new byte[512]);
        archive.writeBytes(entry('0', 33, 50, 0));
        archive.writeBytes(new byte[1024]);

        assertThat(CopiedEntries.owners(archive.toByteArray(), 30)).containsExactly(33L);
        assertThat(CopiedEntries.owners(archive.toByteArray(), 60)).isEmpty();
        assertThat(CopiedEntries.owners(new byte[0], 0)).isEmpty();
    }

    private static byte[] entry(char type, int owner, int time, int size) {
        byte[] block = header(type, "", size);
        put(block, 108, String.format("%07o", owner));
        put(block, 136, String.format("%011o", time));
        return block;
    }

    @Test
    void whatIsNoArchiveIsMissing() {
        assertThat(CopiedEntries.entry(new byte[0])).isEqualTo(Entry.MISSING);
        assertThat(CopiedEntries.entry(Arrays.copyOf(header('5', "", 0), 400))).isEqualTo(Entry.MISSING);
        byte[] endless = header('x', "", 0);
        put(endless, 124, "77777777777");
        assertThat(CopiedEntries.entry(endless)).isEqualTo(Entry.MISSING);
    }
}
