// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.start.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a finder finds. */
public final class FoundNeeds {

    /** Real containers have a dozen. */
    private static final int MAX_NEEDS = 1_000;

    private final String finder;
    private final Gathered all;

    private final Writer writer;

    /** An assumption of the evidence, for display. */
    private final String condition;

    /** Whether that is uncertain, so that the container may run without what is found. */
    private final boolean doubted;

    /** Shared by all views of one finder's needs. */
    private static final class Gathered {

        private final List<Need> needs = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final Map<String, SourceFile> sources = new LinkedHashMap<>();
        private boolean tooMany;
    }

    public FoundNeeds(String finder) {
        this(finder, new Gathered(), Writer.CONTAINERS_OWN, "", false);
    }

    private FoundNeeds(String finder, Gathered all, Writer writer, String condition, boolean doubted) {
        this.finder = finder;
        this.all = all;
        this.writer = writer;
        this.condition = condition;
        this.doubted = doubted;
    }

    /** A view for needs of an application that the container may not run. */
    public FoundNeeds ofApplication(ContainerContext container) {
        Optional<String> doubt = container.application().doubt();
        return doubt.isPresent() ? new FoundNeeds(finder, all, writer, doubt.get(), true) : this;
    }

    /** A view for needs that follow from a start command: their evidence states what is assumed about it. */
    public FoundNeeds from(StartCommand start) {
        String assumed = start.unknownBase().isPresent()
                ? ", if base image " + start.unknownBase().get() + " has no ENTRYPOINT"
                : "";
        return new FoundNeeds(finder, all, writer, assumed, doubted);
    }

    public FoundNeeds by(Writer who) {
        return new FoundNeeds(finder, all, who, condition, doubted);
    }

    /** {@code `the first`}, {@code `the first` or 1 other jar}, or {@code `the first` or one of 2 other jars}. */
    public static String oneOf(List<?> writers, String noun, String plural) {
        int more = writers.size() - 1;
        String others = switch (more) {
            case 0 -> "";
            case 1 -> " or 1 other " + noun;
            default -> " or one of " + more + " other " + plural;
        };
        return "`" + writers.get(0) + "`" + others;
    }

    /**
     * Evidence of this finder.
     *
     * @param detail see {@link Evidence#detail()}
     */
    public Evidence evidence(String detail, Optional<Location> location) {
        return new Evidence(Evidence.Kind.INFERRED, detail + condition, location, Optional.of(finder));
    }

    /** Evidence that the project itself states. */
    public Evidence stated(String detail, Optional<Location> location) {
        return new Evidence(Evidence.Kind.STATED, detail + condition, location, Optional.of(finder));
    }

    /** Adds a need. Paths on devices and on the engine's own file systems are ignored. */
    public void add(Need need) {
        for (ContainerPath path : need.alternatives()) {
            if (path.isNoStorage()) {
                return;
            }
        }
        if (all.needs.size() < MAX_NEEDS) {
            all.needs.add((doubted ? need.doubted() : need).by(writer));
        } else if (!all.tooMany) {
            all.tooMany = true;
            all.gaps.add(Gap.writes(
                    "the rest of the application",
                    "only the first " + MAX_NEEDS + " paths are checked",
                    need.evidence().get(0)));
        }
    }

    /**
     * Adds a write to one path whose parents the writer does not create.
     *
     * @param path where it is, as far as the files show
     * @param written a description if the path is unknown
     */
    public void write(Value<ContainerPath> path, String written, Impact impact, Evidence evidence) {
        write(path, written, impact, false, evidence);
    }

    /**
     * Adds a write to one path.
     *
     * @param createsParents whether the writer creates missing parents
     */
    public void write(
            Value<ContainerPath> path, String written, Impact impact, boolean createsParents, Evidence evidence) {
        write(path, written, impact, createsParents, Kind.of(createsParents), evidence);
    }

    /** Adds a write to one path of a kind that the evidence shows. */
    public void write(
            Value<ContainerPath> path,
            String written,
            Impact impact,
            boolean createsParents,
            Kind kind,
            Evidence evidence) {
        if (path instanceof Value.Known<ContainerPath> known) {
            add(new Need(List.of(known.value()), impact, false, createsParents, List.of(evidence)).of(kind));
        } else if (path instanceof Value.Unknown<ContainerPath> unknown && impact != Impact.TOLERATED) {
            gap(Gap.place(written, unknown.reason(), impact, evidence));
        }
    }

    /**
     * Adds a write to files of any name in a directory that must exist.
     *
     * @param written a description if the directory is unknown
     */
    public void writeIn(Value<ContainerPath> directory, String written, Impact impact, Evidence evidence) {
        if (directory instanceof Value.Known<ContainerPath> known) {
            add(new Need(List.of(known.value()), impact, false, false, List.of(evidence)).ofEntries());
        } else {
            write(directory, written, impact, evidence);
        }
    }

    /** Adds something that is not known. */
    public void gap(Gap gap) {
        if (all.gaps.size() < MAX_NEEDS) {
            all.gaps.add(doubted ? gap.doubted() : gap);
        }
    }

    /** Adds something of a kind whose writes are unknown, for a reason that has no location. */
    public void gap(Gap.Kind kind, String who, String reason, String detail) {
        gap(new Gap(kind, who, reason, Impact.FATAL, evidence(detail, Optional.empty())));
    }

    /** Adds something whose writes are unknown because of a problem in a file. */
    public void problem(String who, String detail, Problem problem) {
        gap(Gap.writes(who, problem.message(), evidence(detail, Optional.of(problem.location()))));
    }

    /** Adds a file of the project that evidence refers to. */
    public void source(SourceFile file) {
        if (!file.isInside()) {
            all.sources.put(file.name(), file);
        }
    }

    public List<Need> needs() {
        return all.needs;
    }

    public List<Gap> gaps() {
        return all.gaps;
    }

    public Map<String, SourceFile> sources() {
        return all.sources;
    }
}
