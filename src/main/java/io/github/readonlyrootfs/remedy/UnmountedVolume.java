// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The near miss of a task volume that is named after a path, and that no container mounts. */
final class UnmountedVolume {

    private UnmountedVolume() {}

    static Optional<NearMiss> of(RefusedNeed need, ContainerRemedies here) {
        TaskAnalysis task = need.on().task();
        for (Volume volume :
                task.definition().isPresent() ? task.definition().get().volumes() : List.<Volume>of()) {
            if (volume.storage() instanceof Volume.Storage.Empty
                    && isNamedAfter(volume, need.path())
                    && !isMounted(task, volume)) {
                return nearMiss(need, here, volume);
            }
        }
        return Optional.empty();
    }

    private static Optional<NearMiss> nearMiss(RefusedNeed need, ContainerRemedies here, Volume volume) {
        String name = volume.name().known().orElseThrow();
        Location place = volume.name().where().orElse(volume.location());
        // On Fargate the volume alone would be root's: then the usual edit is the one that helps.
        return new NewMount(here).ownsTaskVolume(need.path())
                ? Optional.of(new NearMiss(
                        place,
                        "volume " + name + " is defined, but no container mounts it",
                        Optional.of(Remedy.of(new Change.MountPoint(need.on().name(), name, false, need.path())))))
                : Optional.empty();
    }

    private static boolean isNamedAfter(Volume volume, ContainerPath path) {
        String name = letters(volume.name().known().orElse(""));
        return !name.isEmpty()
                && (letters(path.toString()).equals(name)
                        || letters(path.name()).equals(name));
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static boolean isMounted(TaskAnalysis task, Volume volume) {
        return task.containers().stream()
                .flatMap(container -> container.definition().fileSystem().mountPoints().stream())
                .anyMatch(point ->
                        point.sourceVolume().known().equals(volume.name().known()));
    }
}
