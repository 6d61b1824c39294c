// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;

/**
 * A change that was tried and does more harm than good: it is not to be offered.
 *
 * @param container whose need it was made for; empty if that does not matter
 * @param path the path of the need, or of a new mount
 * @param advice what a person should do instead
 */
public record Rejection(Optional<String> container, ContainerPath path, String advice) {

    /** Whether a remedy is the one that was tried. */
    boolean concerns(ContainerPath needed, Remedy remedy) {
        return container.isPresent()
                ? needed.equals(path)
                        && remedy.changes().stream()
                                .anyMatch(change -> change.container().equals(container.get()))
                : remedy.changes().stream()
                        .anyMatch(change -> change.mounts() && change.path().equals(path));
    }
}
