// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The containers of its task that run with a container: those that it depends on, and those with which it shares a volume or
 * a health check, with what they depend on.
 */
final class Companions {

    /** When a container starts, seen from the one that is run: before it, or when it has started, is ready or has ended. */
    enum Stage {
        BEFORE,
        STARTED,
        READY,
        ENDED
    }

    /** A container that runs with another; {@code needed} if the other one does not start without it. */
    record Companion(ContainerRun run, Stage stage, boolean needed) {}

    private final JudgedContainer of;
    private final CheckRequest request;
    private final Map<String, Stage> stages = new HashMap<>();
    private final List<Companion> all = new ArrayList<>();

    private Companions(JudgedContainer of, CheckRequest request) {
        this.of = of;
        this.request = request;
    }

    /** Those of a container, each once, in the order of their start. */
    static List<Companion> of(ContainerRun run, JudgedContainer of, CheckRequest request) {
        Companions companions = new Companions(of, request);
        companions.stages.put(of.name(), Stage.BEFORE);
        companions.addBefore(of, true);
        of.onSamePlatform()
                .filter(other -> !companions.stages.containsKey(other.name()))
                .map(other -> ContainerRun.alone(other, request))
                .filter(other -> shares(run, other))
                .forEach(other -> companions.add(other, false));
        return List.copyOf(companions.all);
    }

    private static boolean shares(ContainerRun run, ContainerRun other) {
        Set<Integer> asked = new HashSet<>(other.ports());
        asked.removeAll(run.ports());
        String check = String.join(" ", run.healthCheck());
        return !Collections.disjoint(run.taskVolumes(), other.taskVolumes())
                || other.takesVolumesOf(run)
                || asked.stream()
                        .anyMatch(port -> Pattern.compile(":" + port + "\\b")
                                .matcher(check)
                                .find());
    }

    /** Adds what a container depends on, and before that what this depends on; when the container itself starts. */
    private Stage addBefore(JudgedContainer on, boolean needed) {
        Stage stage = Stage.BEFORE;
        for (Map.Entry<String, String> wanted : conditions(on).entrySet()) {
            String name = wanted.getKey();
            if (!stages.containsKey(name)) {
                on.other(name).ifPresent(other -> add(ContainerRun.alone(other, request), needed));
            }
            Stage reached = name.equals(of.name()) ? stage(wanted.getValue()) : stages.getOrDefault(name, Stage.BEFORE);
            stage = reached.compareTo(stage) > 0 ? reached : stage;
        }
        return stage;
    }

    private void add(ContainerRun run, boolean needed) {
        String name = run.judged().name();
        // It may be in a circle.
        stages.put(name, Stage.BEFORE);
        Stage stage = addBefore(run.judged(), needed);
        stages.put(name, stage);
        if (stage != Stage.ENDED) {
            all.add(new Companion(run, stage, needed));
        }
    }

    private static Stage stage(String condition) {
        return switch (condition) {
            case "HEALTHY" -> Stage.READY;
            case "COMPLETE", "SUCCESS" -> Stage.ENDED;
            default -> Stage.STARTED;
        };
    }

    /** What a container depends on, each with what it has to have reached: START, COMPLETE, SUCCESS or HEALTHY. */
    static Map<String, String> conditions(JudgedContainer on) {
        Map<String, String> wanted = new LinkedHashMap<>();
        ContainerDefinition container = on.container().definition();
        for (VolumesFrom source : container.fileSystem().volumesFrom()) {
            source.sourceContainer().known().ifPresent(name -> wanted.put(name, "START"));
        }
        for (DependsOn other : container.lifecycle().dependsOn()) {
            String condition = other.condition().known().orElse("START");
            other.containerName().known().ifPresent(name -> wanted.put(name, condition));
        }
        return wanted;
    }
}
