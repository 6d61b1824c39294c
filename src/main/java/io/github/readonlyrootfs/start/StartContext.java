// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What decides what a container's command does.
 *
 * @param mounts what the task mounts over the image's files, from the top down
 * @param effort what may be spent on following it
 */
public record StartContext(
        ContainerDefinition container,
        Image image,
        Environment environment,
        BaseDirectories directories,
        Map<ContainerPath, TreeNode> mounts,
        Effort effort) {

    private static final TreeNode MOUNTED = TreeNode.unknown(Provenance.of("a mount"));

    public static StartContext of(ContainerDefinition container, Image image, Effort effort) {
        Environment environment = Environment.of(container, image);
        return new StartContext(
                container,
                image,
                environment,
                BaseDirectories.of(container, image, environment),
                mounts(container),
                effort);
    }

    /** The user that the container runs as; empty where that is not known. */
    public Optional<String> user() {
        Value<String> chosen = container.process().user().or(image.config().user());
        return chosen.isAbsent() && image.config().complete() ? Optional.of("root") : chosen.known();
    }

    /** The same with what is known of the mounts. */
    public StartContext with(Map<ContainerPath, TreeNode> known) {
        Map<ContainerPath, TreeNode> all = new TreeMap<>(mounts);
        all.putAll(known);
        return new StartContext(container, image, environment, directories, all, effort);
    }

    private static Map<ContainerPath, TreeNode> mounts(ContainerDefinition container) {
        Map<ContainerPath, TreeNode> mounts = new TreeMap<>();
        for (String path : container.mountPaths()) {
            mounts.put(ContainerPath.of(path), MOUNTED);
        }
        return mounts;
    }
}
