// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.runtime.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    private static final ReportSettings SETTINGS =
            new ReportSettings("1.2.3", "shop", "mvn readonly-rootfs:fix", "", List::of, Finding::isProblem);
    private static final Analysis TASK = TaskFixture.task(Platform.FARGATE);

    @TempDir
    private Path directory;

    private static void write(Path directory, Set<ReportFormat> formats) throws IOException {
        ReportFiles.write(directory, formats, TASK, List.of(), SETTINGS);
    }

    @Test
    void onlyTheSelectedReportsAreWritten() throws IOException {
        Path deep = directory.resolve("a/b");
        write(deep, EnumSet.allOf(ReportFormat.class));
        assertThat(deep.toFile().list()).hasSameSizeAs(ReportFormat.values());
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(deep.resolve(format.fileName())).hasContent(ReportTexts.text(format, TASK, List.of(), SETTINGS));
        }
    }

    @Test
    void anEarlierReportIsReplaced() throws IOException {
        Files.writeString(directory.resolve("readonly-rootfs.json"), "old");
        write(directory, Set.of(ReportFormat.JSON));
        assertThat(directory.resolve("readonly-rootfs.json"))
                .hasContent(ReportTexts.text(ReportFormat.JSON, TASK, List.of(), SETTINGS));
    }

    @Test
    void withoutASelectedReportNoDirectoryIsCreated() throws IOException {
        write(directory.resolve("a"), Set.of());
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("target"), "");
        assertThatThrownBy(() -> write(file, Set.of(ReportFormat.JSON)))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write readonly-rootfs.json into the directory " + file + ": " + file
                        + " is not a directory");
        assertThatThrownBy(() -> write(file.resolve("below"), Set.of(ReportFormat.SARIF)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "cannot write readonly-rootfs.sarif into the directory " + file.resolve("below") + ": ");
    }

    @Test
    void aReportThatCannotBeMovedIntoPlaceLeavesNoTemporaryFile() throws IOException {
        Files.createDirectories(directory.resolve("readonly-rootfs.json/occupied"));
        assertThatThrownBy(() -> write(directory, Set.of(ReportFormat.JSON)))
                .hasMessageStartingWith("cannot write readonly-rootfs.json into the directory " + directory + ": ");
        assertThat(directory.toFile().list()).containsExactly("readonly-rootfs.json");
    }

    @Test
    void aLinkThatLeavesTheProjectIsNotFollowed() throws IOException {
        Path project = Files.createDirectories(directory.resolve("project/target"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path inside = Files.createDirectory(project.resolve("elsewhere"));
        Path leaving = Files.createSymbolicLink(project.resolve("readonly-rootfs"), outside);
        Path staying = Files.createSymbolicLink(project.resolve("link"), inside);
        List<Path> places = List.of(directory.resolve("project"), project);
        for (Path refused : List.of(leaving, leaving.resolve("not/there/yet"))) {
            assertThatThrownBy(() -> ReportFiles.refuseToLeave(refused, places))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "the report directory " + refused + " leads out of the project through a symbolic link");
        }
        ReportFiles.refuseToLeave(staying, places);
        ReportFiles.refuseToLeave(project.resolve("not/there/yet"), places);
        // A user who names a directory outside does so on purpose.
        ReportFiles.refuseToLeave(outside, places);
    }

    @Test
    void aBuildDirectoryThatIsALinkDoesNotLeadOutOfTheProject() throws IOException {
        Path project = Files.createDirectories(directory.resolve("project"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path target = Files.createSymbolicLink(project.resolve("target"), outside);
        Path reports = target.resolve("readonly-rootfs");
        assertThatThrownBy(() -> ReportFiles.refuseToLeave(reports, List.of(project, target)))
                .hasMessageStartingWith("the report directory " + reports + " leads out of the project");
        Files.delete(target);
        Files.createSymbolicLink(target, Files.createDirectory(project.resolve("out")));
        ReportFiles.refuseToLeave(reports, List.of(project, target));
        // Maven may be told to build elsewhere.
        ReportFiles.refuseToLeave(outside.resolve("readonly-rootfs"), List.of(project, outside));
    }

    @Test
    void nothingThatSeveralAddToAFileAtOnceIsLost() throws Exception {
        Path lock = Files.writeString(directory.resolve("task"), "");
        Path file = Files.writeString(directory.resolve("record"), "");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String line = i + "\n";
            all.add(threads.submit(() -> {
                ReportFiles.<IOException>inTurn(lock, () -> {
                    String before = Files.readString(file);
                    ReportFiles.write(directory, "record", text -> text.write(before + line));
                });
                return line;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();

        assertThat(Files.readAllLines(file)).hasSize(40).doesNotHaveDuplicates();
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("record", "task");
    }

    /** Another process, which says when it is its turn. */
    static final class Other {

        private Other() {}

        public static void main(String[] args) throws IOException {
            ReportFiles.<IOException>inTurn(Path.of(args[0]), () -> {
                System.out.println("turn");
                System.in.read();
            });
        }
    }

    @Test
    void theTurnOfAnotherProcessEndsWhenItIsKilled() throws Exception {
        Path lock = Files.writeString(directory.resolve("task"), "x");
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        lock.toString())
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("turn");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
                assertThat(channel.tryLock(Long.MAX_VALUE - 1, 1, false)).isNull();
            }
            assertThat(other.destroyForcibly().waitFor()).isNotZero();
            List<String> done = new ArrayList<>();
            ReportFiles.<IOException>inTurn(lock, () -> done.add("turn"));
            assertThat(done).containsExactly("turn");
        }
        assertThat(lock).hasContent("x");
    }

    /** A file of another user must not cost what runs have shown. */
    @Test
    void whatCannotBeLockedIsNotWaitedFor() throws IOException {
        ReportFiles.<IOException>inTurn(
                directory, () -> ReportFiles.write(directory, "record", text -> text.write("new")));

        assertThat(directory.resolve("record")).hasContent("new");
    }

    /** As where the disk is full. */
    @Test
    void aFileThatCannotBeWrittenWholeStaysAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("record"), "old");

        assertThatThrownBy(() -> ReportFiles.write(directory, "record", text -> {
                    text.write("half");
                    text.flush();
                    throw new IOException("No space left on device");
                }))
                .hasMessage("cannot write record into the directory " + directory + ": No space left on device");
        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("record");
    }
}
