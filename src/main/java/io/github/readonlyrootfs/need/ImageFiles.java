// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/** The files of a container's image. Only those that the Dockerfile copies from the project or writes are readable. */
public record ImageFiles(ContainerContext container) implements ContainerFiles {

    @Override
    public Optional<SourceFile> read(String path) {
        Optional<ContainerPath> file = file(path);
        return file.isPresent() ? container.text(file.get()) : Optional.empty();
    }

    /** The same of a file whose name a JVM got while the image was built, as if that had only read it. */
    Optional<SourceFile> readUnchanged(String path) {
        Optional<ContainerPath> file = file(path);
        Optional<FileContent> content =
                file.isPresent() ? container.image().files().content(file.get()) : Optional.empty();
        return content.isPresent() && content.get() instanceof FileContent.Given given
                ? given.before().read()
                : read(path);
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
        Optional<ContainerPath> file = file(directory);
        return file.isPresent() ? container.image().files().names(file.get()) : List.of();
    }

    private Optional<ContainerPath> file(String path) {
        return container.java().current() instanceof Value.Known<ContainerPath> directory
                ? Optional.of(container.image().files().real(directory.value().resolve(path)))
                : Optional.empty();
    }
}
