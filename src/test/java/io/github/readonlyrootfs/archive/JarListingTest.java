// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarListingTest {

    private static final String SNAPPY = "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so";

    @TempDir
    private Path directory;

    private static List<String> libraries(Path jar) throws UnreadableArchiveException {
        return JarListing.of(jar).libraries();
    }

    @Test
    void filesThatMayConfigureAnApplicationAreListed() throws Exception {
        assertThat(JarListing.of(TestZip.of(
                                        "META-INF/MANIFEST.MF",
                                        "META-INF/maven/g/a/pom.properties",
                                        "META-INF/microprofile-config.properties",
                                        "a/B.class",
                                        "logback.xml",
                                        SNAPPY,
                                        "config/application.yml",
                                        "a/xml")
                                .in(directory))
                        .configurations())
                .containsExactly("META-INF/microprofile-config.properties", "logback.xml", "config/application.yml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SNAPPY,
                "com/sun/jna/linux-x86-64/libjnidispatch.so",
                "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
                "META-INF/native/linux64/libleveldbjni.so",
                "librocksdbjni-linux64-musl.so",
                "libduckdb_java.so_linux_amd64",
                "lib/libcrypto.so.1.1",
                "linux/amd64/libzstd-jni-1.5.6-8.so"
            })
    void aSharedLibraryForLinuxIsFound(String entry) throws Exception {
        assertThat(libraries(
                        TestZip.of("META-INF/MANIFEST.MF", entry, "a/B.class").in(directory)))
                .containsExactly(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com/sun/jna/freebsd-x86-64/libjnidispatch.so",
                "com/sun/jna/sunos-x86-64/libjnidispatch.so",
                "com/sun/jna/aix-ppc64/libjnidispatch.a",
                "org/xerial/snappy/native/FreeBSD/x86_64/libsnappyjava.so",
                "lib/arm64-v8a/libx.so",
                "lib/armeabi/libx.so",
                "org/sqlite/native/Linux-Android/aarch64/libsqlitejdbc.so",
                "META-INF/native/libnetty_transport_native_kqueue_x86_64.jnilib",
                "win/amd64/x.dll",
                "a/library.sources",
                "a/x.software.Social.class",
                "a.so/README",
                "a/.sorted"
            })
    void otherFilesAreNotSharedLibraries(String entry) throws Exception {
        assertThat(libraries(TestZip.of("META-INF/MANIFEST.MF", entry).in(directory)))
                .isEmpty();
    }

    @Test
    void anEmptyZipFileHasNoEntries() throws Exception {
        assertThat(libraries(new TestZip().in(directory))).isEmpty();
    }

    @Test
    void aCommentAtTheEndDoesNotHideTheList() throws Exception {
        assertThat(libraries(TestZip.of(SNAPPY).comment("x".repeat(5000)).in(directory)))
                .containsExactly(SNAPPY);
    }

    @Test
    void aScriptBeforeTheFirstEntryDoesNotShiftTheList() throws Exception {
        ByteArrayOutputStream executable = new ByteArrayOutputStream();
        executable.writeBytes("#!/bin/sh\nexec java -jar $0\n".getBytes(StandardCharsets.UTF_8));
        executable.writeBytes(TestZip.of(SNAPPY).bytes());

        assertThat(libraries(file(executable.toByteArray()))).containsExactly(SNAPPY);
    }

    @Test
    void archivesWithMoreThan65535EntriesAreRead() throws Exception {
        TestZip zip = new TestZip();
        for (int i = 0; i < 70_000; i++) {
            zip.stored("a/B" + i + ".class", new byte[0]);
        }
        assertThat(libraries(zip.stored(SNAPPY, new byte[0]).in(directory))).containsExactly(SNAPPY);
    }

    @Test
    void aFileThatIsNotAZipFileIsReported() throws Exception {
        assertUnreadable(file("<html>404</html>".getBytes(StandardCharsets.UTF_8)), "it is not a zip file");
        assertUnreadable(file(new byte[0]), "it is not a zip file");
        assertUnreadable(directory.resolve("missing.jar"), "there is no such file");
    }

    @Test
    void aPartialDownloadIsReportedAsDamaged() throws Exception {
        byte[] whole = TestZip.of(SNAPPY, "a/B.class").bytes();
        assertUnreadable(file(Arrays.copyOf(whole, whole.length - 30)), "it is not a zip file");
        assertUnreadable(
                file(Arrays.copyOfRange(whole, 120, whole.length)), "its list of entries is not where its end says");
    }

    @Test
    void aListOfEntriesThatIsTooLargeIsNotRead() throws Exception {
        byte[] end = new byte[22];
        ByteBuffer.wrap(end)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 0x06054b50)
                .putInt(12, 0x7fffffff);
        assertUnreadable(file(end), "its list of entries has more than 64 MB");
    }

    @Test
    void anArchiveWithTooManyLibrariesIsNotRead() throws Exception {
        assertUnreadable(TestZip.listing(directory, 900_000, i -> i + ".so"), "it has more than 3000 libraries");
    }

    @Test
    void aJarThatWasChangedIsListedAgain() throws Exception {
        Path jar = TestZip.of("a/B.class").in(directory);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
        assertThat(libraries(jar)).isEmpty();

        Files.write(jar, TestZip.of(SNAPPY).bytes());

        assertThat(libraries(jar)).containsExactly(SNAPPY);
    }

    @Test
    void everyErrorInAJarHasAMessage() throws Exception {
        byte[] good = TestZip.of(SNAPPY, "a/B.class").comment("c").bytes();
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                // The end of the file is read.
                bad[Math.max(0, bad.length - 1 - random.nextInt(150))] =
                        List.of((byte) 0, (byte) 0xff, (byte) random.nextInt()).get(random.nextInt(3));
            }
            Path jar = file(bad);
            try {
                assertThat(libraries(jar)).hasSizeLessThanOrEqualTo(1);
            } catch (UnreadableArchiveException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            Files.delete(jar);
        }
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(directory, "test", ".jar"), content);
    }

    private static void assertUnreadable(Path jar, String message) {
        assertThatExceptionOfType(UnreadableArchiveException.class)
                .isThrownBy(() -> libraries(jar))
                .withMessage(message);
    }
}
