// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/**
 * A path that a container needed in a run.
 *
 * @param without what became of it without, as a sentence without a subject; nothing secret
 * @param date on which it was seen, as {@code 2026-11-30}
 * @param seenBy who saw it, such as {@code docker 26.1.5}, or whatever a person writes there
 * @param writer the uid of the user that must be able to write it, if it is not the user that the container starts with
 */
public record ObservedNeed(
        ContainerPath path, Impact impact, String without, String date, String seenBy, Optional<String> writer)
        implements Comparable<ObservedNeed> {

    /** Names the finder of evidence that comes from a record. */
    static final String FINDER = "observe";

    /**
     * The need for a check. Its directory is mounted, and so there.
     *
     * @param likely whether what was seen then is likely now; if not, it is not known to be fatal
     */
    public Need need(boolean likely) {
        String detail = "a run on " + date + "; without it: " + LogWords.of(without);
        Evidence evidence = new Evidence(Evidence.Kind.OBSERVED, detail, Optional.empty(), Optional.of(FINDER));
        Impact now = likely || impact != Impact.FATAL ? impact : Impact.FEATURE;
        return new Need(List.of(path), now, false, true, List.of(evidence)).of(Need.Kind.DIRECTORY);
    }

    /** The same, which another user than the container's own has to be able to write. */
    public ObservedNeed writtenBy(Optional<String> uid) {
        return new ObservedNeed(path, impact, without, date, seenBy, uid);
    }

    @Override
    public int compareTo(ObservedNeed other) {
        return path.compareTo(other.path);
    }
}
