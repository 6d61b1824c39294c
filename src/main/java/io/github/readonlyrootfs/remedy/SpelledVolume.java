// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.List;
import java.util.Optional;

/**
 * A VOLUME and a mount point that mean one path and spell it differently. On platforms without a Docker engine it is not
 * known whether that counts as the same path.
 */
final class SpelledVolume {

    private SpelledVolume() {}

    /** The edit that makes them one; empty where they are spelled alike, or where it does not matter. */
    static Optional<Remedy> remedy(ContainerRemedies here, Mount mount) {
        JudgedContainer on = here.on();
        Optional<MountPoint> point = here.mountPoint(mount);
        Optional<String> spelled = point.flatMap(it -> it.containerPath().known());
        List<ImageVolume> declared = on.container().image().config().volumes().declared().stream()
                .filter(volume -> volume.path().equals(mount.path()))
                .toList();
        if (on.platform().runsDocker()
                || spelled.isEmpty()
                || declared.isEmpty()
                || declared.stream().anyMatch(volume -> volume.written().equals(spelled.get()))) {
            return Optional.empty();
        }
        ImageVolume volume = declared.get(0);
        if (volume.inherited()) {
            return Optional.of(here.editor()
                    .mountPoint(point.get())
                    .set("containerPath", Fragment.of(volume.written()))
                    .noting("the image's VOLUME is spelled like that"));
        }
        return on.container()
                .build()
                .map(built -> new DockerfileEditor(built).replaceWord(volume.location(), spelled.get()));
    }
}
