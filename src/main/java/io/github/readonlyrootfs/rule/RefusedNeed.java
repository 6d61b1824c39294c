package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A need, and the answer it gets on one platform. */
record RefusedNeed(JudgedContainer on, CheckedContainer.Verdict verdict) {

    /** The needs that get this answer. */
    static Stream<RefusedNeed> all(CheckedTask task, WriteAccess answer) {
        return JudgedContainer.linux(task)
                .flatMap(on -> on.container().needs().stream()
                        .map(need -> new RefusedNeed(on, on.container().judge(need, on.platform())))
                        .filter(refused -> refused.access().verdict() == answer));
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

    /** The mount that decides; else the words in the project's own files that ask for the path; else the container. */
    Location location() {
        return access().mount()
                .flatMap(Mount::location)
                .or(() -> need().evidence().stream()
                        .flatMap(evidence -> evidence.location().stream())
                        .filter(on::isOwnFile)
                        .findFirst())
                .orElseGet(on::nameLocation);
    }

    private List<Finding.Related> neededBy() {
        return need().evidence().stream()
                .map(evidence -> new Finding.Related("needed by", evidence.detail(), evidence.location()))
                .toList();
    }

    /** A finding about this need, as bad as the rule has it. */
    Finding finding(Rule rule, Location location, String message, String help) {
        return on.finding(rule, location, message, help).at(path()).with(neededBy());
    }
}
