package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.ContainerRuntime.Overlap;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Two mounts land on one directory, and one of them is covered. */
final class OverlappingMounts implements Rule {

    @Override
    public String id() {
        return "overlapping-mounts";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        // What a base image or the engine mounts is meant to be covered by what the project mounts.
        JudgedContainer.linux(task)
                .forEach(on -> on.runtime().overlaps().stream()
                        .filter(overlap -> overlap.covered().origin() == Mount.Origin.PROJECT)
                        .map(overlap -> finding(on, overlap))
                        .forEach(findings));
    }

    private Finding finding(JudgedContainer on, Overlap overlap) {
        Mount covered = overlap.covered();
        Mount covering = overlap.covering();
        Location location = covered.location().or(covering::location).orElseGet(on::nameLocation);
        String winner = noun(on, covering) + " " + covering.path();
        String message = noun(on, covered) + " " + covered.path() + " has no effect: " + winner
                + " is mounted over it at " + covered.target();
        return on.finding(this, location, message, help(on, covered, covering, location))
                .at(covered.target())
                .with(List.of(new Finding.Related("covered by", winner, covering.location())));
    }

    /** At one spelling a mount of the task replaces a VOLUME; two mounts of one sort need one of them to go. */
    private static String help(JudgedContainer on, Mount covered, Mount covering, Location reader) {
        boolean respell = covered.kind() != Mount.Kind.IMAGE_VOLUME && covering.kind() == Mount.Kind.IMAGE_VOLUME;
        Optional<String> removed = respell
                ? Optional.empty()
                : TaskDefinitionEdit.remove(on.task(), on.container().definition(), covered, reader);
        if (removed.isPresent()) {
            return removed.get();
        }
        String edit = respell
                ? "write `" + covering.path() + "` instead of `" + covered.path() + "`"
                : "remove `" + covered.path() + "`";
        return edit
                + covered.location()
                        .map(place -> " in " + LineNumber.of(place, reader))
                        .orElse("");
    }

    private static String noun(JudgedContainer on, Mount mount) {
        return switch (mount.kind()) {
            case IMAGE_VOLUME -> "VOLUME";
            case TMPFS -> "tmpfs";
            case VOLUMES_FROM -> on.task().key("containerDefinitions.volumesFrom");
            case ENGINE -> "the engine's";
            default -> "mount point";
        };
    }
}
