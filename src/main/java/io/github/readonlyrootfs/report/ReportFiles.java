// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.text.ReportSettings;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    @FunctionalInterface
    public interface Change<E extends Exception> {
        void make() throws IOException, E;
    }

    /**
     * Changes files when no other process does that locks the same file. The kernel ends the lock of a process that is killed.
     *
     * @param lock a file that nobody replaces; of one that cannot be locked nobody waits for the other
     */
    public static <E extends Exception> void inTurn(Path lock, Change<E> change) throws IOException, E {
        // A lock is the process's, whose threads may check several modules.
        synchronized (ReportFiles.class) {
            FileChannel channel = locked(lock);
            try {
                change.make();
            } finally {
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            // Behind its end: Windows lets nobody read what is locked.
            channel.lock(Long.MAX_VALUE - 1, 1, false);
        } catch (IOException e) {
            // A file of another user, or a file system without locks.
        }
        return channel;
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
