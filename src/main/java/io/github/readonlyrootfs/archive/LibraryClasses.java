// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The files in the jars of some libraries, read one by one: most classes of a library are never needed. */
public final class LibraryClasses implements AutoCloseable {

    private final List<Path> jars;
    private @Nullable List<ZipFile> open;

    public LibraryClasses(List<Path> jars) {
        this.jars = List.copyOf(jars);
    }

    /**
     * A file of the first jar that has it.
     *
     * @param most larger files are left out
     */
    public Optional<byte[]> read(String name, int most) {
        return all(name, most, 1).stream().findFirst();
    }

    /** A file of each jar that has it. */
    public List<byte[]> all(String name, int most) {
        return all(name, most, jars.size());
    }

    private List<byte[]> all(String name, int most, int wanted) {
        List<byte[]> found = new ArrayList<>();
        for (ZipFile jar : open()) {
            ZipEntry entry = found.size() < wanted ? jar.getEntry(name) : null;
            if (entry != null) {
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] content = in.readNBytes(most + 1);
                    if (content.length <= most) {
                        found.add(content);
                    }
                } catch (IOException e) {
                    // The virtual machine cannot load it either.
                }
            }
        }
        return found;
    }

    private List<ZipFile> open() {
        List<ZipFile> known = open;
        if (known == null) {
            known = new ArrayList<>();
            open = known;
            for (Path jar : jars) {
                try {
                    known.add(new ZipFile(jar.toFile()));
                } catch (IOException | IllegalArgumentException e) {
                    // The search for native libraries reports a jar that cannot be listed.
                }
            }
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            for (ZipFile jar : open) {
                jar.close();
            }
        }
    }
}
