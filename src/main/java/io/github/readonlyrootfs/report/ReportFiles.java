package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.rule.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;

/** Writes reports into a directory, each of them whole or not at all. */
public final class ReportFiles {

    private ReportFiles() {}

    /**
     * Writes reports and makes the directory where it is missing.
     *
     * @param findings sorted; suppressed ones included
     * @throws IOException when the directory cannot be made or written to; its message names it and says why
     */
    public static void write(
            Path directory,
            Set<ReportFormat> formats,
            CheckedTask task,
            List<Finding> findings,
            ReportSettings settings)
            throws IOException {
        for (ReportFormat format : formats) {
            String text = switch (format) {
                case JSON -> JsonReport.of(task, findings, settings);
                case SARIF -> SarifReport.of(task, findings, settings);
            };
            write(directory, format.fileName(), text);
        }
    }

    private static void write(Path directory, String fileName, String text) throws IOException {
        try {
            Files.createDirectories(directory);
            // In the same directory, or moving it would not be atomic.
            Path temporary = Files.createTempFile(directory, fileName, ".tmp");
            try {
                Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
                move(temporary, directory.resolve(fileName));
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new IOException("cannot write the report " + directory.resolve(fileName) + ": " + reason(e), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
