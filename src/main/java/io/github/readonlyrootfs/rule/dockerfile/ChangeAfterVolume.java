// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuild.LateChange;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.rule.engine.DockerfileRule;
import io.github.readonlyrootfs.source.Location;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A RUN that changes what is in a VOLUME declared above it, built by the classic builder, which drops the change. */
public final class ChangeAfterVolume implements DockerfileRule {

    @Override
    public void check(Analysis analysis, Set<Location> spokenOf, Consumer<Finding> findings) {
        if (analysis.builder() == ImageBuilder.Builder.CLASSIC) {
            for (ImageBuild build : analysis.builds()) {
                build.diagnostics().lateChanges().stream()
                        .map(change -> finding(build, change))
                        .forEach(findings);
            }
        }
    }

    /** The last instruction that changes a volume. The VOLUME is moved, since a RUN may contain secrets. */
    private static Location last(ImageBuild build, Location volume) {
        return build.diagnostics().lateChanges().stream()
                .filter(change -> change.volume().equals(volume))
                .map(LateChange::location)
                .max(Comparator.naturalOrder())
                .orElse(volume);
    }

    private Finding finding(ImageBuild build, LateChange change) {
        return finding(
                        change.location(),
                        "what this RUN changes in " + change.path()
                                + " is lost: the classic builder discards changes to a VOLUME below its line",
                        new DockerfileEditor(build).moveBelow(change.volume(), last(build, change.volume())))
                .at(change.path())
                .with(List.of(
                        new Finding.Related("declared by", "VOLUME " + change.path(), Optional.of(change.volume()))));
    }
}
