// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import java.util.List;

/**
 * What the record has of a container.
 *
 * @param changed what the container is made from and was not the same when it was run; then it is not known what it needs now
 */
public record Observed(ObservedContainer container, List<String> changed) {

    public boolean isCurrent() {
        return changed.isEmpty();
    }
}
