// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Collection;
import java.util.List;

/**
 * What the record has of a container.
 *
 * @param changed what the container is made from and is not known to be the same as when it was run
 * @param asTask stands for how its task runs it now, on each platform
 */
public record Observed(ObservedContainer container, List<String> changed, Collection<String> asTask) {

    public boolean isCurrent() {
        return changed.isEmpty();
    }

    /** Whether what it needed then, it needs now: of an application that changed that is likely, of another image it is not. */
    public boolean isLikely() {
        return changed.isEmpty() || changed.equals(List.of(ObservedContainer.APPLICATION));
    }

    /** Whether it did its job as its task says now on a platform, so that it can write whatever it needs for that. */
    public boolean worksAsTask(String platform) {
        String then = container.run().asTask();
        return isCurrent()
                && container.run().given().isEmpty()
                && then.startsWith(platform + " ")
                && asTask.contains(then);
    }

    /** Whether the runs show that the image has no VOLUME at a path: they failed without it, and an engine mounts those. */
    public boolean showsNoVolume(ContainerPath path) {
        return isLikely()
                && container.needs().stream()
                        .anyMatch(need -> need.path().equals(path) && need.impact() != Need.Impact.TOLERATED);
    }

    /**
     * Whether the run answers what is not known. That the container did its job shows that nothing fatal was refused, and says
     * nothing of what it did not do then, nor of what it does with other places than those it was given.
     */
    public boolean closes(Gap gap) {
        if (!gap.couldBeFatal() || !container.run().given().isEmpty()) {
            return false;
        }
        return switch (gap.kind()) {
            // Code that is not compiled yet may be other code than what was run.
            case NOT_BUILT -> false;
            case BASE -> isLikely();
            case PLACE, COMPUTED, WRITES, PROGRAM, LIBRARY, IMAGE, START -> isCurrent();
        };
    }
}
