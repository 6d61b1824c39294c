// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.baseline;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.PublicText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A finding in one container, as a baseline lists it.
 *
 * @param severity how bad it was
 */
record BaselineEntry(Subject subject, Severity severity) implements Comparable<BaselineEntry> {

    private static final Comparator<BaselineEntry> ORDER = Comparator.comparing(
                    (BaselineEntry entry) -> text(entry.subject.resource))
            .thenComparing(entry -> text(entry.subject.container))
            .thenComparing(entry -> entry.subject.rule)
            .thenComparing(entry -> text(entry.subject.path))
            .thenComparing(entry -> text(entry.subject.name))
            .thenComparing(BaselineEntry::severity);

    /**
     * What a finding is about, which neither a moved line nor other words change.
     *
     * @param resource the name of the task definition in the file
     * @param path in the container
     * @param name of its subject if that is not a path: a key, a volume, a variable
     */
    record Subject(
            String rule,
            Optional<String> resource,
            Optional<String> container,
            Optional<String> path,
            Optional<String> name) {}

    /** A finding's entries: one for each of its containers. */
    static List<BaselineEntry> of(Finding finding) {
        return finding.containers().isEmpty()
                ? List.of(of(finding, Optional.empty()))
                : finding.containers().stream()
                        .map(container -> of(finding, Optional.of(container)))
                        .toList();
    }

    private static BaselineEntry of(Finding finding, Optional<String> container) {
        return new BaselineEntry(
                new Subject(
                        finding.rule(),
                        finding.resource().map(PublicText::address),
                        container.map(PublicText::name),
                        finding.path().map(ContainerPath::toString).map(PublicText::name),
                        finding.subject().name().map(PublicText::name)),
                finding.severity());
    }

    /** Its subject, for display. */
    String words() {
        StringBuilder words = new StringBuilder(subject.rule);
        subject.path.ifPresent(path -> words.append(" of ").append(path));
        subject.name.ifPresent(name -> words.append(" of ").append(name));
        subject.container.ifPresent(name -> words.append(" in container ").append(name));
        subject.resource.ifPresent(name -> words.append(" of ").append(name));
        return words.toString();
    }

    private static String text(Optional<String> part) {
        return part.orElse("");
    }

    @Override
    public int compareTo(BaselineEntry other) {
        return ORDER.compare(this, other);
    }
}
