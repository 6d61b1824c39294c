// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

/**
 * Infers what a container writes from one kind of evidence. It finds what follows from that evidence, and guesses
 * nothing: what depends on something that the files do not tell is {@link FoundNeeds#unresolved unresolved}.
 */
public interface NeedFinder {

    /** Kebab-case; what the user writes to choose it. */
    String name();

    /** Finds what one container writes. */
    void find(ContainerContext container, FoundNeeds found);
}
