package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A need, and the answer it gets on one platform. */
record RefusedNeed(JudgedContainer on, CheckedContainer.Verdict verdict) {

    /** The needs that get this answer. */
    static Stream<RefusedNeed> all(CheckedTask task, WriteAccess answer) {
        return JudgedContainer.linux(task).flatMap(on -> of(on, answer));
    }

    /** Those of one container, without those that are met with another one. */
    static Stream<RefusedNeed> of(JudgedContainer on, WriteAccess answer) {
        List<RefusedNeed> all = on.container().needs().stream()
                .map(need -> new RefusedNeed(on, on.container().judge(need, on.platform())))
                .filter(refused -> refused.access().verdict() == answer)
                .toList();
        return answer == WriteAccess.WRITABLE ? all.stream() : uncovered(all);
    }

    private static Stream<RefusedNeed> uncovered(List<RefusedNeed> all) {
        Map<ContainerPath, List<RefusedNeed>> byPath = new HashMap<>();
        for (RefusedNeed need : all) {
            if (need.need().alternatives().size() == 1) {
                byPath.computeIfAbsent(need.path(), path -> new ArrayList<>()).add(need);
            }
        }
        return all.stream()
                .filter(need -> need.need().alternatives().stream()
                        .flatMap(RefusedNeed::upwards)
                        .flatMap(path -> byPath.getOrDefault(path, List.of()).stream())
                        .noneMatch(other -> other.covers(need)));
    }

    /** A path and all directories above it. */
    private static Stream<ContainerPath> upwards(ContainerPath path) {
        return Stream.concat(
                Stream.iterate(path, at -> !at.isRoot(), ContainerPath::parent), Stream.of(ContainerPath.ROOT));
    }

    /**
     * Whether what lets this one be written lets one at or below it be written too, and whoever reads of this one knows
     * enough.
     */
    private boolean covers(RefusedNeed other) {
        boolean differs = !path().equals(other.path())
                || other.need().alternatives().size() > 1
                || severity().compareTo(other.severity()) < 0;
        return differs
                && severity().compareTo(other.severity()) <= 0
                && access().mount().equals(other.access().mount())
                && access().reason().equals(other.access().reason())
                && (need().executable() || !other.need().executable());
    }

    Need need() {
        return verdict.need();
    }

    ContainerPath path() {
        return verdict.path();
    }

    Access access() {
        return verdict.access();
    }

    /** The path with its alternatives, for people. */
    String paths() {
        return need().alternatives().stream().map(ContainerPath::toString).collect(Collectors.joining(" or "));
    }

    Severity severity() {
        return switch (need().impact()) {
            case FATAL -> Severity.ERROR;
            case FEATURE -> Severity.WARNING;
            case TOLERATED -> Severity.INFO;
        };
    }

    /**
     * The mount that decides; else, where the path to it is closed, the mount that was meant; else the words in the
     * project's own files that make the need as bad as it is; else the container.
     */
    Location location() {
        return access().mount()
                .or(() -> access().cause() == Access.Cause.NOT_SEARCHABLE ? on.holder(path()) : Optional.empty())
                .flatMap(Mount::location)
                .or(() -> need().deciding().stream()
                        .flatMap(evidence -> evidence.location().stream())
                        .filter(on::isOwnFile)
                        .findFirst())
                .orElseGet(on::nameLocation);
    }

    private Stream<Finding.Related> neededBy() {
        return need().evidence().stream()
                .map(evidence -> new Finding.Related("needed by", evidence.words(), evidence.location()));
    }

    /** Why a mount is root's though the Dockerfile may well have given the directory to somebody else. */
    Stream<Finding.Related> because() {
        return access().mount().stream()
                .filter(mount -> access().verdict() == WriteAccess.NOT_PERMITTED)
                .filter(mount -> mount.kind() == Mount.Kind.TASK_VOLUME)
                .filter(mount -> mount.content() == Mount.Content.EMPTY
                        || SharedVolume.decidedByAnother(on, mount).isPresent())
                .filter(mount -> access().decidedAt().equals(mount.target()))
                .map(mount -> new Finding.Related("because", ReasonText.of(mount.provenance()), Optional.empty()));
    }

    /** A finding about this need, as bad as the rule has it. */
    Finding finding(Rule rule, Location location, String message, String help) {
        return on.finding(rule, location, message, help)
                .at(path())
                .with(Stream.concat(because(), neededBy()).toList());
    }
}
