// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.start.BaseDirectories;

/**
 * Something that is not known about a container, and that could hide a need.
 *
 * @param kind what is not known, which also says how to close the gap
 * @param subject a path as declared, such as {@code ~/.cache} of a user whose home is unknown, or what writes
 * @param reason why it is not known, as half a sentence
 * @param hides the worst that a refused write of it could do
 * @param evidence where it was met
 */
public record Gap(Kind kind, String subject, String reason, Impact hides, Evidence evidence) {

    public enum Kind {
        /** The place of a path. */
        PLACE,
        /** The place of a path that the code computes. */
        COMPUTED,
        /** Some of the paths that a part of the application writes. */
        WRITES,
        /** All that a program writes: neither its code nor the catalogue says it. */
        PROGRAM,
        /** What code writes that is not compiled yet. */
        NOT_BUILT,
        /** What a library writes that the build could not resolve. */
        LIBRARY,
        /** What a published image starts of which nothing is known. */
        IMAGE,
        /** What the start command runs. */
        START,
        /** What the base image runs before the start command. */
        BASE
    }

    /** A path whose place is unknown. */
    public static Gap place(String path, String reason, Impact hides, Evidence evidence) {
        return new Gap(Kind.PLACE, path, reason, hides, evidence);
    }

    /** Something whose writes are unknown, so that one of them may be fatal. */
    public static Gap writes(String who, String reason, Evidence evidence) {
        return new Gap(Kind.WRITES, who, reason, Impact.FATAL, evidence);
    }

    /** This gap in what the container may run without. */
    Gap doubted() {
        return couldBeFatal() ? new Gap(kind, subject, reason, Impact.FEATURE, evidence) : this;
    }

    /** Whether the container may need it to do its job. */
    public boolean couldBeFatal() {
        return hides == Impact.FATAL;
    }

    /** Whether something certainly writes, and only where is unknown: the subject is the path that it has by default. */
    public boolean isCertainWrite() {
        return kind == Kind.PLACE && couldBeFatal() && BaseDirectories.isPath(subject);
    }

    /** A record's own takes 10 ms more at its first call. */
    @Override
    public int hashCode() {
        return 31 * subject.hashCode() + reason.hashCode();
    }

    /** Whether the project's team declared a path of it. */
    public boolean isDeclared() {
        return evidence.kind() == Evidence.Kind.DECLARED;
    }
}
