// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes things away, by halves and then one by one, until each that is left is necessary. More of them never harm: what is
 * necessary among many is necessary among few.
 *
 * @param <T> what is taken away
 * @param <R> how it fails without them
 */
final class Minimiser<T, R> {

    /** Tries it with some of the things, and says how it fails; nothing if it works. */
    interface Trial<T, R> {
        Optional<R> with(Set<T> left) throws NoMoreTrialsException;
    }

    /** As many trials were made as may be. */
    static final class NoMoreTrialsException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final Trial<T, R> trial;
    private final Set<T> left;
    private final Map<T, R> necessary = new LinkedHashMap<>();

    private Minimiser(List<List<T>> groups, Trial<T, R> trial) {
        this.left = groups.stream().flatMap(List::stream).collect(Collectors.toCollection(LinkedHashSet::new));
        this.trial = trial;
    }

    /**
     * What is left.
     *
     * @param necessary what is necessary, with how it fails without
     * @param untried what may or may not be, because no more trials were to be made
     */
    record Minimum<T, R>(Map<T, R> necessary, Set<T> untried) {}

    /**
     * Finds a minimum of things with all of which it works.
     *
     * @param groups what may go together; the first is taken away first, and in each the first things are
     */
    static <T, R> Minimum<T, R> of(List<List<T>> groups, Trial<T, R> trial) {
        Minimiser<T, R> minimiser = new Minimiser<>(groups, trial);
        Set<T> untried = new LinkedHashSet<>();
        try {
            for (List<T> group : groups) {
                minimiser.reduce(group, Optional.empty());
            }
        } catch (NoMoreTrialsException e) {
            untried.addAll(minimiser.left);
            untried.removeAll(minimiser.necessary.keySet());
        }
        return new Minimum<>(minimiser.necessary, untried);
    }

    /**
     * Takes away what can be of some things that are left.
     *
     * @param known how it fails without all of them
     */
    private void reduce(List<T> some, Optional<R> known) throws NoMoreTrialsException {
        if (some.isEmpty()) {
            return;
        }
        Optional<R> failure = known.isPresent() ? known : without(some);
        if (failure.isEmpty()) {
            some.forEach(left::remove);
        } else if (some.size() == 1) {
            necessary.put(some.get(0), failure.get());
        } else {
            List<T> first = some.subList(0, some.size() / 2);
            reduce(first, Optional.empty());
            // Without the first half it is what has failed already.
            boolean gone = first.stream().noneMatch(left::contains);
            reduce(some.subList(first.size(), some.size()), gone ? failure : Optional.empty());
        }
    }

    private Optional<R> without(List<T> some) throws NoMoreTrialsException {
        Set<T> others = new LinkedHashSet<>(left);
        some.forEach(others::remove);
        return trial.with(others);
    }
}
