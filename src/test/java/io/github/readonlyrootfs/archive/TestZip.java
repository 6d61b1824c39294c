// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Creates zip files. */
final class TestZip {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    static TestZip of(String... names) {
        TestZip zip = new TestZip();
        for (String name : names) {
            zip.add(name);
        }
        return zip;
    }

    TestZip add(String name) {
        return compressed(name, name.getBytes(StandardCharsets.UTF_8));
    }

    TestZip compressed(String name, byte[] content) {
        return put(new ZipEntry(name), content);
    }

    TestZip stored(String name, byte[] content) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        return put(entry, content);
    }

    private TestZip put(ZipEntry entry, byte[] content) {
        try {
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with only a list of entries, longer than in real files. */
    static Path listing(Path directory, int entries, IntFunction<String> name) throws IOException {
        Path file = Files.createTempFile(directory, "list", ".jar");
        ByteBuffer record = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            int size = 0;
            for (int i = 0; i < entries; i++) {
                byte[] written = name.apply(i).getBytes(StandardCharsets.UTF_8);
                record.clear()
                        .putInt(0x02014b50)
                        .position(28)
                        .putShort((short) written.length)
                        .position(46)
                        .put(written);
                out.write(record.array(), 0, record.position());
                size += record.position();
                Arrays.fill(record.array(), (byte) 0);
            }
            record.clear().putInt(0x06054b50).position(12).putInt(size).putInt(0);
            out.write(record.array(), 0, 22);
        }
        return file;
    }

    TestZip comment(String text) {
        zip.setComment(text);
        return this;
    }

    byte[] bytes() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path in(Path directory) throws IOException {
        return Files.write(Files.createTempFile(directory, "test", ".jar"), bytes());
    }
}
