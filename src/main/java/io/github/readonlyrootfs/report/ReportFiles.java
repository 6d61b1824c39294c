// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.text.ReportSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Writes reports into a directory, each of them whole or not at all. */
public final class ReportFiles {

    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private ReportFiles() {}

    /**
     * Writes reports and makes the directory where it is missing.
     *
     * @param findings sorted; suppressed ones included
     * @throws IOException when the directory cannot be made or written to; its message names it and says why
     */
    public static void write(
            Path directory, Set<ReportFormat> formats, Analysis tasks, List<Finding> findings, ReportSettings settings)
            throws IOException {
        for (ReportFormat format : formats) {
            write(directory, format.fileName(), text -> format.write(tasks, findings, settings, text));
        }
    }

    /**
     * Refuses a directory that by its name is in one of the places where a build writes, and by a symbolic link does
     * not: a link in a repository must not say where a build machine writes.
     *
     * @param places the project's directory, and the one that it is built in, which may itself be a link in the project
     * @throws IOException where it leaves them
     */
    public static void refuseToLeave(Path directory, List<Path> places) throws IOException {
        Path named = directory.toAbsolutePath().normalize();
        Path real = real(named);
        Path outermost = named;
        for (Path place : places) {
            Path known = place.toAbsolutePath().normalize();
            outermost = outermost.startsWith(known) ? known : outermost;
        }
        boolean stays = outermost.equals(named);
        for (Path place : places) {
            Path known = place.toAbsolutePath().normalize();
            boolean link = known.startsWith(outermost) && !known.equals(outermost);
            stays |= !link && real.startsWith(real(known));
        }
        if (!stays) {
            throw new IOException(
                    "the report directory " + directory
                            + " leads out of the project through a symbolic link: remove the link, or set outputDirectory to the directory itself");
        }
    }

    /** The path with the links followed on the part of it that exists. */
    private static Path real(Path path) throws IOException {
        Path existing = path;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(existing.relativize(path));
    }

    /** Writes a file's content, which may be too large for the memory. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Writer text) throws IOException;
    }

    /**
     * Writes a file in UTF-8 and makes its directory where it is missing.
     *
     * @throws IOException when that fails; its message has the file and the reason
     */
    public static void write(Path directory, String fileName, Content content) throws IOException {
        // In the same directory, or moving it would not be atomic. Not made by createTempFile: no other user could read
        // it. The name need not be random, as CREATE_NEW fails if it is taken; the first random one takes 20 ms.
        Path temporary = directory.resolve(fileName + "." + Long.toHexString(System.nanoTime()) + ".tmp");
        try {
            Files.createDirectories(directory);
            try {
                // A name may have half a character in it, at which the writers of Files give up.
                try (Writer text = new OutputStreamWriter(
                        Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        StandardCharsets.UTF_8)) {
                    content.writeTo(text);
                }
                move(temporary, directory.resolve(fileName));
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot write " + fileName + " into the directory " + directory + ": " + reason(e), e);
        }
    }

    /**
     * Waits until no other process changes a file; the next one may when this is closed.
     *
     * @throws IOException when nothing can be made beside the file, or the thread is interrupted
     */
    public static Closeable turn(Path file) throws IOException {
        Path mark = file.resolveSibling(file.getFileName() + ".lock");
        while (true) {
            try {
                Files.createFile(mark);
                return () -> Files.deleteIfExists(mark);
            } catch (FileAlreadyExistsException e) {
                waitFor(mark);
            } catch (IOException e) {
                throw new IOException("cannot write beside " + file + ": " + reason(e), e);
            }
        }
    }

    private static void waitFor(Path mark) throws IOException {
        try {
            if (Files.getLastModifiedTime(mark)
                    .toInstant()
                    .isBefore(Instant.now().minus(LONGEST_TURN))) {
                // Its process was killed.
                Files.deleteIfExists(mark);
            }
            Thread.sleep(PAUSE.toMillis());
        } catch (NoSuchFileException e) {
            // It is this one's turn.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another process writes " + mark);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The messages of the file system's exceptions are mere file names. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is not a directory";
        }
        return String.valueOf(e.getMessage());
    }
}
