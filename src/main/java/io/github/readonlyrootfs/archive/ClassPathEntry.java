// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A directory of classes and resources, or a jar: an entry of a class path. One that does not exist is empty. */
public sealed interface ClassPathEntry extends ClassPathFiles {

    int MAX_CLASSES = 20_000;

    /** A directory, or else a jar; neither needs to exist. */
    static ClassPathEntry of(Path path) {
        return Files.isRegularFile(path) ? new Jar(path) : new Directory(path);
    }

    /**
     * The names of classes, sorted, with slashes and without an ending. Those below META-INF are other versions of
     * classes, or no classes of the application.
     *
     * @param more whether there are more, which are beyond a limit
     */
    record Classes(List<String> names, boolean more) {

        private static Classes of(List<String> files, boolean more) {
            List<String> names = new ArrayList<>();
            for (String file : files) {
                if (file.endsWith(".class") && !file.startsWith("META-INF/")) {
                    names.add(file.substring(0, file.length() - ".class".length()));
                }
            }
            Collections.sort(names);
            return new Classes(
                    names.subList(0, Math.min(names.size(), MAX_CLASSES)), more || names.size() > MAX_CLASSES);
        }
    }

    Classes classes() throws IOException;

    record Directory(Path path) implements ClassPathEntry {

        @Override
        public Classes classes() throws IOException {
            List<String> files = new ArrayList<>();
            if (Files.isDirectory(path)) {
                Files.walkFileTree(path, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().endsWith(".class")) {
                            files.add(path.relativize(file)
                                    .toString()
                                    .replace(file.getFileSystem().getSeparator(), "/"));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
            return Classes.of(files, false);
        }

        @Override
        public List<String> files(String directory, int most) throws IOException {
            List<String> names = new ArrayList<>();
            Optional<Path> listed = file(directory);
            if (listed.isPresent() && Files.isDirectory(listed.get())) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(listed.get())) {
                    for (Path entry : entries) {
                        if (names.size() == most) {
                            break;
                        }
                        if (!Files.isDirectory(entry)) {
                            names.add(directory + entry.getFileName());
                        }
                    }
                }
            }
            return names;
        }

        @Override
        public Optional<byte[]> read(String name, int most) throws IOException {
            Optional<Path> file = file(name);
            if (file.isEmpty() || !Files.isRegularFile(file.get())) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file.get())) {
                return Optional.of(in.readNBytes(most + 1));
            }
        }

        /** Where a file of it is; empty for a name that leads out of it. */
        public Optional<Path> file(String name) {
            try {
                Path file = path.resolve(name).normalize();
                return file.startsWith(path.normalize()) ? Optional.of(file) : Optional.empty();
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * A jar, which is read completely when it is first used, so that it need not be closed. It is meant for jars of a
     * project's own modules: files beyond the limits are left out.
     */
    final class Jar implements ClassPathEntry {

        private static final int MAX_ENTRIES = 50_000;
        private static final int MAX_ENTRY = 2_000_000;
        private static final int MAX_BYTES = 64 << 20;

        private final Path path;
        private @Nullable Map<String, byte[]> entries;
        private boolean more;

        Jar(Path path) {
            this.path = path;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public synchronized Classes classes() throws IOException {
            return Classes.of(List.copyOf(entries().keySet()), more);
        }

        @Override
        public List<String> files(String directory, int most) throws IOException {
            return ClassPathFiles.directlyIn(directory, entries().keySet(), most);
        }

        @Override
        public Optional<byte[]> read(String name, int most) throws IOException {
            return Optional.ofNullable(entries().get(name));
        }

        private synchronized Map<String, byte[]> entries() throws IOException {
            Map<String, byte[]> known = entries;
            if (known == null) {
                known = readAll();
                entries = known;
            }
            return known;
        }

        private Map<String, byte[]> readAll() throws IOException {
            Map<String, byte[]> read = new LinkedHashMap<>();
            int bytes = 0;
            try (ZipFile zip = new ZipFile(path.toFile())) {
                Enumeration<? extends ZipEntry> all = zip.entries();
                while (all.hasMoreElements()) {
                    if (read.size() >= MAX_ENTRIES || bytes >= MAX_BYTES) {
                        more = true;
                        break;
                    }
                    ZipEntry entry = all.nextElement();
                    if (!entry.isDirectory()) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            byte[] content = in.readNBytes(MAX_ENTRY + 1);
                            if (content.length <= MAX_ENTRY) {
                                read.put(entry.getName(), content);
                                bytes += content.length;
                            }
                        }
                    }
                }
            } catch (IllegalArgumentException e) {
                // The names are not UTF-8.
                throw new IOException(e);
            }
            return read;
        }
    }
}
