package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Planned.What;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which mounts a container gets, in the order in which they are mounted. At one path the task definition's mount
 * points and tmpfs beat {@code volumesFrom}, which beats the image's VOLUME, as in the Docker engine.
 *
 * @param unplaced mounts whose path cannot be told: half a sentence each
 */
record MountPlan(List<Planned> mounts, List<StartFailure> failures, List<String> unplaced) {

    /** Shallow paths first; at one depth the tmpfs mounts come first, as measured on a Docker engine. */
    private static final Comparator<Planned> ORDER =
            Comparator.comparingInt(Planned::depth).thenComparing(planned -> !planned.isTmpfs());

    static MountPlan of(ContainerDefinition container, TaskDefinition task, Map<String, Image> images) {
        Map<String, Volume> volumes = new HashMap<>();
        for (Volume volume : task.volumes()) {
            volume.name().known().ifPresent(name -> volumes.putIfAbsent(name, volume));
        }
        Planner planner = new Planner(task, volumes, images, new HashMap<>());
        planner.plan(container, new HashSet<>());
        planner.failures.addAll(planner.circles);
        List<Planned> mounts = new ArrayList<>(planner.mounts.values());
        mounts.addAll(planner.tmpfs.values());
        mounts.sort(ORDER);
        return new MountPlan(List.copyOf(mounts), List.copyOf(planner.failures), List.copyOf(planner.unplaced));
    }

    private static final class Planner {

        private final TaskDefinition task;
        private final Map<String, Volume> volumes;
        private final Map<String, Image> images;
        private final List<StartFailure> failures = new ArrayList<>();
        /** Sets, because each source adds those of its own sources, and there may be many ways to one. */
        private final Set<StartFailure> circles = new LinkedHashSet<>();

        private final Set<String> unplaced = new LinkedHashSet<>();
        private final Map<ContainerPath, Planned> mounts = new LinkedHashMap<>();
        /** By the path as spelled: that is how the engine compares them. */
        private final Map<String, Planned> tmpfs = new LinkedHashMap<>();

        /** The containers that volumesFrom has led to so far. */
        private final Map<String, Planner> sources;

        Planner(
                TaskDefinition task,
                Map<String, Volume> volumes,
                Map<String, Image> images,
                Map<String, Planner> sources) {
            this.task = task;
            this.volumes = volumes;
            this.images = images;
            this.sources = sources;
        }

        void plan(ContainerDefinition container, Set<String> path) {
            path.add(container.name());
            for (MountPoint mountPoint : container.mountPoints()) {
                planMountPoint(container, mountPoint);
            }
            for (Tmpfs tmpfsMount : container.linuxParameters().tmpfs()) {
                planTmpfs(container, tmpfsMount);
            }
            // A later source replaces an earlier one; the container's own mount points replace both.
            Map<ContainerPath, Planned> inherited = new LinkedHashMap<>();
            for (VolumesFrom from : container.volumesFrom()) {
                planVolumesFrom(from, path, inherited);
            }
            inherited.forEach(mounts::putIfAbsent);
            Image image = images.get(container.name());
            if (image != null) {
                image.volumes().forEach(volume -> planImageVolume(container, volume));
            }
            path.remove(container.name());
        }

        private void planMountPoint(ContainerDefinition container, MountPoint mountPoint) {
            Optional<Value.Known<String>> destination = destination(mountPoint.containerPath());
            if (destination.isEmpty()) {
                return;
            }
            Value.Known<String> known = destination.get();
            Location location = known.location();
            ContainerPath path = ContainerPath.of(known.value());
            String name = mountPoint.sourceVolume().known().orElse("");
            Optional<Volume.Storage> storage = mountPoint.sourceVolume() instanceof Value.Unknown<String> unknownVolume
                    ? Optional.of(new Volume.Storage.Unknown(unknownVolume.reason(), unknownVolume.location()))
                    : Optional.ofNullable(volumes.get(name)).map(Volume::storage);
            Planned planned = new Planned(
                    path,
                    new What.FromTask(name, storage, mountPoint),
                    container,
                    mountPoint.readOnly().known().orElse(false),
                    false,
                    location);
            Planned earlier = mounts.putIfAbsent(path, planned);
            if (earlier != null) {
                failures.add(twice(path, location, earlier.location()));
            }
        }

        private void planTmpfs(ContainerDefinition container, Tmpfs mount) {
            Optional<Value.Known<String>> destination = destination(mount.containerPath());
            if (destination.isEmpty()) {
                return;
            }
            Value.Known<String> known = destination.get();
            Location location = known.location();
            ContainerPath path = ContainerPath.of(known.value());
            TmpfsOptions options = TmpfsOptions.of(mount, path);
            options.rejected().ifPresent(failures::add);
            Planned clash = mounts.get(path);
            if (clash != null && known.value().equals(path.toString())) {
                failures.add(twice(path, location, clash.location()));
            }
            tmpfs.put(
                    known.value(),
                    new Planned(
                            path, new What.InMemory(mount, options), container, options.readOnly(), false, location));
        }

        /** Where a mount is to go, if that can be told and mounted; if not, says so. */
        private Optional<Value.Known<String>> destination(Value<String> containerPath) {
            if (containerPath instanceof Value.Unknown<String> unknown) {
                unplaced.add("the containerPath at " + unknown.location() + " is not known: " + unknown.reason());
            }
            if (!(containerPath instanceof Value.Known<String> known)) {
                return Optional.empty();
            }
            if (!known.value().startsWith("/")) {
                failures.add(relative(known.value(), known.location()));
                return Optional.empty();
            }
            return Optional.of(known);
        }

        private void planVolumesFrom(VolumesFrom from, Set<String> path, Map<ContainerPath, Planned> inherited) {
            if (!(from.sourceContainer() instanceof Value.Known<String> name)) {
                if (from.sourceContainer() instanceof Value.Unknown<String> unknown) {
                    unplaced.add("the sourceContainer at " + unknown.location() + " is not known: " + unknown.reason());
                }
                return;
            }
            Optional<ContainerDefinition> source = task.container(name.value());
            if (source.isEmpty()) {
                return;
            }
            if (path.contains(name.value())) {
                circles.add(new StartFailure(
                        "volumesFrom comes back to container " + name.value() + ", so none of them can start",
                        "remove one of these volumesFrom entries",
                        name.location(),
                        Optional.empty()));
                return;
            }
            boolean readOnly = from.readOnly().known().orElse(false);
            Planner other = sources.get(name.value());
            if (other == null) {
                other = new Planner(task, volumes, images, sources);
                other.plan(source.get(), path);
                sources.put(name.value(), other);
            }
            circles.addAll(other.circles);
            unplaced.addAll(other.unplaced);
            for (Planned brought : other.mounts.values()) {
                if (!tmpfs.containsKey(brought.destination())) {
                    inherited.put(brought.path(), brought.through(readOnly, name.location()));
                }
            }
        }

        private void planImageVolume(ContainerDefinition container, ImageVolume volume) {
            if (volume.path().isRoot()) {
                failures.add(new StartFailure(
                        "VOLUME / makes the root file system itself a volume, so the container does not start",
                        "name the directories that are written instead of /",
                        volume.location(),
                        Optional.of(volume.path())));
                return;
            }
            Planned planned =
                    new Planned(volume.path(), new What.FromImage(volume), container, false, false, volume.location());
            if (!tmpfs.containsKey(planned.destination())) {
                mounts.putIfAbsent(volume.path(), planned);
            }
        }

        private static StartFailure relative(String path, Location location) {
            return new StartFailure(
                    "containerPath " + path + " is not absolute, so the container does not start",
                    "write \"/" + path + "\"",
                    location,
                    Optional.empty());
        }

        private static StartFailure twice(ContainerPath path, Location location, Location earlier) {
            return new StartFailure(
                    path + " is mounted twice, so the container does not start",
                    "remove this mount or the one at " + earlier,
                    location,
                    Optional.of(path));
        }
    }
}
