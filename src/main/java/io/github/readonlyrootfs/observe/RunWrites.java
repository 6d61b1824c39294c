// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.source.ContainerPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where runs of a container wrote, and whose what they wrote is: also in its mounts, which an engine does not list as changed. */
final class RunWrites {

    private final Engine engine;
    private final ContainerRun run;
    private final Map<ContainerPath, Set<Long>> owners = new TreeMap<>();

    RunWrites(Engine engine, ContainerRun run) {
        this.engine = engine;
        this.run = run;
    }

    /** The directories to mount for what was written, and the mounts of the task that have it. */
    Set<ContainerPath> places() {
        return owners.keySet();
    }

    /** Looks at a container that is ready or has ended; without the places in its image only at its mounts. */
    void look(String container, Optional<WrittenPlaces> image) {
        CopiedEntries files = new CopiedEntries(engine, container);
        Instant began = began(container);
        image.ifPresent(known -> {
            Set<ContainerPath> changed =
                    known.of(engine.run(List.of("diff", container)).text(), files);
            changed.removeAll(run.writableMounts());
            changed.forEach(place -> add(place, files.owners(place, began)));
        });
        // What others of its task wrote into a volume is not its own.
        for (ContainerPath mount : run.ownMounts()) {
            Set<Long> written = files.owners(mount, began);
            if (!written.isEmpty() || hasEntries(container, mount)) {
                add(mount, written);
            }
        }
    }

    private void add(ContainerPath place, Set<Long> written) {
        owners.computeIfAbsent(place, key -> new TreeSet<>()).addAll(written);
    }

    private Instant began(String container) {
        // As JSON, engines write it in one way.
        Engine.Output started = engine.run(List.of("inspect", "--format", "{{json .State.StartedAt}}", container));
        try {
            return OffsetDateTime.parse(started.text().strip().replace("\"", ""))
                    .toInstant();
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    /** A tmpfs is empty at first, and is not copied by an engine. */
    private boolean hasEntries(String container, ContainerPath mount) {
        if (!run.hasTmpfs(mount)) {
            return false;
        }
        Engine.Output list = engine.run(List.of("exec", container, "ls", "-A", mount.toString()));
        return list.isOk() && !list.text().isBlank();
    }

    /** Another user than the container's own who wrote below a path. */
    Optional<String> otherWriter(ContainerPath path) {
        return run.judged()
                .user()
                .number()
                .flatMap(own -> owners.entrySet().stream()
                        .filter(entry -> entry.getKey().isAtOrBelow(path) || path.isAtOrBelow(entry.getKey()))
                        .flatMap(entry -> entry.getValue().stream())
                        .filter(uid -> uid.intValue() != own && uid != 0 && uid <= Integer.MAX_VALUE)
                        .findFirst()
                        .map(String::valueOf));
    }
}
