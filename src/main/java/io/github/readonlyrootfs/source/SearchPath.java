// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of {@code PATH}: where a program is looked for whose name has no slash.
 *
 * @param directories the absolute directories, in their order
 * @param isAbsolute  whether every entry is absolute; another one depends on the working directory
 */
public record SearchPath(List<ContainerPath> directories, boolean isAbsolute) {

    /** The value that BuildKit and the container runtimes use if nothing sets the variable. */
    public static final String DEFAULT = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static SearchPath of(String value) {
        List<ContainerPath> directories = new ArrayList<>();
        boolean absolute = true;
        for (String entry : value.split(":", -1)) {
            if (entry.startsWith("/")) {
                directories.add(ContainerPath.of(entry));
            } else {
                absolute = false;
            }
        }
        return new SearchPath(List.copyOf(directories), absolute);
    }

    /** The files that a program of this name may be: the first one that exists is run. */
    public List<ContainerPath> candidates(String program) {
        List<ContainerPath> files = new ArrayList<>();
        for (ContainerPath directory : directories) {
            files.add(directory.resolve(program));
        }
        return files;
    }
}
