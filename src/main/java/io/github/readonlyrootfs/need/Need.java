// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A path that a container's application writes.
 *
 * @param alternatives the paths, one of which must be writable; the preferred one first; never empty
 * @param executable whether the written files are then mapped executable, as extracted native libraries are
 * @param createsParents whether the writer creates missing parent directories
 * @param evidence the reasons, each with an impact of its own; never empty; those with the need's impact come first
 * @param kind what is written there, by its evidence
 * @param advice what a person who knows the writer does about it; empty for most needs
 * @param writer the user that writes
 */
public record Need(
        List<ContainerPath> alternatives,
        Impact impact,
        boolean executable,
        boolean createsParents,
        Kind kind,
        List<Evidence> evidence,
        Optional<Advice> advice,
        Writer writer) {

    /**
     * What a person who knows the writer does, in the imperative.
     *
     * @param always whether also where the path could be made writable
     */
    public record Advice(String text, boolean always) {}

    /** What a writer makes of a path: it decides whether a directory may be mounted there. */
    public enum Kind {
        /** A file or a directory, whichever is there. */
        EITHER,
        /** A file, or something else that the writer makes itself: a directory there would be in its way. */
        FILE,
        /** A directory, which may be there already. */
        DIRECTORY,
        /** Files of any name in a directory, which must be there. */
        ENTRIES,
        /** An owner that the writer may not give to anything: whatever is mounted there, it is refused. */
        REFUSED_OWNER;

        /** The kind where no more is known: what creates its parents may create a directory. */
        static Kind of(boolean createsParents) {
            return createsParents ? EITHER : FILE;
        }

        /** What both tell together: the later of them tells more. */
        private Kind with(Kind other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    /** A need of a path to be written by the container's own user. */
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
                Kind.of(createsParents),
                evidence,
                Optional.empty(),
                Writer.CONTAINERS_OWN);
    }

    /** This need for files of any name in the path, whose writer does not create the directory. */
    public Need ofEntries() {
        return new Need(alternatives, impact, executable, false, Kind.ENTRIES, evidence, advice, writer);
    }

    /** This need for what is of another kind. */
    public Need of(Kind other) {
        return new Need(alternatives, impact, executable, createsParents, other, evidence, advice, writer);
    }

    /** This need if something else creates the missing parents before. */
    public Need withMadeParents() {
        boolean parents = kind != Kind.ENTRIES || createsParents;
        return new Need(alternatives, impact, executable, parents, kind, evidence, advice, writer);
    }

    public Need advising(Optional<Advice> other) {
        return new Need(alternatives, impact, executable, createsParents, kind, evidence, other, writer);
    }

    /** What to do instead of making the path writable. */
    public Optional<String> instead() {
        return advice.filter(Advice::always).map(Advice::text);
    }

    public Need by(Writer who) {
        return new Need(alternatives, impact, executable, createsParents, kind, evidence, advice, who);
    }

    /** This need of what the container may run without. */
    Need doubted() {
        return impact == Impact.FATAL ? of(Impact.FEATURE) : this;
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
     * This need merged with another need of the same path. Missing parents are created only if both writers create them.
     */
    public Need with(Need other) {
        List<Evidence> all = new ArrayList<>(evidence);
        for (Evidence reason : other.evidence) {
            if (!reason.isAmong(all)) {
                all.add(reason);
            }
        }
        return new Need(
                alternatives,
                impact,
                executable || other.executable,
                createsParents && other.createsParents,
                kind.with(other.kind),
                all,
                advice.isPresent() ? advice : other.advice,
                writer.user().isAbsent() ? other.writer : writer);
    }

    /** This need with another effect of a refused write, as something else decides it. */
    public Need of(Impact other) {
        List<Evidence> same = new ArrayList<>();
        for (Evidence reason : evidence) {
            same.add(reason.of(other));
        }
        return new Need(alternatives, other, executable, createsParents, kind, same, advice, writer);
    }

    /** Another need of the same path, with the evidence of this one. */
    public Need of(Need better) {
        return new Need(
                better.alternatives,
                better.impact,
                better.executable,
                better.createsParents,
                better.kind,
                of(better.impact).evidence,
                better.advice,
                better.writer);
    }

    /** Whether it is only stated. */
    public boolean isStated() {
        return isOnly(Evidence.Kind.STATED);
    }

    /** Whether only a run showed it. */
    public boolean isOnlyObserved() {
        return isOnly(Evidence.Kind.OBSERVED);
    }

    private boolean isOnly(Evidence.Kind kind) {
        for (Evidence reason : evidence) {
            if (reason.kind() != kind) {
                return false;
            }
        }
        return true;
    }

    /** Whether the container may stop without it, because it is unknown whether a write happens. */
    public boolean perhapsFatal() {
        for (Evidence reason : evidence) {
            if (reason.perhaps()) {
                return true;
            }
        }
        return false;
    }

    /** The evidence with the need's own impact. */
    public List<Evidence> deciding() {
        List<Evidence> deciding = new ArrayList<>();
        for (Evidence reason : evidence) {
            if (reason.impact().equals(Optional.of(impact))) {
                deciding.add(reason);
            }
        }
        return deciding;
    }

    /** The evidence for data that is meant to outlive the task, if there is any. */
    public Optional<Evidence> keeping() {
        for (Evidence reason : evidence) {
            if (reason.keeps().isPresent()) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

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
        /** The container does not start, or its main function fails. */
        FATAL,
        /** It runs; some feature fails when used. */
        FEATURE,
        /** A log line at most. */
        TOLERATED;

        /** What messages, reports and the record of observations call it. */
        public String word() {
            return this == TOLERATED ? "optional" : name().toLowerCase(Locale.ROOT);
        }

        /** The impact on the container, given the impact on a program that it runs. */
        public Impact of(Command command) {
            if (!command.certain()) {
                return TOLERATED;
            }
            return this == FATAL && !command.stops() ? FEATURE : this;
        }
    }
}
