// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.NeedFinder;

/** Finds the paths of which the project itself states that something is kept there, in any language. */
final class StatedFinder implements NeedFinder {

    @Override
    public String name() {
        return "stated";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        new StatedDirectories(container, found).find();
        new StatedSettings(container, found.from(container.start())).find();
    }
}
