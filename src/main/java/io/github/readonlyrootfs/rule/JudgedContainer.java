package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One container on one platform: what most rules look at. */
record JudgedContainer(CheckedTask task, CheckedContainer container, Platform platform, ContainerRuntime runtime) {

    /** Every container on every platform, in the task definition's order. */
    static Stream<JudgedContainer> all(CheckedTask task) {
        return task.containers().stream()
                .flatMap(container -> container.runtimes().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new JudgedContainer(task, container, entry.getKey(), entry.getValue())));
    }

    /** The same without Windows containers, whose root file system cannot be read-only at all. */
    static Stream<JudgedContainer> linux(CheckedTask task) {
        return task.isWindows() ? Stream.empty() : all(task);
    }

    String name() {
        return container.definition().name();
    }

    /** The place to show where nothing else speaks of the matter. */
    Location nameLocation() {
        return container.definition().nameLocation();
    }

    /** The mount that holds a path, symbolic links in it not followed. */
    Optional<Mount> holder(ContainerPath path) {
        List<Mount> mounts = runtime.mounts();
        for (int i = mounts.size() - 1; i >= 0; i--) {
            if (path.isAtOrBelow(mounts.get(i).target())) {
                return Optional.of(mounts.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a file is one that the project's people edit here: the task definition, this image's Dockerfile, or what it
     * copies in.
     */
    boolean isOwnFile(Location location) {
        return location.file().equals(task.taskDefinitionFile())
                || task.sources().containsKey(location.file());
    }

    /** A finding about this container on this platform. */
    Finding finding(Rule rule, Location location, String message, String help) {
        return Finding.of(rule, location, message, help).in(name()).on(List.of(platform));
    }
}
