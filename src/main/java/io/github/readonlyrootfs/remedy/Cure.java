// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.Remedy;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be done about one need.
 *
 * @param changes to be made together with those of other needs
 * @param rest edits that stand alone, and what a person has to know or decide
 */
record Cure(List<Change> changes, Remedy rest) {

    static Cure of(Change... changes) {
        return new Cure(List.of(changes), Remedy.NONE);
    }

    static Cure of(Remedy remedy) {
        return new Cure(List.of(), remedy);
    }

    static Cure advice(String text) {
        return of(Remedy.advice(text));
    }

    Cure and(Cure other) {
        return new Cure(
                Stream.concat(changes.stream(), other.changes.stream())
                        .distinct()
                        .toList(),
                rest.and(other.rest));
    }

    Cure noting(String text) {
        return new Cure(changes, rest.noting(text));
    }

    Cure advising(String text) {
        return new Cure(changes, rest.advising(text));
    }
}
