// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was seen of a container with a read-only root: with these needs met it did its job.
 *
 * @param task the name of its task definition in the file, if it has one
 * @param run the last run
 * @param inputs hashes of what the container was made from, by name
 * @param needs sorted
 */
public record ObservedContainer(
        Optional<String> task, String name, Run run, Map<String, String> inputs, List<ObservedNeed> needs)
        implements Comparable<ObservedContainer> {

    /** The input that is the application itself, which each commit may change. */
    public static final String APPLICATION = "application";

    /** The value of an input of which nobody can say whether it is the same. */
    public static final String UNKNOWN = "unknown";

    /**
     * A run.
     *
     * @param image its digest
     * @param base the digest of its lowest layer, which is another one when the tag of a base image moves
     * @param engine that ran it
     * @param date as {@code 2026-11-30}
     * @param ready how the container was seen to do its job
     * @param given the variables that may say where it writes, and whose values only the run had: nobody knows the real ones
     * @param asTask stands for how its task ran it, if it did its job so; else empty
     */
    public record Run(
            String image, String base, String engine, String date, String ready, Set<String> given, String asTask) {

        public Run {
            given = new TreeSet<>(given);
        }

        private boolean isLike(Run other) {
            return equals(new Run(other.image, other.base, other.engine, date, other.ready, other.given, other.asTask));
        }
    }

    public ObservedContainer {
        inputs = new TreeMap<>(inputs);
        needs = needs.stream().sorted().toList();
    }

    /** What it was made from and is not known to be the same now, sorted. */
    public List<String> changed(Map<String, String> now) {
        TreeMap<String, String> different = new TreeMap<>(inputs);
        different.putAll(now);
        different
                .entrySet()
                .removeIf(input -> input.getValue().equals(inputs.get(input.getKey()))
                        && input.getValue().equals(now.get(input.getKey()))
                        && !input.getValue().equals(UNKNOWN));
        return List.copyOf(different.keySet());
    }

    /**
     * This one, with what an earlier record has of it: where it was made from the same, what was necessary then is necessary
     * still, though it may take another use to see it.
     */
    ObservedContainer after(ObservedContainer earlier) {
        if (!earlier.inputs.equals(inputs)
                || !earlier.run.base.equals(run.base)
                || !earlier.run.given.equals(run.given)) {
            return this;
        }
        Map<ContainerPath, ObservedNeed> byPath = new TreeMap<>();
        needs.forEach(need -> byPath.put(need.path(), need));
        earlier.needs.forEach(need -> byPath.merge(need.path(), need, ObservedContainer::worse));
        List<ObservedNeed> all = List.copyOf(byPath.values());
        return all.equals(earlier.needs) && run.isLike(earlier.run)
                ? earlier
                : new ObservedContainer(task, name, run, inputs, all);
    }

    /** The worse of two; the earlier one where it was seen again, after other seconds, so that the record does not change. */
    private static ObservedNeed worse(ObservedNeed now, ObservedNeed earlier) {
        int order = now.impact().compareTo(earlier.impact());
        return order > 0 || (order == 0 && now.writer().equals(earlier.writer())) ? earlier : now;
    }

    @Override
    public int compareTo(ObservedContainer other) {
        int byTask = task.orElse("").compareTo(other.task.orElse(""));
        return byTask != 0 ? byTask : name.compareTo(other.name);
    }
}
