// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuild.OtherVolume;
import io.github.readonlyrootfs.rule.engine.DockerfileRule;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Set;
import java.util.function.Consumer;

/** A VOLUME in a stage that the image that runs only copies files from. */
public final class DiscardedVolume implements DockerfileRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSEQUENCE);
    }

    @Override
    public void check(Analysis analysis, Set<Location> spokenOf, Consumer<Finding> findings) {
        for (ImageBuild build : analysis.builds()) {
            for (OtherVolume volume : build.diagnostics().otherVolumes()) {
                if (volume.copiedFrom()
                        && !isRun(analysis, build, volume.stage())
                        && !isDeclared(build, volume.path())
                        && !spokenOf.contains(volume.location())) {
                    findings.accept(finding(build, volume));
                }
            }
        }
    }

    /** Another container may run the stage, or one that descends from it. */
    private static boolean isRun(Analysis analysis, ImageBuild build, int stage) {
        return analysis.builds().stream()
                .filter(other ->
                        other.dockerfile().name().equals(build.dockerfile().name()))
                .anyMatch(other -> other.chain().stages().contains(stage));
    }

    private static boolean isDeclared(ImageBuild build, ContainerPath path) {
        return build.image().config().volumes().declared().stream().anyMatch(volume -> path.isAtOrBelow(volume.path()));
    }

    private Finding finding(ImageBuild build, OtherVolume volume) {
        String stage = volume.stageName().map(name -> "stage " + name).orElse("stage " + volume.stage());
        String target = build.target().map(name -> "stage " + name).orElse("the last stage");
        return finding(
                        volume.location(),
                        "VOLUME " + volume.path() + " is in " + stage + ", but " + target
                                + " only copies from there: COPY copies files, not volumes",
                        build.chain().steps().isEmpty()
                                ? Remedy.advice("move it to " + target)
                                : new DockerfileEditor(build)
                                        .declare(volume.path())
                                        .advising("if " + target + " needs it,"))
                .at(volume.path());
    }
}
