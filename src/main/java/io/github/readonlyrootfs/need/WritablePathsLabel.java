// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.need.DeclaredNeed.MalformedException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The label that declares needs, in the Dockerfile or among a container's {@code dockerLabels}: paths, separated by
 * blanks.
 */
public final class WritablePathsLabel {

    public static final String KEY = "io.github.readonly-rootfs.writable-paths";

    private WritablePathsLabel() {}

    /**
     * The needs that an image and its container declare.
     *
     * @throws MalformedException if one of the paths is invalid
     */
    public static List<DeclaredNeed> read(ContainerDefinition container, Image image) throws MalformedException {
        List<DeclaredNeed> needs = new ArrayList<>();
        Value<String> inImage = image.config().labels().getOrDefault(KEY, Value.absent());
        if (inImage instanceof Value.Known<String> known) {
            add(needs, known.value(), "LABEL " + KEY, known.location());
        }
        for (ContainerDefinition.KeyValue label : container.metadata().dockerLabels()) {
            if (label.key().equals(KEY) && label.value() instanceof Value.Known<String> known) {
                add(needs, known.value(), "Docker label " + KEY, known.location());
            }
        }
        return needs;
    }

    private static void add(List<DeclaredNeed> needs, String paths, String detail, Location location)
            throws MalformedException {
        Evidence evidence = new Evidence(Evidence.Kind.DECLARED, detail, Optional.of(location));
        for (String path : paths.strip().split("\\s+", -1)) {
            if (!path.isEmpty()) {
                needs.add(DeclaredNeed.parse(path, evidence));
            }
        }
    }
}
