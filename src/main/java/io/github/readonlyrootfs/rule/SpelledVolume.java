package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.Fragment;
import java.util.List;
import java.util.Optional;

/**
 * A VOLUME and a mount point that mean one path and spell it differently: where no Docker engine cleans both, nobody
 * knows whether that counts as the same.
 */
final class SpelledVolume {

    private SpelledVolume() {}

    /** The edit that makes them one; empty where they are spelled alike, or where it does not matter. */
    static Optional<String> help(JudgedContainer on, Mount mount, Location reader) {
        Optional<MountPoint> point =
                TaskDefinitionEdit.mountPoint(on.container().definition(), mount);
        Optional<String> spelled = point.flatMap(it -> it.containerPath().known());
        List<ImageVolume> declared = on.container().image().volumes().stream()
                .filter(volume -> volume.path().equals(mount.path()))
                .toList();
        if (on.platform().runsDocker()
                || spelled.isEmpty()
                || declared.isEmpty()
                || declared.stream().anyMatch(volume -> volume.written().equals(spelled.get()))) {
            return Optional.empty();
        }
        ImageVolume volume = declared.get(0);
        return Optional.of(
                volume.inherited()
                        ? TaskDefinitionEdit.mountPoint(TaskDefinitionEdit.text(on, reader), point.get())
                                        .set("containerPath", Fragment.of(volume.written()))
                                        .inline()
                                + ", as the image's VOLUME has it"
                        : "write `" + spelled.get() + "` instead of `" + volume.written() + "` in "
                                + LineNumber.of(volume.location(), reader));
    }
}
