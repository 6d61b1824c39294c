// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.engine.PlannedMount.What;
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
import java.util.HashMap;
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
 * @param unplaced mounts whose path cannot be determined
 */
record MountPlan(List<PlannedMount> mounts, List<StartFailure> failures, List<AccessReason> unplaced) {

    /** Shallow paths first; at one depth the tmpfs mounts come first, as measured on a Docker engine. */
    private static int order(PlannedMount one, PlannedMount other) {
        int order = Integer.compare(one.depth(), other.depth());
        return order != 0 ? order : Boolean.compare(other.isTmpfs(), one.isTmpfs());
    }

    /** Makes the plans of a task's containers: mounts that several of them take from one are planned once. */
    static final class Planners {

        private final TaskDefinition task;
        private final Map<String, Volume> volumes = new HashMap<>();
        private final EmptyVolumes empty;
        private final VolumesFromCircles circles;
        private final Map<String, Planner> planners = new HashMap<>();

        Planners(TaskDefinition task, EmptyVolumes empty) {
            this.task = task;
            this.empty = empty;
            this.circles = new VolumesFromCircles(task);
            for (Volume volume : task.volumes()) {
                if (volume.name() instanceof Value.Known<String> name) {
                    volumes.putIfAbsent(name.value(), volume);
                }
            }
        }

        MountPlan plan(ContainerDefinition container) {
            Planner planner = planner(container);
            List<PlannedMount> mounts = new ArrayList<>(planner.mounts.values());
            mounts.addAll(planner.tmpfs.values());
            mounts.sort(MountPlan::order);
            return new MountPlan(List.copyOf(mounts), List.copyOf(planner.failures), List.copyOf(planner.unplaced));
        }

        private Planner planner(ContainerDefinition container) {
            Planner known = planners.get(container.name());
            if (known != null) {
                return known;
            }
            Planner planner = new Planner(this);
            planner.plan(container);
            planners.put(container.name(), planner);
            return planner;
        }
    }

    private static final class Planner {

        private static final String CONTAINER_PATH = "containerDefinitions.mountPoints.containerPath";

        private final Planners all;
        private final List<StartFailure> failures = new ArrayList<>();
        /** A set, because each source adds those of its own sources, and there may be many ways to one. */
        private final Set<AccessReason> unplaced = new LinkedHashSet<>();

        private final Map<ContainerPath, PlannedMount> mounts = new LinkedHashMap<>();
        /** By the path as spelled: that is how the engine compares them. */
        private final Map<String, PlannedMount> tmpfs = new LinkedHashMap<>();

        Planner(Planners all) {
            this.all = all;
        }

        void plan(ContainerDefinition container) {
            Optional<StartFailure> circle = all.circles.failure(container.name());
            if (circle.isPresent()) {
                failures.add(circle.get());
            }
            for (MountPoint mountPoint : container.fileSystem().mountPoints()) {
                planMountPoint(container, mountPoint);
            }
            for (Tmpfs tmpfsMount : container.linuxParameters().tmpfs()) {
                planTmpfs(container, tmpfsMount);
            }
            // A later source replaces an earlier one; the container's own mount points replace both.
            Map<ContainerPath, PlannedMount> inherited = new LinkedHashMap<>();
            for (VolumesFrom from : container.fileSystem().volumesFrom()) {
                planVolumesFrom(container, from, inherited);
            }
            for (Map.Entry<ContainerPath, PlannedMount> entry : inherited.entrySet()) {
                mounts.putIfAbsent(entry.getKey(), entry.getValue());
            }
            for (ImageVolume volume :
                    all.empty.image(container).config().volumes().declared()) {
                planImageVolume(container, volume);
            }
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
                    ? Optional.of(new Volume.Storage.Unknown(unknownVolume))
                    : Optional.ofNullable(all.volumes.get(name)).map(Volume::storage);
            PlannedMount planned = new PlannedMount(
                    path,
                    new What.FromTask(name, storage, mountPoint),
                    container,
                    mountPoint.readOnly(),
                    false,
                    location);
            PlannedMount earlier = mounts.putIfAbsent(path, planned);
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
            PlannedMount clash = mounts.get(path);
            if (clash != null && known.value().equals(path.toString())) {
                failures.add(twice(path, location, clash.location()));
            }
            tmpfs.put(
                    known.value(),
                    new PlannedMount(
                            path,
                            new What.InMemory(options),
                            container,
                            new Value.Known<>(options.readOnly(), location),
                            false,
                            location));
        }

        /** The place of a mount, if it is known and absolute; otherwise notes the problem. */
        private Optional<Value.Known<String>> destination(Value<String> containerPath) {
            if (containerPath instanceof Value.Unknown<String> unknown) {
                unplaced.add(new AccessReason.MountNotPlaced(all.task.key(CONTAINER_PATH), unknown));
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

        private void planVolumesFrom(
                ContainerDefinition container, VolumesFrom from, Map<ContainerPath, PlannedMount> inherited) {
            if (!(from.sourceContainer() instanceof Value.Known<String> name)) {
                if (from.sourceContainer() instanceof Value.Unknown<String> unknown) {
                    unplaced.add(new AccessReason.MountNotPlaced(
                            all.task.key("containerDefinitions.volumesFrom.sourceContainer"), unknown));
                }
                return;
            }
            Optional<ContainerDefinition> source = all.task.container(name.value());
            if (source.isEmpty() || all.circles.isInCircle(container.name(), name.value())) {
                return;
            }
            Planner other = all.planner(source.get());
            unplaced.addAll(other.unplaced);
            for (PlannedMount brought : other.mounts.values()) {
                if (!tmpfs.containsKey(brought.destination())) {
                    inherited.put(brought.path(), brought.through(from.readOnly(), name.location()));
                }
            }
        }

        private void planImageVolume(ContainerDefinition container, ImageVolume volume) {
            if (volume.path().isRoot()) {
                failures.add(new StartFailure(
                        new StartProblem.VolumeAtRoot(), volume.location(), Optional.of(volume.path())));
                return;
            }
            PlannedMount planned = new PlannedMount(
                    volume.path(), new What.FromImage(volume), container, Value.absent(), false, volume.location());
            if (!tmpfs.containsKey(planned.destination())) {
                mounts.putIfAbsent(volume.path(), planned);
            }
        }

        private StartFailure relative(String path, Location location) {
            return new StartFailure(
                    new StartProblem.RelativePath(all.task.key(CONTAINER_PATH), path), location, Optional.empty());
        }

        private static StartFailure twice(ContainerPath path, Location location, Location earlier) {
            return new StartFailure(new StartProblem.MountedTwice(path, earlier), location, Optional.of(path));
        }
    }
}
