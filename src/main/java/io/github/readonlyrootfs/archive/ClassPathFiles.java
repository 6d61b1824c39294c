// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
     * @param most the most names that are returned
     */
    List<String> files(String directory, int most) throws IOException;

    /**
     * Reads a file.
     *
     * @param name as a class loader knows it
     * @param most the most bytes that are read; one more is read if there are more
     */
    Optional<byte[]> read(String name, int most) throws IOException;

    static List<String> directlyIn(String directory, Collection<String> names, int most) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            if (found.size() < most && name.startsWith(directory) && name.indexOf('/', directory.length()) < 0) {
                found.add(name);
            }
        }
        return found;
    }
}
