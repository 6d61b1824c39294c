// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.runtime.ExecAgent;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The writable mounts that a project declares for a container whose user cannot write them, and that nobody else needs. */
public final class UnusableMounts {

    private UnusableMounts() {}

    /** Those of one container on one platform, without the ones of which another finding says more. */
    public static Stream<RefusedNeed> of(JudgedContainer on) {
        List<RefusedNeed> all = on.implied(WriteAccess.NOT_PERMITTED).toList();
        if (all.isEmpty()) {
            return Stream.empty();
        }
        Set<ContainerPath> settled = settledByNeeds(on);
        return all.stream()
                .filter(implied -> !settled.contains(implied.path()))
                .filter(implied -> !isMeantForRoot(on, implied.path()) && !isMisplaced(on, implied.path()));
    }

    /**
     * Mounts about which the needs say more: where the user has a directory of its own below and needs it, that is what
     * the mount is for; and path-not-permitted has a better reason.
     */
    private static Set<ContainerPath> settledByNeeds(JudgedContainer on) {
        Set<ContainerPath> settled = new HashSet<>();
        on.needs(WriteAccess.WRITABLE)
                .flatMap(used -> used.access().mount().stream())
                .forEach(mount -> settled.add(mount.path()));
        on.needs(WriteAccess.NOT_PERMITTED).forEach(refused -> {
            refused.access().mount().ifPresent(mount -> settled.add(mount.path()));
            for (ContainerPath path = refused.path(); !path.isRoot(); path = path.parent()) {
                settled.add(path);
            }
        });
        return settled;
    }

    /** The agent of ECS Exec runs as root, whoever the container's user is. */
    private static boolean isMeantForRoot(JudgedContainer on, ContainerPath mount) {
        return on.task().executeCommand() && ExecAgent.PATHS.stream().anyMatch(mount::isAtOrBelow);
    }

    /**
     * Whether a VOLUME lands there by mistake, because it is relative or a variable in it has no value. The rule that says
     * so names the fix; whether anybody can write or needs that place is beside the point.
     */
    public static boolean isMisplaced(JudgedContainer on, ContainerPath mount) {
        List<ImageBuild.UnresolvedVariable> unresolved =
                on.container().build().map(ImageBuild::unresolved).orElse(List.of());
        Image image = on.container().image();
        return image.volumes().stream()
                .filter(volume -> volume.path().equals(mount))
                .anyMatch(volume -> isRelative(image, volume)
                        || unresolved.stream()
                                .anyMatch(variable -> variable.location().equals(volume.location())));
    }

    private static boolean isRelative(Image image, ImageVolume volume) {
        return !volume.inherited() && (volume.isRelative() || isInBrokenLine(image, volume.location()));
    }

    private static boolean isInBrokenLine(Image image, Location place) {
        return image.volumes().stream()
                .filter(volume -> volume.isRelative()
                        && volume.location().file().equals(place.file())
                        && volume.location().line() == place.line())
                .anyMatch(volume ->
                        volume.written().startsWith("[") || volume.written().startsWith("#"));
    }
}
