// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What fixes a finding.
 *
 * @param lead the beginning of the sentence that edits and advice end: what a person has to decide before anything is
 *     done
 * @param changes to be made together with those of other remedies; none once they have become edits
 * @param edits made together; empty if only a person can decide
 * @param advice what a person has to do, as an imperative: no program may make the edits without that
 * @param note a consequence or a reason to know of, as half a sentence
 */
public record Remedy(
        Optional<String> lead,
        List<Change> changes,
        List<TextEdit> edits,
        Optional<String> advice,
        Optional<String> note) {

    public static final Remedy NONE =
            new Remedy(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());

    public Remedy {
        changes = List.copyOf(changes);
        edits = List.copyOf(edits);
    }

    public static Remedy of(TextEdit... edits) {
        return NONE.with(List.of(), List.of(edits));
    }

    public static Remedy of(Change... changes) {
        return NONE.with(List.of(changes), List.of());
    }

    /** Only a decision for a person. */
    public static Remedy advice(String text) {
        return new Remedy(Optional.empty(), List.of(), List.of(), Optional.of(text), Optional.empty());
    }

    /** The same words with other changes and edits. */
    public Remedy with(List<Change> otherChanges, List<TextEdit> otherEdits) {
        return new Remedy(lead, otherChanges, otherEdits, advice, note);
    }

    /** Both together. */
    public Remedy and(Remedy other) {
        return new Remedy(
                joined(lead, other.lead, " "),
                joined(changes, other.changes),
                joined(edits, other.edits),
                joined(advice, other.advice, ", and "),
                joined(note, other.note, ", and "));
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    private static Optional<String> joined(Optional<String> one, Optional<String> other, String joint) {
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return one.isPresent() ? one : other;
        }
        return Optional.of(one.get() + joint + other.get());
    }

    /** The same, with something to know of. */
    public Remedy noting(String text) {
        return and(new Remedy(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.of(text)));
    }

    /**
     * The same, to be made only by a person.
     *
     * @param text see {@link #lead}
     */
    public Remedy advising(String text) {
        return withLead(lead.map(old -> text + " " + old).orElse(text));
    }

    /** The same with another {@link #lead}. */
    public Remedy withLead(String text) {
        return new Remedy(Optional.of(text), changes, edits, advice, note);
    }

    /** Whether a program may make the edits. */
    public boolean isApplicable() {
        return !edits.isEmpty() && isForAProgram();
    }

    /** Whether no person has to decide or to do anything. */
    public boolean isForAProgram() {
        return lead.isEmpty() && advice.isEmpty();
    }
}
