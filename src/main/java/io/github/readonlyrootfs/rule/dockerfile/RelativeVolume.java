// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.MalformedVolumeArray;
import io.github.readonlyrootfs.rule.engine.DockerfileRule;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A VOLUME whose path does not begin with a slash: it is mounted below the root, wherever WORKDIR is. */
public final class RelativeVolume implements DockerfileRule {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");

    @Override
    public void check(Analysis analysis, Set<Location> spokenOf, Consumer<Finding> findings) {
        if (isWindows(analysis)) {
            return;
        }
        for (ImageBuild build : analysis.builds()) {
            check(build.image(), Optional.of(build), spokenOf, findings);
        }
        Set<Image> described = new LinkedHashSet<>();
        for (TaskAnalysis task : analysis.all()) {
            for (ContainerAnalysis container : task.containers()) {
                if (container.described().isPresent()) {
                    described.add(container.image());
                }
            }
        }
        for (Image image : described) {
            check(image, Optional.empty(), spokenOf, findings);
        }
    }

    private static boolean isWindows(Analysis analysis) {
        for (TaskAnalysis task : analysis.all()) {
            if (!task.isWindows()) {
                return false;
            }
        }
        return true;
    }

    private void check(Image image, Optional<ImageBuild> build, Set<Location> reported, Consumer<Finding> findings) {
        List<ImageVolume> volumes = image.config().volumes().declared();
        int commentLine = 0;
        for (ImageVolume volume : volumes) {
            int line = volume.location().line();
            // A comment is reported once, at its first word.
            if (volume.inherited() || !volume.isRelative() || line == commentLine) {
                continue;
            }
            if (volume.written().startsWith("#")) {
                commentLine = line;
                findings.accept(comment(volume));
            } else if (DRIVE.matcher(volume.written()).matches()) {
                findings.accept(ofWindows(volume));
            } else if (!reported.contains(volume.location())) {
                findings.accept(MalformedVolumeArray.from(volume, volumes)
                        .map(array -> finding(volume, build, array))
                        .orElseGet(() -> finding(volume, build, image)));
            }
        }
    }

    private Finding comment(ImageVolume volume) {
        return finding(
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ": an instruction cannot be followed by a comment, so its words become paths",
                        Remedy.advice("put the comment on its own line"))
                .at(volume.path())
                .about(volume.written());
    }

    private Finding ofWindows(ImageVolume volume) {
        return finding(
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ": this is a path of Windows, and the task is for Linux",
                        Remedy.advice("for a Windows image, set `operatingSystemFamily` of the task's"
                                + " `runtimePlatform`; else write a path of Linux"))
                .at(volume.path())
                .about(volume.written());
    }

    private Finding finding(ImageVolume volume, Optional<ImageBuild> build, Image image) {
        ContainerPath meant =
                image.config().workdir().known().orElse(ContainerPath.ROOT).resolve(volume.written());
        return finding(
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ": a VOLUME is relative to /, not to WORKDIR",
                        build.map(built -> new DockerfileEditor(built)
                                        .replaceWord(volume.location(), meant.toString())
                                        .advising("if " + meant + " is intended,"))
                                .orElseGet(() -> Remedy.advice("if " + meant + " is intended, write it in full")))
                .at(volume.path())
                .about(volume.written());
    }

    private Finding finding(ImageVolume volume, Optional<ImageBuild> build, List<String> array) {
        return finding(
                        volume.location(),
                        "VOLUME " + volume.written() + " is mounted at " + volume.path()
                                + ": this is not a JSON array, so its brackets become part of the paths",
                        build.map(built -> new DockerfileEditor(built)
                                        .replace(volume.location(), DockerfileEditor.volumeArray(array)))
                                .orElseGet(() -> Remedy.advice("write a JSON array")))
                .at(volume.path())
                .about(volume.written());
    }
}
