// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One container on one platform: what most rules look at. */
public record JudgedContainer(
        TaskAnalysis task, ContainerAnalysis container, Platform platform, ContainerRuntime runtime) {

    /** Every container on every platform, in the task definition's order. */
    public static Stream<JudgedContainer> all(TaskAnalysis task) {
        List<JudgedContainer> all = new ArrayList<>();
        for (ContainerAnalysis container : task.containers()) {
            all.addAll(all(task, container));
        }
        return all.stream();
    }

    /** The same without Windows containers, whose root file system cannot be read-only at all. */
    public static Stream<JudgedContainer> linux(TaskAnalysis task) {
        return task.isWindows() ? Stream.empty() : all(task);
    }

    /** One container on every platform. */
    public static List<JudgedContainer> all(TaskAnalysis task, ContainerAnalysis container) {
        List<JudgedContainer> all = new ArrayList<>();
        // They are in the platforms' order.
        for (Map.Entry<Platform, ContainerRuntime> on : container.runtimes().entrySet()) {
            all.add(new JudgedContainer(task, container, on.getKey(), on.getValue()));
        }
        return all;
    }

    public String name() {
        return container.name();
    }

    public ContainerUser user() {
        return runtime.user();
    }

    /** The place to show if there is no better one. */
    public Location nameLocation() {
        return container.definition().metadata().nameLocation();
    }

    /** Where a mount is declared; the container's name for one of the engine's own. */
    public Location locationOf(Mount mount) {
        return mount.declaration().location().orElseGet(this::nameLocation);
    }

    /** The first symbolic link in a path and where it leads, to be put behind the path; empty where there is none. */
    public String linkIn(ContainerPath path) {
        ImageFileSystem files = runtime.image().files();
        return files.firstLink(path)
                .map(link -> " (" + link + " is a link to " + files.real(link) + ")")
                .orElse("");
    }

    /** Whether a mount is of a volume that the task does not have: then what is there is unknown until it has. */
    public boolean lacksVolume(Mount mount) {
        Optional<String> volume = mount.declaration().volume();
        return volume.isPresent()
                && task.definition().stream()
                        .allMatch(definition -> definition.volume(volume.get()).isEmpty());
    }

    public List<Verdict> verdicts() {
        return container.verdicts(platform);
    }

    /** The verdicts on its needs, and on what the project's own writable mounts imply. */
    public Stream<Verdict> allVerdicts() {
        return Stream.concat(verdicts().stream(), container.implied(platform).stream());
    }

    /** The needs that get this answer, without those that are met with another one. */
    public Stream<RefusedNeed> needs(WriteAccess answer) {
        return RefusedNeed.of(this, verdicts(), answer);
    }

    /** Whether its needs are declared, and all their paths are known. */
    public boolean declaresNeeds() {
        return container.declaresNeeds() && container.gaps().isEmpty();
    }

    /** The fatal needs of which the files do not say whether they can be written. */
    public List<RefusedNeed> undecided() {
        return needs(WriteAccess.UNKNOWN).filter(RefusedNeed::matters).toList();
    }

    /** What it cannot write, and fails without. */
    public List<RefusedNeed> fatal() {
        return Stream.of(WriteAccess.READ_ONLY, WriteAccess.NOT_PERMITTED)
                .flatMap(this::needs)
                .filter(need -> need.need().impact() == Need.Impact.FATAL)
                .toList();
    }

    /** Those of which it is unknown if the container needs them, and without which it may fail. */
    public List<RefusedNeed> perhapsFatal() {
        return Stream.of(WriteAccess.READ_ONLY, WriteAccess.NOT_PERMITTED, WriteAccess.UNKNOWN)
                .flatMap(this::needs)
                .filter(RefusedNeed::mayBeFatal)
                .toList();
    }

    /** The date of the run that answers what else would not be known, if there was one. */
    public Optional<String> provenByRun() {
        boolean answers = container.isClosedByRun()
                || (worksAsTask() && needs(WriteAccess.UNKNOWN).findAny().isPresent());
        return answers ? container.observed().map(seen -> seen.container().run().date()) : Optional.empty();
    }

    /** Whether a run showed that it does its job as its task says now. */
    public boolean worksAsTask() {
        return container.observed().isPresent() && container.observed().get().worksAsTask(platform.name());
    }

    /** Whether the container does its job under a read-only root; empty for Windows, which has none. */
    public Optional<ContainerVerdict> verdict() {
        return task.isWindows() ? Optional.empty() : Optional.of(judged());
    }

    private ContainerVerdict judged() {
        if (!container.isBuilt() || !runtime.startFailures().isEmpty() || !fatal().isEmpty()) {
            return ContainerVerdict.FAILS;
        }
        return isProven() ? ContainerVerdict.PROVEN : ContainerVerdict.UNPROVEN;
    }

    /** Whether nothing unknown could hide that a fatal need is refused. */
    public boolean isProven() {
        for (Gap gap : container.gaps()) {
            if (gap.couldBeFatal()) {
                return false;
            }
        }
        return undecided().isEmpty() && perhapsFatal().isEmpty();
    }

    /** The needs that the project's own mounts imply and that have this access. */
    public Stream<RefusedNeed> implied(WriteAccess answer) {
        List<RefusedNeed> implied = new ArrayList<>();
        for (Verdict verdict : container.implied(platform)) {
            if (verdict.access().verdict() == answer) {
                implied.add(new RefusedNeed(this, verdict));
            }
        }
        return implied.stream();
    }

    /** The mount that a path is in, without following symbolic links. */
    public Optional<Mount> holder(ContainerPath path) {
        List<Mount> mounts = runtime.mounts();
        for (int i = mounts.size() - 1; i >= 0; i--) {
            if (path.isAtOrBelow(mounts.get(i).target())) {
                return Optional.of(mounts.get(i));
            }
        }
        return Optional.empty();
    }

    /** The task's containers on the same platform, this one included. */
    public Stream<JudgedContainer> onSamePlatform() {
        return task.containers().stream().flatMap(other -> on(platform, other).stream());
    }

    /** Another container of the task on the same platform. */
    public Optional<JudgedContainer> other(String name) {
        return task.containers().stream()
                .filter(other -> other.name().equals(name))
                .findFirst()
                .flatMap(other -> on(platform, other));
    }

    private Optional<JudgedContainer> on(Platform on, ContainerAnalysis other) {
        return Optional.ofNullable(other.runtimes().get(on)).map(run -> new JudgedContainer(task, other, on, run));
    }

    /** The task's volume that a mount is of, even through another container. */
    public Optional<Volume> volume(Mount mount) {
        return mount.declaration()
                .volume()
                .flatMap(name -> task.definition().flatMap(definition -> definition.volume(name)));
    }

    /** Whether the project's team edits a file here: the task definition, this image's Dockerfile, or what it copies. */
    public boolean isOwnFile(Location location) {
        return location.file().equals(task.taskDefinitionFile())
                || task.sources().containsKey(location.file());
    }
}
