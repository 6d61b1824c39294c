// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.catalogue.PublishedWriter;

/** Finds the known writes of published images and well-known programs. */
final class BaseImageFinder implements NeedFinder {

    @Override
    public String name() {
        return "base-image";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        FoundNeeds started = found.from(container.start());
        for (PublishedWriter entry : PublishedWriter.about(container)) {
            entry.find(container, started);
        }
    }
}
