// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.observed.Observed;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.start.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The access that a need gets on a platform.
 *
 * @param answers one for each of the need's alternatives, in their order
 * @param best the first one with the best answer, which decided
 */
public record Verdict(Need need, List<Answer> answers, Answer best) {

    /** The access of one alternative. */
    public record Answer(ContainerPath path, Access access) {}

    /** Judges a need of a container, of which a record may have what was observed. */
    static Verdict of(Need need, ContainerRuntime runtime, Optional<Observed> observed) {
        ContainerRuntime seen = runtime.as(need.writer().user());
        List<Answer> answers = new ArrayList<>();
        Answer best = null;
        for (ContainerPath path : need.alternatives()) {
            Access access = prepared(access(need, path, seen), path, need.writer(), seen);
            boolean isInRoot = access.reason() instanceof AccessReason.VolumeMayBeThere
                    && observed.filter(known -> known.showsNoVolume(path)).isPresent();
            Answer answer = new Answer(path, isInRoot ? inRoot(access) : access);
            answers.add(answer);
            if (best == null
                    || rank(answer.access().verdict()) < rank(best.access().verdict())) {
                best = answer;
            }
        }
        return new Verdict(need, List.copyOf(answers), Objects.requireNonNull(best));
    }

    private static Access inRoot(Access access) {
        return new Access(
                WriteAccess.READ_ONLY,
                Access.Cause.NO_MOUNT,
                new AccessReason.NoMount(),
                access.decidedAt(),
                access.mount(),
                Optional.empty());
    }

    /** The access of a user that the start may switch to. */
    public static Access access(Writer writer, ContainerPath path, boolean createsParents, ContainerRuntime runtime) {
        ContainerRuntime seen = runtime.as(writer.user());
        return prepared(seen.access(path, createsParents), path, writer, seen);
    }

    private static Access access(Need need, ContainerPath path, ContainerRuntime runtime) {
        return switch (need.kind()) {
            case ENTRIES -> runtime.accessIn(path);
            case REFUSED_OWNER ->
                new Access(
                        WriteAccess.NOT_PERMITTED,
                        Access.Cause.NONE,
                        new AccessReason.MayNotGive(),
                        path,
                        Optional.empty(),
                        Optional.empty());
            default -> runtime.access(path, need.createsParents());
        };
    }

    /** What owner or mode refuse another user, the start command may have given away before. */
    private static Access prepared(Access access, ContainerPath path, Writer writer, ContainerRuntime runtime) {
        boolean byOwner = access.cause() == Access.Cause.OWNER
                || access.cause() == Access.Cause.NOT_SEARCHABLE
                || access.cause() == Access.Cause.UNKNOWN_OWNER;
        if (!byOwner || access.mount().isEmpty()) {
            return access;
        }
        return switch (writer.preparation(path, access.decidedAt())) {
            case NONE -> access;
            case GIVEN ->
                new Access(
                        WriteAccess.WRITABLE,
                        Access.Cause.NONE,
                        new AccessReason.GivenByStart(runtime.user()),
                        access.decidedAt(),
                        access.mount(),
                        Optional.empty());
            case PERHAPS ->
                new Access(
                        WriteAccess.UNKNOWN,
                        Access.Cause.UNKNOWN_USER,
                        new AccessReason.ChangedByStart(runtime.user()),
                        access.decidedAt(),
                        access.mount(),
                        Optional.empty());
        };
    }

    private static int rank(WriteAccess access) {
        return switch (access) {
            case WRITABLE -> 0;
            case UNKNOWN -> 1;
            case NOT_PERMITTED -> 2;
            case READ_ONLY -> 3;
            case CANNOT_START -> 4;
        };
    }

    /** The alternative that decided. */
    public ContainerPath path() {
        return best.path();
    }

    public Access access() {
        return best.access();
    }

    /** The path with its alternatives, for display. */
    public String paths() {
        return need.alternatives().stream().map(ContainerPath::toString).collect(Collectors.joining(" or "));
    }
}
