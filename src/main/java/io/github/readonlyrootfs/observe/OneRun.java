// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers and volumes of one run, which are removed at its end. */
final class OneRun implements ContainerRun.Volumes, AutoCloseable {

    private final EngineSession session;
    private final ContainerRun run;
    private final List<String> containers = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private final Map<String, String> shared = new HashMap<>();

    /** By the names of the task. */
    private final Map<String, String> started = new LinkedHashMap<>();

    OneRun(EngineSession session, ContainerRun run) {
        this.session = session;
        this.run = run;
    }

    /** A name for a container of it. */
    String container(ContainerRun of) {
        String name = session.container();
        containers.add(0, name);
        started.put(of.judged().name(), name);
        return name;
    }

    /** Its containers, in the order in which they were started. */
    Collection<String> containers() {
        return started.values();
    }

    @Override
    public Optional<String> started(String container) {
        return Optional.ofNullable(started.get(container));
    }

    /** A volume is shared with the containers that run with it. */
    @Override
    public Optional<String> shared(String ofTask) {
        return run.sharedVolumes().contains(ofTask)
                ? Optional.of(shared.computeIfAbsent(ofTask, key -> empty()))
                : Optional.empty();
    }

    @Override
    public String empty() {
        volumes.add(session.volume());
        return volumes.get(volumes.size() - 1);
    }

    @Override
    public void close() {
        session.remove(containers, volumes);
    }
}
