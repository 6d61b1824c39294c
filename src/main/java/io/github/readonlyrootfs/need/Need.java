// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.start.Command;
import io.github.readonlyrootfs.need.start.Writer;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path that a container's application writes.
 *
 * @param alternatives the paths of which one must be writable, the preferred one first; never empty
 * @param executable whether what is written there is then mapped executable, as extracted native libraries are
 * @param createsParents whether the writer makes missing parent directories
 * @param evidence why we believe it, each with an impact of its own; never empty, what is as bad as the need first
 * @param directory whether it is files in that path that are written, so that it must be there
 * @param advice what to do where making the path writable is no way out; empty for most
 * @param writer who writes it
 */
public record Need(
        List<ContainerPath> alternatives,
        Impact impact,
        boolean executable,
        boolean createsParents,
        boolean directory,
        List<Evidence> evidence,
        Optional<String> advice,
        Writer writer) {

    /** A need that a writable path meets. */
    public Need(
            List<ContainerPath> alternatives,
            Impact impact,
            boolean executable,
            boolean createsParents,
            List<Evidence> evidence) {
        this(
                alternatives,
                impact,
                executable,
                createsParents,
                false,
                evidence,
                Optional.empty(),
                Writer.CONTAINERS_OWN);
    }

    /** The same of which the files have any name, and whose writer does not make the directory. */
    public Need ofEntries() {
        return new Need(alternatives, impact, executable, false, true, evidence, advice, writer);
    }

    /** The same where something else makes the missing parents before. */
    public Need withMadeParents() {
        return new Need(
                alternatives, impact, executable, !directory || createsParents, directory, evidence, advice, writer);
    }

    /** The same, with what to do where making the path writable is no way out. */
    public Need advising(Optional<String> other) {
        return new Need(alternatives, impact, executable, createsParents, directory, evidence, other, writer);
    }

    /** The same, written by somebody. */
    public Need by(Writer who) {
        return new Need(alternatives, impact, executable, createsParents, directory, evidence, advice, who);
    }

    public Need {
        alternatives = List.copyOf(alternatives);
        List<Evidence> deciding = new ArrayList<>();
        List<Evidence> rest = new ArrayList<>();
        for (Evidence reason : evidence) {
            Evidence own = reason.in(impact);
            (own.impact().equals(Optional.of(impact)) ? deciding : rest).add(own);
        }
        deciding.addAll(rest);
        evidence = List.copyOf(deciding);
        if (alternatives.isEmpty() || evidence.isEmpty()) {
            throw new IllegalArgumentException("a need has a path and evidence");
        }
    }

    /**
     * This need with all that another one at the same path adds: of two writers, one that makes no parents needs them to
     * be there.
     */
    public Need with(Need other) {
        List<Evidence> all = new ArrayList<>(evidence);
        other.evidence.stream().filter(reason -> !reason.isAmong(all)).forEach(all::add);
        return new Need(
                alternatives,
                impact,
                executable || other.executable,
                createsParents && other.createsParents,
                directory || other.directory,
                all,
                advice.or(other::advice),
                writer.user().isAbsent() ? other.writer : writer);
    }

    /** The evidence that makes it as bad as it is. */
    public List<Evidence> deciding() {
        return evidence.stream()
                .filter(reason -> reason.impact().equals(Optional.of(impact)))
                .toList();
    }

    /** Whether something is written there that is meant to outlive the task. */
    public boolean isLasting() {
        return evidence.stream().anyMatch(Evidence::lasting);
    }

    /** Whether the team says so, whatever else does. */
    public boolean isDeclared() {
        for (Evidence reason : evidence) {
            if (reason.kind() == Evidence.Kind.DECLARED) {
                return true;
            }
        }
        return false;
    }

    /** What a refused write does. */
    public enum Impact {
        /** The container does not start, or its main function is dead. */
        FATAL,
        /** It runs; something fails when used. */
        FEATURE,
        /** A log line at most. */
        TOLERATED;

        /** What it does to the container where it does this to a program that the container runs. */
        public Impact of(Command command) {
            if (!command.certain()) {
                return TOLERATED;
            }
            return this == FATAL && !command.stops() ? FEATURE : this;
        }
    }
}
