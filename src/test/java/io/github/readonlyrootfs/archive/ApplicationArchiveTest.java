// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.archive.ApplicationArchive.PackedLibrary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationArchiveTest {

    private static final String SNAPPY = "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so";

    @TempDir
    private Path directory;

    @Test
    void uncompressedLibrariesOfSpringBootAreListed() throws Exception {
        byte[] tomcat = TestZip.of("META-INF/maven/org.apache.tomcat.embed/tomcat-embed-core/pom.properties")
                .bytes();
        byte[] snappy = TestZip.of(SNAPPY).bytes();
        Path jar = TestZip.of("META-INF/MANIFEST.MF", "org/springframework/boot/loader/Launcher.class")
                .stored("BOOT-INF/lib/tomcat-embed-core-10.1.48.jar", tomcat)
                .stored("BOOT-INF/lib/snappy-java-1.1.10.7.jar", snappy)
                .in(directory);

        assertThat(ApplicationArchive.read(jar).libraries())
                .containsExactly(
                        new PackedLibrary("org.apache.tomcat.embed", "tomcat-embed-core", "10.1.48", false),
                        new PackedLibrary("", "snappy-java", "1.1.10.7", false));
    }

    @Test
    void aCompressedLibraryIsKnownByItsFileName() throws Exception {
        Path war = new TestZip()
                .compressed("WEB-INF/lib/h2-2.3.232.jar", TestZip.of(SNAPPY).bytes())
                .compressed("WEB-INF/lib/nameless.jar", new byte[0])
                .in(directory);

        assertThat(ApplicationArchive.read(war).libraries())
                .containsExactly(
                        new PackedLibrary("", "h2", "2.3.232", false), new PackedLibrary("", "nameless", "", false));
    }

    @Test
    void librariesThatAServletContainerDoesNotLoadAreMarked() throws Exception {
        Path war =
                TestZip.of("WEB-INF/lib-provided/tomcat-embed-core-10.1.48.jar").in(directory);

        assertThat(ApplicationArchive.read(war).libraries()).singleElement().matches(PackedLibrary::provided);
    }

    @Test
    void aDigitInANameIsNotAVersionIfTheJarContainsItsCoordinates() throws Exception {
        byte[] log4j = TestZip.of(
                        "META-INF/maven/org.apache.logging.log4j/log4j/pom.properties",
                        "META-INF/maven/org.apache.logging.log4j/log4j-1.2-api/pom.properties")
                .bytes();
        Path jar = new TestZip()
                .stored("BOOT-INF/lib/log4j-1.2-api-2.24.1.jar", log4j)
                .in(directory);

        assertThat(ApplicationArchive.read(jar).libraries())
                .containsExactly(new PackedLibrary("org.apache.logging.log4j", "log4j-1.2-api", "2.24.1", false));
    }

    @Test
    void mergedJarsAreKnownByTheirMavenDescriptors() throws Exception {
        Path jar = TestZip.of(
                        "META-INF/maven/io.vertx/vertx-core/pom.properties",
                        "META-INF/maven/io.vertx/vertx-core/pom.xml")
                .in(directory);

        assertThat(ApplicationArchive.read(jar).libraries())
                .containsExactly(new PackedLibrary("io.vertx", "vertx-core", "", false));
    }

    @Test
    void jarsElsewhereInTheArchiveAreNotLibraries() throws Exception {
        Path jar =
                TestZip.of("samples/x-1.0.jar", "BOOT-INF/lib/deeper/y-1.0.jar").in(directory);

        assertThat(ApplicationArchive.read(jar).libraries()).isEmpty();
    }

    @Test
    void aBrokenLibraryIsNamedAndTheOthersAreRead() throws Exception {
        Path jar = new TestZip()
                .stored("BOOT-INF/lib/broken-1.0.jar", new byte[] {1, 2, 3})
                .stored("BOOT-INF/lib/h2-2.3.232.jar", TestZip.of("a/B.class").bytes())
                .in(directory);

        ApplicationArchive archive = ApplicationArchive.read(jar);

        assertThat(archive.libraries()).extracting(PackedLibrary::artifactId).containsExactly("broken", "h2");
        assertThat(archive.problems()).containsExactly("BOOT-INF/lib/broken-1.0.jar: it is not a zip file");
    }

    @Test
    void anArchiveWithTooManyLibrariesIsNotRead() throws Exception {
        Path jar = TestZip.listing(directory, 900_000, i -> "BOOT-INF/lib/" + i + ".jar");

        assertThatThrownBy(() -> ApplicationArchive.read(jar)).hasMessage("it has more than 3000 libraries");
    }
}
