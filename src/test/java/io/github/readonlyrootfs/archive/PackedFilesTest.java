// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFilesTest {

    private static final int BLOCK = 512;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    private PackedFilesTest add(char type, String name, String content) throws IOException {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000750");
        put(header, 108, "0001750");
        put(header, 116, "0000144");
        put(header, 124, "%011o".formatted(content.getBytes(UTF_8).length));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 265, "app");
        tar.write(header);
        byte[] bytes = content.getBytes(UTF_8);
        tar.write(Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK));
        return this;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private Optional<List<String>> read(String name) throws IOException {
        Path file = directory.resolve(name);
        if (name.endsWith("gz")) {
            try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(tar.toByteArray());
            }
        } else {
            Files.write(file, tar.toByteArray());
        }
        return PackedFiles.read(file)
                .map(files -> files.entries().stream()
                        .map(entry -> entry.kind() + " " + entry.name() + " " + Integer.toOctalString(entry.mode())
                                + " "
                                + entry.owner().uid() + ":" + entry.owner().gid() + " "
                                + entry.owner().user()
                                + entry.text().map(text -> " " + text).orElse(""))
                        .toList());
    }

    @Test
    void aTarFileHasNamesModesOwnersAndTexts() throws IOException {
        add('5', "./app/", "").add('0', "./app/run.sh", "exec java");

        assertThat(read("a.tgz").orElseThrow())
                .containsExactly("DIRECTORY app 750 1000:100 app", "FILE app/run.sh 750 1000:100 app exec java");
    }

    @Test
    void longNamesAreInEntriesOfTheirOwn() throws IOException {
        String name = "d/".repeat(80) + "f";
        String record = " path=" + name + "\n";
        int length = record.length() + 3;
        add('x', "PaxHeaders/f", length + record).add('0', "short", "1").add('L', "././@LongLink", name + "\0");
        add('0', "other", "2");

        assertThat(read("a.tar").orElseThrow())
                .containsExactly("FILE " + name + " 750 1000:100 app 1", "FILE " + name + " 750 1000:100 app 2");
    }

    @Test
    void binaryFilesHaveNoText() throws IOException {
        assertThat(add('0', "a.jar", "PK\0").read("a.tar").orElseThrow())
                .containsExactly("FILE a.jar 750 1000:100 app");
    }

    @Test
    void aFileThatLeadsOutOfTheArchiveMakesItUnknown() throws IOException {
        assertThat(add('0', "../etc/passwd", "x").read("a.tar")).isEmpty();
    }

    @Test
    void devicesMakeAnArchiveUnknown() throws IOException {
        assertThat(add('3', "null", "").read("a.tar")).isEmpty();
    }

    @Test
    void moreEntriesThanTheLimitMakeAnArchiveUnknown() throws IOException {
        for (int i = 0; i <= PackedFiles.MOST_ENTRIES; i++) {
            add('5', "d" + i, "");
        }

        assertThat(read("a.tar.gz")).isEmpty();
    }

    @Test
    void aHugeFileInASmallArchiveIsNotUnpacked() throws IOException {
        add('0', "zeros", "");
        byte[] archive = tar.toByteArray();
        put(archive, 124, "%011o".formatted(PackedFiles.MOST_BYTES));
        tar.reset();
        tar.write(archive);

        assertThat(read("a.tar")).isEmpty();
    }

    @Test
    void aSizeBeyondTheLimitOfNumbersMakesAnArchiveUnknown() throws IOException {
        add('x', "PaxHeaders/f", "28 size=9223372036854775807\n").add('0', "f", "1");

        assertThat(read("a.tar")).isEmpty();
    }

    @Test
    void anExtendedHeaderWithoutARecordMakesAnArchiveUnknown() throws IOException {
        assertThat(add('x', "PaxHeaders/f", "2 ").add('0', "f", "1").read("a.tar"))
                .isEmpty();
    }

    @Test
    void damagedArchivesAreUnknownOrReadInPart() throws IOException {
        add('x', "h", "12 path=abc\n").add('0', "f", "text").add('2', "l", "");
        byte[] good = tar.toByteArray();
        for (int i = 0; i < good.length; i += 3) {
            tar.reset();
            byte[] bad = good.clone();
            bad[i] ^= (byte) 0x95;
            tar.write(bad, 0, i % 2 == 0 ? bad.length : i);
            assertThat(read("a.tar")).isNotNull();
        }
    }

    @Test
    void aZipFileThatNoUnixMadeHasNoModes() throws IOException {
        Path file = directory.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("bin/"));
            out.putNextEntry(new ZipEntry("bin/run"));
            out.write("exec x".getBytes(UTF_8));
        }

        assertThat(PackedFiles.read(file).orElseThrow().entries())
                .extracting(PackedFiles.Entry::name, PackedFiles.Entry::mode, PackedFiles.Entry::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("bin", -1, Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("bin/run", -1, Optional.of("exec x")));
    }

    @Test
    void aLinkInAZipFileIsALink() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("logs"));
            out.write("/var/log/app".getBytes(UTF_8));
        }
        byte[] bytes = zip.toByteArray();
        int listed = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        bytes[listed + 5] = 3;
        bytes[listed + 40] = (byte) 0777;
        bytes[listed + 41] = (byte) (0120777 >> 8);
        Path file = Files.write(directory.resolve("a.zip"), bytes);

        assertThat(PackedFiles.read(file).orElseThrow().entries())
                .extracting(PackedFiles.Entry::kind, PackedFiles.Entry::target)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(PackedFiles.Kind.SYMLINK, "/var/log/app"));
    }
}
