// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.util.ArrayList;
import java.util.HashMap;
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

    OneRun(EngineSession session, ContainerRun run) {
        this.session = session;
        this.run = run;
    }

    /** The name of another container of it. */
    String container() {
        containers.add(0, session.container());
        return containers.get(0);
    }

    /** A volume is shared with the containers that are started before. */
    @Override
    public Optional<String> shared(String ofTask) {
        boolean isShared = run.companions().stream()
                .anyMatch(other -> other.run().taskVolumes().contains(ofTask));
        return isShared ? Optional.of(shared.computeIfAbsent(ofTask, key -> empty())) : Optional.empty();
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
