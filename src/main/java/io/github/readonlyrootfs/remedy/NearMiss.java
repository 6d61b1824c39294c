// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuild.OtherVolume;
import io.github.readonlyrootfs.image.stage.MalformedVolumeArray;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something in the files that was probably meant to make a path writable, and does not.
 *
 * @param reason why it does not, as half a sentence
 * @param remedy what corrects it; empty where the usual one is right
 */
public record NearMiss(Location location, String reason, Optional<Remedy> remedy) {

    private static NearMiss of(Location location, String reason) {
        return new NearMiss(location, reason, Optional.empty());
    }

    private NearMiss fixedBy(Remedy correction) {
        return new NearMiss(location, reason, Optional.of(correction));
    }

    /** The same where something else is to be done about it. */
    NearMiss withoutRemedy() {
        return of(location, reason);
    }

    /** The nearest near miss for a path at which nothing is mounted. */
    static Optional<NearMiss> of(RefusedNeed need, ContainerRemedies here) {
        Optional<NearMiss> found = otherStage(need);
        List<ImageVolume> volumes = ownVolumes(need);
        if (found.isEmpty() && !volumes.isEmpty()) {
            found = brokenArray(need, volumes, here).or(() -> relativeVolume(need, volumes, here));
        }
        if (found.isEmpty()) {
            found = UnmountedVolume.of(need, here);
        }
        List<Mount> mounts = ownMounts(need);
        if (found.isEmpty() && !mounts.isEmpty()) {
            found = misspelt(need, mounts).or(() -> onlyBelow(need, mounts));
        }
        return found;
    }

    private static Optional<NearMiss> otherStage(RefusedNeed need) {
        Optional<ImageBuild> build = need.on().container().build();
        if (build.isPresent()) {
            for (OtherVolume volume : build.get().diagnostics().otherVolumes()) {
                if (need.path().isAtOrBelow(volume.path())) {
                    return Optional.of(of(volume.location(), stage(volume)));
                }
            }
        }
        return Optional.empty();
    }

    private static String stage(OtherVolume volume) {
        return "its VOLUME is in stage "
                + volume.stageName().orElseGet(() -> String.valueOf(volume.stage()))
                + ", which this image is not built from";
    }

    private static List<ImageVolume> ownVolumes(RefusedNeed need) {
        List<ImageVolume> own = new ArrayList<>();
        for (ImageVolume volume :
                need.on().container().image().config().volumes().declared()) {
            if (!volume.inherited()) {
                own.add(volume);
            }
        }
        return own;
    }

    /** What is declared once an instruction or a word is corrected, and given to the user where it is not yet. */
    private static Remedy declaring(
            ContainerRemedies here, ContainerPath declared, Location volume, Remedy correction) {
        return correction.and(new ImageOwner(here).andOwn(declared, volume));
    }

    private static Optional<NearMiss> brokenArray(RefusedNeed need, List<ImageVolume> own, ContainerRemedies here) {
        List<ImageVolume> volumes =
                need.on().container().image().config().volumes().declared();
        Optional<ImageBuild> build = need.on().container().build();
        return own.stream()
                .filter(volume -> build.isPresent())
                .flatMap(volume -> MalformedVolumeArray.from(volume, volumes).stream()
                        .flatMap(array -> array.stream()
                                .map(ContainerPath::of)
                                .filter(need.path()::isAtOrBelow)
                                .map(meant -> of(
                                                volume.location(),
                                                "the array is not JSON, so " + volume.path() + " is declared instead")
                                        .fixedBy(declaring(
                                                here,
                                                meant,
                                                volume.location(),
                                                new DockerfileEditor(build.orElseThrow())
                                                        .replace(
                                                                volume.location(),
                                                                DockerfileEditor.volumeArray(array)))))))
                .findFirst();
    }

    private static Optional<NearMiss> relativeVolume(RefusedNeed need, List<ImageVolume> own, ContainerRemedies here) {
        return own.stream()
                .filter(ImageVolume::isRelative)
                .filter(volume -> !volume.path().isRoot())
                .filter(volume -> tail(need.path(), volume.path()).isPresent() && !isNeeded(need, volume.path()))
                .findFirst()
                .map(volume -> {
                    ContainerPath meant = tail(need.path(), volume.path()).orElseThrow();
                    return of(volume.location(), "a relative VOLUME is mounted below /, at " + volume.path())
                            .fixedBy(
                                    declaring(here, meant, volume.location(), respell(here, volume.location(), meant)));
                });
    }

    /** Whether the container needs what is mounted: then it is meant for that, and not for another path. */
    private static boolean isNeeded(RefusedNeed need, ContainerPath mounted) {
        return need.on().container().needs().stream()
                .flatMap(other -> other.alternatives().stream())
                .anyMatch(path -> path.isAtOrBelow(mounted));
    }

    /** Replaces the path that a VOLUME declares. */
    private static Remedy respell(ContainerRemedies here, Location volume, ContainerPath meant) {
        return here.on()
                .container()
                .build()
                .map(build -> new DockerfileEditor(build).replaceWord(volume, meant.toString()))
                .orElseGet(() -> Remedy.advice("declare `" + meant + "` instead"));
    }

    /** The path or the directory above it whose last segments are those of a relative path. */
    private static Optional<ContainerPath> tail(ContainerPath path, ContainerPath relative) {
        for (ContainerPath at = path; !at.isRoot(); at = at.parent()) {
            if (at.toString().endsWith(relative.toString())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static List<Mount> ownMounts(RefusedNeed need) {
        List<Mount> own = new ArrayList<>();
        for (Mount mount : need.on().runtime().mounts()) {
            if (mount.isOfProject()
                    && !mount.readOnly()
                    && mount.declaration().location().isPresent()
                    && need.on().isOwnFile(mount.declaration().location().get())) {
                own.add(mount);
            }
        }
        return own;
    }

    /** A mount is not moved for that: it may be right, and keep data. */
    private static Optional<NearMiss> misspelt(RefusedNeed need, List<Mount> own) {
        return own.stream()
                .filter(mount -> isAlike(need.path(), mount.path()) && !isNeeded(need, mount.path()))
                .findFirst()
                .map(mount -> of(mount.declaration().location().orElseThrow(), "the mount is at " + mount.path()));
    }

    /** Whether the path or a directory above it differs from a mount's path in one letter or in case only. */
    private static boolean isAlike(ContainerPath path, ContainerPath mounted) {
        ContainerPath at = path;
        while (at.depth() > mounted.depth()) {
            at = at.parent();
        }
        return at.depth() == mounted.depth()
                && !at.equals(mounted)
                && NearestName.isSlip(at.toString(), mounted.toString());
    }

    private static Optional<NearMiss> onlyBelow(RefusedNeed need, List<Mount> own) {
        return own.stream()
                .filter(mount -> mount.path().isAtOrBelow(need.path()))
                .findFirst()
                .map(mount -> of(
                        mount.declaration().location().orElseThrow(), "only " + mount.path() + " below it is mounted"));
    }
}
