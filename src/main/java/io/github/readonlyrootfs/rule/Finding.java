package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A rule's result.
 *
 * @param rule the rule's id
 * @param resource what the file calls the task definition it is about, where the file has a name for it
 * @param container the name of the container it is about, if it is about one
 * @param path the container path it is about, if it is about one
 * @param subject the name it is about, as the files have it, where it is not about a path alone: a key, a volume, a
 *     variable, a user
 * @param platforms those on which it holds, sorted; empty where the platform does not matter
 * @param message what is wrong and why it matters, one line without a full stop
 * @param help the one edit that mends it; its first line is a sentence, further lines are text to paste
 * @param location where to make up one's mind about it; a whole file at least
 * @param related further places, such as what needs the path
 * @param suppressed why it does not count, where somebody said so
 */
public record Finding(
        String rule,
        Severity severity,
        Optional<String> resource,
        Optional<String> container,
        Optional<ContainerPath> path,
        Optional<String> subject,
        List<Platform> platforms,
        String message,
        String help,
        Location location,
        List<Related> related,
        Optional<String> suppressed)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::location)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(finding -> finding.resource().orElse(""))
            .thenComparing(finding -> finding.container().orElse(""))
            .thenComparing(
                    finding -> finding.path().map(ContainerPath::toString).orElse(""))
            .thenComparing(Finding::message);

    /**
     * Another place that belongs to a finding.
     *
     * @param label {@code needed by}, {@code mounted by} and the like
     * @param text what is there
     */
    public record Related(String label, String text, Optional<Location> location) {}

    /** A finding of a rule, with the rule's severity, that is about no particular container, path or platform. */
    public static Finding of(Rule rule, Location location, String message, String help) {
        return new Finding(
                rule.id(),
                rule.defaultSeverity(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                message,
                help,
                location,
                List.of(),
                Optional.empty());
    }

    /** The same about something else. */
    private Finding about(
            Optional<String> ofResource,
            Optional<String> inContainer,
            Optional<ContainerPath> atPath,
            Optional<String> named,
            List<Platform> onPlatforms) {
        return new Finding(
                rule,
                severity,
                ofResource,
                inContainer,
                atPath,
                named,
                onPlatforms,
                message,
                help,
                location,
                related,
                suppressed);
    }

    /** The same, said otherwise. */
    private Finding said(Severity how, String words, List<Related> places, Optional<String> suppression) {
        return new Finding(
                rule, how, resource, container, path, subject, platforms, words, help, location, places, suppression);
    }

    /** The same about one of a file's task definitions. */
    Finding ofResource(Optional<String> name) {
        return about(name, container, path, subject, platforms);
    }

    /** The same about a container. */
    public Finding in(String containerName) {
        return about(resource, Optional.of(containerName), path, subject, platforms);
    }

    /** The same about a path. */
    public Finding at(ContainerPath containerPath) {
        return about(resource, container, Optional.of(containerPath), subject, platforms);
    }

    /** The same about something that has a name. */
    public Finding about(String name) {
        return about(resource, container, path, Optional.of(name), platforms);
    }

    /** The same for these platforms only. */
    public Finding on(Collection<Platform> where) {
        return about(
                resource,
                container,
                path,
                subject,
                where.stream().sorted().distinct().toList());
    }

    /** The same, this bad. */
    public Finding as(Severity how) {
        return said(how, message, related, suppressed);
    }

    /** The same in other words. */
    public Finding saying(String words) {
        return said(severity, words, related, suppressed);
    }

    /** The same with these further places. */
    public Finding with(List<Related> places) {
        return said(severity, message, List.copyOf(places), suppressed);
    }

    /** The same, no longer counting. */
    public Finding suppressedBecause(String reason) {
        return said(severity, message, related, Optional.of(reason));
    }

    public boolean isSuppressed() {
        return suppressed.isPresent();
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
