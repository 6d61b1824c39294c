// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.Remedy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The remedy for one need.
 *
 * @param changes to be made together with those of other needs
 * @param rest independent edits, and what a person has to know or decide
 */
record NeedRemedy(List<Change> changes, Remedy rest) {

    // As the JDK makes it for a record, but without the milliseconds that it takes to link.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NeedRemedy remedy && changes.equals(remedy.changes) && rest.equals(remedy.rest);
    }

    @Override
    public int hashCode() {
        int hash = rest.hashCode();
        for (Change change : changes) {
            hash = 31 * hash
                    + (change instanceof Change.Dockerfile lines
                            ? lines.addition().hashCode()
                            : change.mounts().hashCode());
        }
        return hash;
    }

    static NeedRemedy of(Change... changes) {
        return new NeedRemedy(List.of(changes), Remedy.NONE);
    }

    static NeedRemedy of(Remedy remedy) {
        return new NeedRemedy(List.of(), remedy);
    }

    static NeedRemedy advice(String text) {
        return of(Remedy.advice(text));
    }

    NeedRemedy and(NeedRemedy other) {
        return new NeedRemedy(
                Stream.concat(changes.stream(), other.changes.stream())
                        .distinct()
                        .toList(),
                rest.and(other.rest));
    }

    /** The same, with the existing content of the directories that get a new owner. */
    NeedRemedy withContent() {
        List<Change> changed = changes.stream()
                .<Change>map(change -> change instanceof Change.Dockerfile lines
                        ? new Change.Dockerfile(
                                lines.container(), lines.addition().withContent())
                        : change)
                .toList();
        return new NeedRemedy(changed, rest);
    }

    NeedRemedy noting(String text) {
        return new NeedRemedy(changes, rest.noting(text));
    }

    NeedRemedy advising(String text) {
        return new NeedRemedy(changes, rest.advising(text));
    }
}
