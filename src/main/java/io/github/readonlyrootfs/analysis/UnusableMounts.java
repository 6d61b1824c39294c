// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.runtime.ExecAgent;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The writable mounts that a project declares for a container whose user cannot write them, and that nothing else needs.
 */
public final class UnusableMounts {

    private UnusableMounts() {}

    /** Those of one container on one platform, except mounts that another finding explains better. */
    public static Stream<RefusedNeed> of(JudgedContainer on) {
        List<RefusedNeed> all = on.implied(WriteAccess.NOT_PERMITTED).toList();
        if (all.isEmpty()) {
            return Stream.empty();
        }
        Set<ContainerPath> settled = settledByNeeds(on);
        settled.addAll(misplaced(on));
        return all.stream()
                .filter(implied -> !settled.contains(implied.path()))
                .filter(implied -> !isMeantForRoot(on, implied.path()));
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

    /** The agent of ECS Exec runs as root, not as the container's user. */
    private static boolean isMeantForRoot(JudgedContainer on, ContainerPath mount) {
        return on.task().executeCommand() && ExecAgent.PATHS.stream().anyMatch(mount::isAtOrBelow);
    }

    /**
     * The paths where a VOLUME is mounted by mistake, because it is relative or a variable in it has no value. The rule
     * that reports it has the fix; whether a container can write or needs that place does not matter.
     */
    public static Set<ContainerPath> misplaced(JudgedContainer on) {
        Set<Location> unresolved = on.container().build().stream()
                .flatMap(build -> build.diagnostics().unresolved().stream())
                .map(ImageBuild.UnresolvedVariable::location)
                .collect(Collectors.toSet());
        List<ImageVolume> volumes = on.container().image().config().volumes().declared();
        Set<Line> broken = volumes.stream()
                .filter(volume -> volume.isRelative()
                        && (volume.written().startsWith("[") || volume.written().startsWith("#")))
                .map(volume -> Line.of(volume.location()))
                .collect(Collectors.toSet());
        return volumes.stream()
                .filter(volume -> unresolved.contains(volume.location())
                        || (!volume.inherited()
                                && (volume.isRelative() || broken.contains(Line.of(volume.location())))))
                .map(ImageVolume::path)
                .collect(Collectors.toSet());
    }

    /** Words beside one that is not a path are not paths either. */
    private record Line(String file, int number) {

        static Line of(Location place) {
            return new Line(place.file(), place.line());
        }
    }
}
