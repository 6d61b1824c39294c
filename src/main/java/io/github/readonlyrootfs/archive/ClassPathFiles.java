// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The files of an entry of a class path. */
public interface ClassPathFiles {

    /** Where it is on this machine. */
    Path path();

    /**
     * The names of the files in a directory, without those in directories below.
     *
     * @param directory its name with a slash at the end; empty for the uppermost
     * @param most so many at most
     */
    List<String> files(String directory, int most) throws IOException;

    /**
     * Reads a file.
     *
     * @param name as a class loader knows it
     * @param most so many bytes are read, and one more where there are more
     */
    Optional<byte[]> read(String name, int most) throws IOException;

    /** Those of some names that are in a directory itself, so many at most. */
    static List<String> directlyIn(String directory, Collection<String> names, int most) {
        return names.stream()
                .filter(name -> name.startsWith(directory) && name.indexOf('/', directory.length()) < 0)
                .limit(most)
                .toList();
    }
}
