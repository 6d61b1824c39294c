// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What fixes a finding.
 *
 * @param lead the beginning of the sentence that edits and advice end: what a person has to decide before anything is
 *     done
 * @param edits made together; empty if only a person can decide
 * @param advice what a person has to do, as an imperative: no program may make the edits without that
 * @param note a consequence or a reason to know of, as half a sentence
 */
public record Remedy(Optional<String> lead, List<TextEdit> edits, Optional<String> advice, Optional<String> note) {

    public static final Remedy NONE = new Remedy(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public Remedy {
        edits = List.copyOf(edits);
    }

    // As the JDK makes it for a record, but without the milliseconds that it takes to link.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Remedy remedy
                && lead.equals(remedy.lead)
                && edits.equals(remedy.edits)
                && advice.equals(remedy.advice)
                && note.equals(remedy.note);
    }

    @Override
    public int hashCode() {
        return 31 * edits.hashCode() + advice.hashCode();
    }

    public static Remedy of(TextEdit... edits) {
        return new Remedy(Optional.empty(), List.of(edits), Optional.empty(), Optional.empty());
    }

    /** Only a decision for a person. */
    public static Remedy advice(String text) {
        return new Remedy(Optional.empty(), List.of(), Optional.of(text), Optional.empty());
    }

    /** Both together. */
    public Remedy and(Remedy other) {
        Set<TextEdit> all = new LinkedHashSet<>(edits);
        all.addAll(other.edits);
        return new Remedy(
                joined(lead, other.lead, " "),
                List.copyOf(all),
                joined(advice, other.advice, ", and "),
                joined(note, other.note, ", and "));
    }

    private static Optional<String> joined(Optional<String> one, Optional<String> other, String joint) {
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return one.isPresent() ? one : other;
        }
        return Optional.of(one.get() + joint + other.get());
    }

    /** The same, with something to know of. */
    public Remedy noting(String text) {
        return and(new Remedy(Optional.empty(), List.of(), Optional.empty(), Optional.of(text)));
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
        return new Remedy(Optional.of(text), edits, advice, note);
    }

    /** Whether a program may make the edits. */
    public boolean isApplicable() {
        return !edits.isEmpty() && lead.isEmpty() && advice.isEmpty();
    }
}
