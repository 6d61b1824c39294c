// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.need.Evidence.Kind;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The needs that a project implies with writable mounts: {@code VOLUME /data}, a mount point that is not {@code readOnly}, or a
 * tmpfs is meant to be written. VOLUMEs of a base image imply nothing.
 */
public final class ImpliedNeeds {

    private ImpliedNeeds() {}

    /** One need per path, in the order of mount points, tmpfs, VOLUME. */
    public static List<Need> of(ContainerDefinition container, Image image) {
        Map<ContainerPath, List<Evidence>> evidence = new LinkedHashMap<>();
        for (MountPoint mountPoint : container.fileSystem().mountPoints()) {
            if (!mountPoint.readOnly().known().orElse(false)
                    && !mountPoint.readOnly().isUnknown()) {
                add(evidence, mountPoint.containerPath(), "mount point");
            }
        }
        for (Tmpfs tmpfs : container.linuxParameters().tmpfs()) {
            if (!endsReadOnly(tmpfs)) {
                add(evidence, tmpfs.containerPath(), "tmpfs");
            }
        }
        for (ImageVolume volume : image.config().volumes().declared()) {
            if (!volume.inherited()) {
                add(evidence, volume.path(), "VOLUME", volume.location());
            }
        }
        List<Need> needs = new ArrayList<>();
        for (Map.Entry<ContainerPath, List<Evidence>> entry : evidence.entrySet()) {
            needs.add(new Need(List.of(entry.getKey()), Impact.FEATURE, false, true, entry.getValue()));
        }
        return needs;
    }

    /** Whether the last of the options {@code ro} and {@code rw} is {@code ro}. */
    private static boolean endsReadOnly(Tmpfs tmpfs) {
        return tmpfs.mountOptions().stream()
                .map(ContainerDefinition.Located::value)
                .filter(option -> option.equals("ro") || option.equals("rw"))
                .reduce((first, last) -> last)
                .filter("ro"::equals)
                .isPresent();
    }

    private static void add(Map<ContainerPath, List<Evidence>> evidence, Value<String> path, String detail) {
        if (path instanceof Value.Known<String> known && known.value().startsWith("/")) {
            add(evidence, ContainerPath.of(known.value()), detail, known.location());
        }
    }

    private static void add(
            Map<ContainerPath, List<Evidence>> evidence, ContainerPath path, String detail, Location location) {
        List<Evidence> known = evidence.get(path);
        if (known == null) {
            known = new ArrayList<>();
            evidence.put(path, known);
        }
        known.add(new Evidence(Kind.IMPLIED, detail, Optional.of(location)));
    }
}
