package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.image.ImageBuild.LateChange;
import io.github.readonlyrootfs.image.ImageBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A RUN that changes what lies in a VOLUME declared above it, built by the classic builder, which drops the change. */
final class ChangeAfterVolume implements Rule {

    @Override
    public String id() {
        return "change-after-volume";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        if (task.builder() == ImageBuilder.Builder.CLASSIC) {
            for (ImageBuild build : task.builds()) {
                build.lateChanges().stream().map(this::finding).forEach(findings);
            }
        }
    }

    private Finding finding(LateChange change) {
        return Finding.of(
                        this,
                        change.location(),
                        "what this RUN changes in " + change.path()
                                + " is lost: the classic builder keeps nothing that is changed below a VOLUME line",
                        "move this RUN above line " + change.volume().line() + ", which declares the volume")
                .at(change.path())
                .with(List.of(
                        new Finding.Related("declared by", "VOLUME " + change.path(), Optional.of(change.volume()))));
    }
}
