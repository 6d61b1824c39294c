// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.Optional;

/** Files of the container that the Dockerfile copies from the project. */
public final class ContainerFile {

    private ContainerFile() {}

    /**
     * Reads one.
     *
     * @param path a relative one starts where the JVM is started
     * @return empty where there is none, or it is not the project's own
     */
    public static Optional<SourceFile> read(ContainerContext container, String path) {
        return container
                .java()
                .current()
                .known()
                .map(directory -> directory.resolve(path))
                .flatMap(file -> container.image().files().content(file))
                .flatMap(FileContent::read);
    }
}
