// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A jar of a library, of which only files that may configure an application are read. */
public final class Library implements ClassPathFiles {

    private final Path path;

    /** Null until first used: an application looks for some fifty names in each jar. */
    private @Nullable Set<String> configurations;

    public Library(Path path) {
        this.path = path;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<String> files(String directory, int most) {
        return ClassPathFiles.directlyIn(directory, configurations(), most);
    }

    @Override
    public Optional<byte[]> read(String name, int most) throws IOException {
        if (!configurations().contains(name)) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Optional.of(in.readNBytes(most + 1));
            }
        } catch (IllegalArgumentException e) {
            // The names are not UTF-8.
            throw new IOException(e);
        }
    }

    private Set<String> configurations() {
        Set<String> known = configurations;
        if (known == null) {
            known = list();
            configurations = known;
        }
        return known;
    }

    private Set<String> list() {
        try {
            return JarListing.of(path).configurations();
        } catch (UnreadableArchiveException e) {
            // The search for native libraries reports a jar that cannot be listed.
            return Set.of();
        }
    }
}
