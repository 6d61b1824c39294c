package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.ImageBuild.OtherVolume;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something in the files that was probably meant to make a path writable, and does not.
 *
 * @param reason why it does not, as half a sentence
 * @param help the edit; empty where it is the same as if the near miss were not there
 * @param volume what a VOLUME line declares after that edit
 */
record NearMiss(Location location, String reason, Optional<String> help, Optional<ContainerPath> volume) {

    private static NearMiss of(Location location, String reason) {
        return new NearMiss(location, reason, Optional.empty(), Optional.empty());
    }

    private NearMiss mendedBy(String edit) {
        return new NearMiss(location, reason, Optional.of(edit + " in line " + location.line()), Optional.empty());
    }

    private NearMiss mendedBy(String edit, ContainerPath declared) {
        return new NearMiss(location, reason, mendedBy(edit).help(), Optional.of(declared));
    }

    private static String instead(ContainerPath meant, String written) {
        return "write `" + meant + "` instead of `" + written + "`";
    }

    /** The nearest near miss for a path at which nothing is mounted. */
    static Optional<NearMiss> of(RefusedNeed need) {
        return Stream.<Optional<NearMiss>>of(
                        otherStage(need),
                        brokenArray(need),
                        relativeVolume(need),
                        UnmountedVolume.of(need),
                        misspelt(need),
                        onlyBelow(need))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Where path-not-writable points at a near miss, and fails or warns because of it. */
    static Set<Location> reported(CheckedTask task) {
        return RefusedNeed.all(task, WriteAccess.READ_ONLY)
                .filter(need -> need.severity() != Severity.INFO)
                .filter(need -> need.access().mount().isEmpty())
                .flatMap(need -> of(need).stream())
                .map(NearMiss::location)
                .collect(Collectors.toSet());
    }

    private static Optional<NearMiss> otherStage(RefusedNeed need) {
        return need.on().container().build().stream()
                .flatMap(build -> build.otherVolumes().stream())
                .filter(volume -> need.path().isAtOrBelow(volume.path()))
                .findFirst()
                .map(volume -> of(volume.location(), stage(volume)));
    }

    private static String stage(OtherVolume volume) {
        return "its VOLUME is in stage "
                + volume.stageName().orElseGet(() -> String.valueOf(volume.stage()))
                + ", which this image is not built from";
    }

    private static Stream<ImageVolume> ownVolumes(RefusedNeed need) {
        return need.on().container().image().volumes().stream().filter(volume -> !volume.inherited());
    }

    private static Optional<NearMiss> brokenArray(RefusedNeed need) {
        List<ImageVolume> volumes = need.on().container().image().volumes();
        return ownVolumes(need)
                .flatMap(volume -> MalformedVolumeArray.from(volume, volumes).stream()
                        .flatMap(array -> array.stream()
                                .map(ContainerPath::of)
                                .filter(need.path()::isAtOrBelow)
                                .map(meant -> of(
                                                volume.location(),
                                                "the array is not JSON, so " + volume.path() + " is declared instead")
                                        .mendedBy("write `" + DockerfileEdit.volumeArray(array) + "`", meant))))
                .findFirst();
    }

    private static Optional<NearMiss> relativeVolume(RefusedNeed need) {
        return ownVolumes(need)
                .filter(ImageVolume::isRelative)
                .filter(volume -> !volume.path().isRoot())
                .filter(volume -> tail(need.path(), volume.path()).isPresent())
                .findFirst()
                .map(volume -> {
                    ContainerPath meant = tail(need.path(), volume.path()).orElseThrow();
                    return of(volume.location(), "a relative VOLUME is mounted below /, at " + volume.path())
                            .mendedBy(instead(meant, volume.written()), meant);
                });
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

    private static Stream<Mount> ownMounts(RefusedNeed need) {
        return need.on().runtime().mounts().stream()
                .filter(mount -> mount.origin() == Mount.Origin.PROJECT && !mount.readOnly())
                .filter(mount -> mount.location().filter(need.on()::isOwnFile).isPresent());
    }

    private static Optional<NearMiss> misspelt(RefusedNeed need) {
        return ownMounts(need)
                .filter(mount -> meant(need.path(), mount.path()).isPresent())
                .findFirst()
                .map(mount -> {
                    ContainerPath meant = meant(need.path(), mount.path()).orElseThrow();
                    Location place = mount.location().orElseThrow();
                    NearMiss miss = of(place, "the mount is at " + mount.path());
                    String edit = instead(meant, mount.path().toString());
                    return mount.kind() == Mount.Kind.IMAGE_VOLUME ? miss.mendedBy(edit, meant) : miss.mendedBy(edit);
                });
    }

    /** The path or a directory above it that differs from a mount's path in one letter or in case only. */
    private static Optional<ContainerPath> meant(ContainerPath path, ContainerPath mounted) {
        for (ContainerPath at = path; at.depth() >= mounted.depth() && !at.isRoot(); at = at.parent()) {
            if (at.depth() == mounted.depth()
                    && !at.equals(mounted)
                    && Spelling.isNear(at.toString(), mounted.toString())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static Optional<NearMiss> onlyBelow(RefusedNeed need) {
        return ownMounts(need)
                .filter(mount -> mount.path().isAtOrBelow(need.path()))
                .findFirst()
                .map(mount -> of(mount.location().orElseThrow(), "only " + mount.path() + " below it is mounted"));
    }
}
