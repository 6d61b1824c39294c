// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.baseline;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The findings that are known, by the task definition that a check reads: two executions of one project may share a file.
 * A finding is identified by its subject, not by its line or its words; one that is worse than recorded is new.
 */
public final class Baseline {

    /** The name of the file in the project's directory. */
    public static final String FILE_NAME = "readonly-rootfs-baseline.json";

    private final String file;
    private final Map<String, List<Listed>> byTaskDefinition;

    private Baseline(String file, Map<String, List<Listed>> byTaskDefinition) {
        this.file = file;
        this.byTaskDefinition = byTaskDefinition;
    }

    /** An entry and its place in the file. */
    record Listed(BaselineEntry entry, Location location) {}

    /** @param file its name, for messages */
    public static Baseline empty(String file) {
        return new Baseline(file, Map.of());
    }

    /**
     * Reads a baseline.
     *
     * @param name of the file, for messages
     * @throws ConfigurationException with file and line, when it is no baseline, or one of a later version
     */
    public static Baseline read(Path file, String name) throws ConfigurationException {
        try {
            return parse(SourceFile.read(file, name));
        } catch (UnreadableSourceException e) {
            throw new ConfigurationException(
                    name, e.problem().message(), e.problem().help());
        }
    }

    static Baseline parse(SourceFile source) throws ConfigurationException {
        return new Baseline(source.name(), new BaselineReader(source).read());
    }

    /**
     * The result of comparing a check's findings with the baseline.
     *
     * @param findings all of them, sorted; known ones are suppressed
     * @param fixed the entries whose findings are gone
     * @param left the baseline without those
     */
    public record Comparison(List<Finding> findings, List<FixedEntry> fixed, Baseline left) {}

    /** An entry that can go, in words, and its place. */
    public record FixedEntry(String words, Location location) {}

    /**
     * Compares a check's findings with those that are listed. A finding about several containers is split where only some
     * of them are listed. Those of {@code invalid-*} rules are never known: what cannot be read is not checked.
     *
     * @param taskDefinition the file that was checked
     * @param resource the one of its task definitions that was, where it was not all of them
     */
    public Comparison compare(String taskDefinition, Optional<String> resource, List<Finding> findings) {
        Map<BaselineEntry.Subject, Deque<Listed>> open = new HashMap<>();
        for (Listed listed : byTaskDefinition.getOrDefault(taskDefinition, List.of())) {
            open.computeIfAbsent(listed.entry().subject(), subject -> new ArrayDeque<>())
                    .add(listed);
        }
        if (open.isEmpty()) {
            return new Comparison(findings, List.of(), this);
        }
        List<Finding> compared = new ArrayList<>();
        for (Finding finding : findings) {
            compared.addAll(compared(finding, open));
        }
        boolean complete = findings.stream().noneMatch(Baseline::isUnreadable);
        List<Listed> fixed = open.values().stream()
                .flatMap(Deque::stream)
                .filter(listed -> complete && isOf(resource, listed.entry().subject()))
                .sorted((one, other) -> one.location().compareTo(other.location()))
                .toList();
        List<Listed> left = new ArrayList<>(byTaskDefinition.get(taskDefinition));
        left.removeAll(fixed);
        return new Comparison(
                compared.stream().sorted().toList(),
                fixed.stream()
                        .map(listed -> new FixedEntry(listed.entry().words(), listed.location()))
                        .toList(),
                with(taskDefinition, left));
    }

    private List<Finding> compared(Finding finding, Map<BaselineEntry.Subject, Deque<Listed>> open) {
        if (finding.isSuppressed() || isUnreadable(finding)) {
            return List.of(finding);
        }
        List<String> known = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        List<Finding.Related> worse = new ArrayList<>();
        for (BaselineEntry entry : BaselineEntry.of(finding)) {
            Deque<Listed> listed = open.get(entry.subject());
            Listed match = listed == null ? null : listed.poll();
            boolean covers = match != null && match.entry().severity().compareTo(finding.severity()) <= 0;
            entry.subject().container().ifPresent((covers ? known : fresh)::add);
            if (entry.subject().container().isEmpty() && covers) {
                return List.of(finding.suppressedAsKnown(file));
            }
            if (match != null && !covers) {
                worse.add(new Finding.Related(
                        "baseline", "lists it as " + match.entry().severity().label(), Optional.of(match.location())));
            }
        }
        List<Finding> split = new ArrayList<>();
        if (!known.isEmpty()) {
            split.add(in(known, finding).suppressedAsKnown(file));
        }
        if (!fresh.isEmpty() || known.isEmpty()) {
            Finding left = in(fresh, finding);
            List<Finding.Related> related = new ArrayList<>(left.related());
            related.addAll(worse);
            split.add(left.with(related));
        }
        return split;
    }

    private static Finding in(List<String> containers, Finding finding) {
        return finding.in(containers, finding.platforms(), finding.related());
    }

    private static boolean isUnreadable(Finding finding) {
        return Finding.isAlwaysAnError(finding.rule());
    }

    private static boolean isOf(Optional<String> resource, BaselineEntry.Subject subject) {
        return resource.isEmpty()
                || subject.resource().isEmpty()
                || subject.resource().equals(resource.map(PublicText::address));
    }

    /**
     * The baseline that lists these findings of one task definition, and nothing else of it.
     *
     * @param least the least severity that is worth an entry
     */
    public Baseline listing(String taskDefinition, Optional<String> resource, List<Finding> findings, Severity least) {
        List<Listed> entries = new ArrayList<>();
        for (Listed listed : byTaskDefinition.getOrDefault(taskDefinition, List.of())) {
            if (!isOf(resource, listed.entry().subject())) {
                entries.add(listed);
            }
        }
        for (Finding finding : findings) {
            if (!finding.isSuppressed()
                    && !isUnreadable(finding)
                    && finding.severity().compareTo(least) <= 0) {
                BaselineEntry.of(finding).forEach(entry -> entries.add(new Listed(entry, Location.of(file))));
            }
        }
        return with(taskDefinition, entries);
    }

    private Baseline with(String taskDefinition, List<Listed> entries) {
        Map<String, List<Listed>> changed = new TreeMap<>(byTaskDefinition);
        changed.put(taskDefinition, entries);
        if (entries.isEmpty()) {
            changed.remove(taskDefinition);
        }
        return new Baseline(file, changed);
    }

    /** How many findings of a task definition it lists. */
    public int size(String taskDefinition) {
        return byTaskDefinition.getOrDefault(taskDefinition, List.of()).size();
    }

    public boolean isEmpty() {
        return byTaskDefinition.isEmpty();
    }

    /** Writes it as {@link #read} reads it: sorted, an entry on each line. */
    public void write(Writer text) throws IOException {
        Map<String, List<BaselineEntry>> entries = new TreeMap<>();
        byTaskDefinition.forEach((name, listed) ->
                entries.put(name, listed.stream().map(Listed::entry).sorted().toList()));
        BaselineWriter.write(entries, text);
    }
}
