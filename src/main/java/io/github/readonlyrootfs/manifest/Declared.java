// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import java.util.Set;

/**
 * A dependency as a manifest has it.
 *
 * @param library the version is empty where the manifest leaves it to others
 * @param scope as in Maven
 * @param excluded the artifactIds that it must not bring
 */
record Declared(Coordinates library, String scope, boolean optional, Set<String> excluded) {

    Declared {
        excluded = Set.copyOf(excluded);
    }
}
