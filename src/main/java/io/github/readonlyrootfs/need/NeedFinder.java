// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

/**
 * Infers what a container writes from one kind of evidence. It never guesses: a need that depends on unknown facts is
 * {@link FoundNeeds#gap(Gap)}.
 */
public interface NeedFinder {

    /** Its name in kebab case, as users write it in the configuration. */
    String name();

    /** Finds what one container writes. */
    void find(ContainerContext container, FoundNeeds found);
}
