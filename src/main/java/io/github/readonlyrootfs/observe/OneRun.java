// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The containers and volumes of one run, which are removed at its end. */
final class OneRun implements AutoCloseable {

    private final EngineSession session;
    private final ContainerRun run;
    private final List<String> containers = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private final Map<String, String> shared = new HashMap<>();
    private final Map<ContainerRun, String> started = new LinkedHashMap<>();

    OneRun(EngineSession session, ContainerRun run) {
        this.session = session;
        this.run = run;
    }

    String container() {
        String name = session.container();
        containers.add(0, name);
        return name;
    }

    /** A name for a container of the task. */
    String container(ContainerRun of) {
        String name = container();
        started.put(of, name);
        return name;
    }

    /** The names of its containers, in the order in which they were started. */
    Map<ContainerRun, String> started() {
        return started;
    }

    /** A container of the task that was started before. */
    Optional<ContainerRun> started(String ofTask) {
        return started.keySet().stream()
                .filter(other -> other.judged().name().equals(ofTask))
                .findFirst();
    }

    /** What an engine calls a container that was started before. */
    String name(ContainerRun of) {
        return Objects.requireNonNull(started.get(of));
    }

    /** The volume that stands for one of the task; empty if no other container has it. */
    Optional<String> shared(String ofTask) {
        return run.sharedVolumes().contains(ofTask)
                ? Optional.of(shared.computeIfAbsent(ofTask, key -> empty()))
                : Optional.empty();
    }

    /** A new volume. */
    String empty() {
        String volume = session.volume();
        volumes.add(volume);
        return volume;
    }

    @Override
    public void close() {
        session.remove(containers, volumes);
    }
}
