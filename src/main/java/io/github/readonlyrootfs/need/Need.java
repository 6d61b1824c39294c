package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/**
 * A path that a container's application writes.
 *
 * @param alternatives the paths of which one must be writable, the preferred one first; never empty
 * @param executable whether what is written there is then mapped executable, as extracted native libraries are
 * @param createsParents whether the writer makes missing parent directories
 * @param evidence why we believe it; never empty
 * @param advice what to do where making the path writable is no way out; empty for most
 */
public record Need(
        List<ContainerPath> alternatives,
        Impact impact,
        boolean executable,
        boolean createsParents,
        List<Evidence> evidence,
        Optional<String> advice) {

    /** A need that a writable path meets. */
    public Need(
            List<ContainerPath> alternatives,
            Impact impact,
            boolean executable,
            boolean createsParents,
            List<Evidence> evidence) {
        this(alternatives, impact, executable, createsParents, evidence, Optional.empty());
    }

    public Need {
        alternatives = List.copyOf(alternatives);
        evidence = List.copyOf(evidence);
        if (alternatives.isEmpty() || evidence.isEmpty()) {
            throw new IllegalArgumentException("a need has a path and evidence");
        }
    }

    /** Whether the team says so, whatever else does. */
    public boolean isDeclared() {
        return evidence.stream().anyMatch(reason -> reason.kind() == Evidence.Kind.DECLARED);
    }

    /** What a refused write does. */
    public enum Impact {
        /** The container does not start, or its main function is dead. */
        FATAL,
        /** It runs; something fails when used. */
        FEATURE,
        /** A log line at most. */
        TOLERATED
    }
}
