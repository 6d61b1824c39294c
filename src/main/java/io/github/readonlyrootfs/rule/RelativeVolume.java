package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A VOLUME whose path does not begin with a slash: it is mounted below the root, wherever WORKDIR is. */
final class RelativeVolume implements Rule {

    @Override
    public String id() {
        return "relative-volume";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        if (task.isWindows()) {
            return;
        }
        Set<Location> reported = NearMiss.reported(task);
        Stream<Image> described = task.containers().stream()
                .filter(container -> container.described().isPresent())
                .map(CheckedContainer::image)
                .distinct();
        Stream.concat(task.builds().stream().map(ImageBuild::image), described)
                .forEach(image -> check(image, reported, findings));
    }

    /** Whether this rule speaks of a mount: nobody means the place where such a VOLUME lands. */
    static boolean speaksOf(Image image, ContainerPath mount) {
        return image.volumes().stream()
                .filter(volume -> !volume.inherited() && volume.path().equals(mount))
                .anyMatch(volume -> volume.isRelative() || isInBrokenLine(image, volume.location()));
    }

    private static boolean isInBrokenLine(Image image, Location place) {
        return image.volumes().stream()
                .filter(volume -> volume.isRelative()
                        && volume.location().file().equals(place.file())
                        && volume.location().line() == place.line())
                .anyMatch(volume ->
                        volume.written().startsWith("[") || volume.written().startsWith("#"));
    }

    private void check(Image image, Set<Location> reported, Consumer<Finding> findings) {
        List<ImageVolume> volumes = image.volumes();
        int commentLine = 0;
        for (ImageVolume volume : volumes) {
            int line = volume.location().line();
            // The other words of a comment are told by its first one.
            if (volume.inherited() || !volume.isRelative() || line == commentLine) {
                continue;
            }
            if (volume.written().startsWith("#")) {
                commentLine = line;
                findings.accept(comment(volume));
            } else if (!reported.contains(volume.location())) {
                findings.accept(MalformedVolumeArray.from(volume, volumes)
                        .map(array -> finding(volume, array))
                        .orElseGet(() -> finding(volume, image)));
            }
        }
    }

    private Finding comment(ImageVolume volume) {
        return Finding.of(
                        this,
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ": a comment cannot stand behind an instruction, so its words are taken for paths",
                        "put the comment on a line of its own")
                .at(volume.path())
                .about(volume.written());
    }

    private Finding finding(ImageVolume volume, Image image) {
        ContainerPath meant = image.workdir().known().orElse(ContainerPath.ROOT).resolve(volume.written());
        return Finding.of(
                        this,
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ", whatever WORKDIR says: a VOLUME is relative to /",
                        "write `" + meant + "` instead of `" + volume.written() + "` in line "
                                + volume.location().line() + ", if that is meant")
                .at(volume.path())
                .about(volume.written());
    }

    private Finding finding(ImageVolume volume, List<String> array) {
        return Finding.of(
                        this,
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ": this is not a JSON array, so its brackets are taken for parts of paths",
                        "write `" + DockerfileEdit.volumeArray(array) + "` in line "
                                + volume.location().line())
                .at(volume.path())
                .about(volume.written());
    }
}
