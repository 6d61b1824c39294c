// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import java.util.ArrayList;
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
        List<ObservedNeed> all = new ArrayList<>(needs);
        for (ObservedNeed need : earlier.needs) {
            int same = -1;
            for (int i = 0; i < all.size(); i++) {
                same = all.get(i).path().equals(need.path()) ? i : same;
            }
            if (same < 0) {
                all.add(need);
            } else if (need.impact().compareTo(all.get(same).impact()) <= 0
                    && need.without().equals(all.get(same).without())) {
                // Seen again: the record does not change.
                all.set(same, need);
            } else if (need.impact().compareTo(all.get(same).impact()) < 0) {
                all.set(same, need);
            }
        }
        boolean same = all.stream().sorted().toList().equals(earlier.needs)
                && image.equals(earlier.image)
                && engine.equals(earlier.engine)
                && ready.equals(earlier.ready);
        return same ? earlier : new ObservedContainer(task, name, image, engine, date, ready, inputs, all);
    }

    @Override
    public int compareTo(ObservedContainer other) {
        int byTask = task.orElse("").compareTo(other.task.orElse(""));
        return byTask != 0 ? byTask : name.compareTo(other.name);
    }
}
