// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {

    @TempDir
    Path directory;

    @Test
    void linesAreFoundWithEveryLineSeparator() {
        SourceFile source = SourceFile.of("f", "one\r\ntwo\n\nfour");
        assertThat(source.lineCount()).isEqualTo(4);
        assertThat(source.line(1)).isEqualTo("one");
        assertThat(source.line(2)).isEqualTo("two");
        assertThat(source.line(3)).isEmpty();
        assertThat(source.line(4)).isEqualTo("four");
        assertThat(SourceFile.of("f", "").lineCount()).isEqualTo(1);
    }

    @Test
    void everyOffsetHasALocation() {
        String text = "ab\ncd\n";
        SourceFile source = SourceFile.of("f", text);
        assertThat(source.location(0, 2)).isEqualTo(new Location("f", 1, 1, 1, 3));
        assertThat(source.location(3, 5)).isEqualTo(new Location("f", 2, 1, 2, 3));
        assertThat(source.location(1, 4)).isEqualTo(new Location("f", 1, 2, 2, 2));
        assertThat(source.location(text.length(), text.length())).isEqualTo(new Location("f", 3, 1, 3, 1));
    }

    @Test
    void aByteOrderMarkIsDroppedAndBadBytesAreReplaced() throws IOException, UnreadableSourceException {
        Path file = directory.resolve("f");
        Files.write(file, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF});
        assertThat(SourceFile.read(file, "f").text()).isEqualTo("a\uFFFD");
    }

    @Test
    void aBinaryFileIsRejectedWithTheReason() throws IOException, UnreadableSourceException {
        Path file = directory.resolve("f");
        Files.write(file, "{}".getBytes(StandardCharsets.UTF_16));
        assertThat(problem(file)).isEqualTo("the file is encoded in UTF-16");
        assertThat(problem(directory)).isEqualTo("this is a directory");
        assertThat(problem(directory.resolve("missing"))).isEqualTo("there is no such file");
        Files.write(file, new byte[9 * 1024 * 1024]);
        assertThat(problem(file)).isEqualTo("the file is larger than 8 MiB");
    }

    private static String problem(Path file) {
        UnreadableSourceException e =
                catchThrowableOfType(UnreadableSourceException.class, () -> SourceFile.read(file, "f"));
        assertThat(e.problem().location()).isEqualTo(Location.of("f"));
        return e.problem().message();
    }

    @Test
    void aFileOfWindowsIsNamedWithForwardSlashes() {
        FileSystem windows = mock(FileSystem.class);
        Path path = mock(Path.class);
        when(windows.getSeparator()).thenReturn("\\");
        when(path.getFileSystem()).thenReturn(windows);
        when(path.toString()).thenReturn("docker\\app\\Dockerfile");

        assertThat(SourceFile.nameOf(path)).isEqualTo("docker/app/Dockerfile");
    }
}
