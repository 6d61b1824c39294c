// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;

/** The files of a container's image. Only those that the Dockerfile copies from the project or writes are readable. */
public record ImageFiles(ContainerContext container) implements ContainerFiles {

    @Override
    public Optional<SourceFile> read(String path) {
        return file(path).flatMap(container::text);
    }

    @Override
    public Truth exists(String path) {
        Optional<ContainerPath> file = file(path);
        if (file.isEmpty()) {
            return Truth.UNKNOWN;
        }
        TreeNode node = container.image().files().at(file.get());
        return node.isUnknown() ? Truth.UNKNOWN : Truth.of(!node.isMissing());
    }

    @Override
    public List<String> names(String directory) {
        return file(directory).map(container.image().files()::names).orElse(List.of());
    }

    private Optional<ContainerPath> file(String path) {
        return container
                .java()
                .current()
                .known()
                .map(directory -> directory.resolve(path))
                .map(container.image().files()::real);
    }
}
