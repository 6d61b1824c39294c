package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.function.Consumer;

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
        for (ImageBuild build : task.builds()) {
            build.image().volumes().stream()
                    .filter(volume -> volume.isRelative() && !volume.inherited())
                    .map(volume -> MalformedVolumeArray.from(
                                    volume, build.image().volumes())
                            .map(array -> finding(volume, array))
                            .orElseGet(() -> finding(volume, build)))
                    .forEach(findings);
        }
    }

    private Finding finding(ImageVolume volume, ImageBuild build) {
        ContainerPath meant =
                build.image().workdir().known().orElse(ContainerPath.ROOT).resolve(volume.written());
        return Finding.of(
                        this,
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ", whatever WORKDIR says: a VOLUME is relative to /",
                        "write the absolute path that is meant\nVOLUME " + meant)
                .at(volume.path());
    }

    private Finding finding(ImageVolume volume, List<String> array) {
        return Finding.of(
                        this,
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ": this is not a JSON array, so its brackets are taken for parts of paths",
                        "put each path in double quotes\nVOLUME [\"" + String.join("\", \"", array) + "\"]")
                .at(volume.path());
    }
}
