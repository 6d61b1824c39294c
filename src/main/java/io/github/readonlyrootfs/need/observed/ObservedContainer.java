// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was seen of a container with a read-only root: with these needs met it did its job.
 *
 * @param task the name of its task definition in the file, if it has one
 * @param image its digest
 * @param engine that ran it
 * @param date of the last run, as {@code 2026-11-30}
 * @param ready how it was seen to do its job
 * @param inputs hashes of what the container was made from, by name
 * @param needs sorted
 */
public record ObservedContainer(
        Optional<String> task,
        String name,
        String image,
        String engine,
        String date,
        String ready,
        Map<String, String> inputs,
        List<ObservedNeed> needs)
        implements Comparable<ObservedContainer> {

    public ObservedContainer {
        inputs = new TreeMap<>(inputs);
        needs = needs.stream().sorted().toList();
    }

    /** What it was made from and is not the same now, sorted. */
    public List<String> changed(Map<String, String> now) {
        TreeMap<String, String> different = new TreeMap<>(inputs);
        different.putAll(now);
        different.keySet().removeIf(key -> now.containsKey(key) && now.get(key).equals(inputs.get(key)));
        return List.copyOf(different.keySet());
    }

    /**
     * This one, with what an earlier record has of it: where it was made from the same, what was necessary then is necessary
     * still, though it may take another use to see it.
     */
    ObservedContainer after(ObservedContainer earlier) {
        if (!earlier.inputs.equals(inputs)) {
            return this;
        }
        Map<ContainerPath, ObservedNeed> byPath = new TreeMap<>();
        needs.forEach(need -> byPath.put(need.path(), need));
        earlier.needs.forEach(need -> byPath.merge(need.path(), need, ObservedContainer::worse));
        List<ObservedNeed> all = List.copyOf(byPath.values());
        boolean same = all.equals(earlier.needs)
                && image.equals(earlier.image)
                && engine.equals(earlier.engine)
                && ready.equals(earlier.ready);
        return same ? earlier : new ObservedContainer(task, name, image, engine, date, ready, inputs, all);
    }

    /** The worse of two; the earlier one where it was seen again, so that the record does not change. */
    private static ObservedNeed worse(ObservedNeed now, ObservedNeed earlier) {
        int order = now.impact().compareTo(earlier.impact());
        return order > 0 || (order == 0 && now.without().equals(earlier.without())) ? earlier : now;
    }

    @Override
    public int compareTo(ObservedContainer other) {
        int byTask = task.orElse("").compareTo(other.task.orElse(""));
        return byTask != 0 ? byTask : name.compareTo(other.name);
    }
}
