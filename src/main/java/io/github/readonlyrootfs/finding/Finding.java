// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.finding;

import io.github.readonlyrootfs.edit.Remedy;
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
 * @param containers the names of the containers it is about, in the task definition's order; empty if it is about none
 * @param path the container path it is about, if it is about one
 * @param subject the name it is about, as the files have it, where it is not about a path alone: a key, a volume, a
 *     variable, a user
 * @param platforms those on which it holds, sorted; empty where the platform does not matter
 * @param message what is wrong and why it matters, one line without a full stop
 * @param remedy what fixes it
 * @param location where to make up one's mind about it; a whole file at least
 * @param related further places, such as what needs the path
 * @param suppressed why it does not count, where it does not
 */
public record Finding(
        String rule,
        Severity severity,
        Optional<String> resource,
        List<String> containers,
        Optional<ContainerPath> path,
        Optional<String> subject,
        List<Platform> platforms,
        String message,
        Remedy remedy,
        Location location,
        List<Related> related,
        Optional<Suppression> suppressed)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::location)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(finding -> finding.resource().orElse(""))
            .thenComparing(finding -> finding.container().orElse(""))
            .thenComparing(
                    finding -> finding.path().map(ContainerPath::toString).orElse(""))
            .thenComparing(Finding::message);

    public Finding {
        containers = List.copyOf(containers);
        platforms = List.copyOf(platforms);
        related = List.copyOf(related);
    }

    /**
     * Another place that belongs to a finding.
     *
     * @param label {@code needed by}, {@code mounted by} and the like
     * @param text what is there
     */
    public record Related(String label, String text, Optional<Location> location) {}

    /** A finding of a rule that is about no particular container, path or platform. */
    public static Finding of(String rule, Severity severity, Location location, String message, Remedy remedy) {
        return new Finding(
                rule,
                severity,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                message,
                remedy,
                location,
                List.of(),
                Optional.empty());
    }

    /**
     * Whether a rule says that a file could not be checked: no severity, ignore or baseline changes anything about its
     * findings.
     */
    public static boolean isAlwaysAnError(String rule) {
        return rule.startsWith("invalid-");
    }

    /** The first of the containers it is about. */
    public Optional<String> container() {
        return containers.stream().findFirst();
    }

    /** The same about something else. */
    private Finding about(
            Optional<String> ofResource,
            List<String> inContainers,
            Optional<ContainerPath> atPath,
            Optional<String> named,
            List<Platform> onPlatforms) {
        return new Finding(
                rule,
                severity,
                ofResource,
                inContainers,
                atPath,
                named,
                onPlatforms,
                message,
                remedy,
                location,
                related,
                suppressed);
    }

    /** The same, said otherwise. */
    private Finding said(Severity how, String words, List<Related> places, Optional<Suppression> suppression) {
        return new Finding(
                rule,
                how,
                resource,
                containers,
                path,
                subject,
                platforms,
                words,
                remedy,
                location,
                places,
                suppression);
    }

    /** The same about one of a file's task definitions. */
    public Finding ofResource(Optional<String> name) {
        return about(name, containers, path, subject, platforms);
    }

    /** The same about a container. */
    public Finding in(String containerName) {
        return about(resource, List.of(containerName), path, subject, platforms);
    }

    /** The same about a path. */
    public Finding at(ContainerPath containerPath) {
        return about(resource, containers, Optional.of(containerPath), subject, platforms);
    }

    /** The same about something that has a name. */
    public Finding about(String name) {
        return about(resource, containers, path, Optional.of(name), platforms);
    }

    /** The same for these platforms only. */
    public Finding on(Collection<Platform> where) {
        return about(
                resource,
                containers,
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
        return said(severity, message, places, suppressed);
    }

    /** The same, fixed otherwise. */
    public Finding with(Remedy other) {
        return new Finding(
                rule,
                severity,
                resource,
                containers,
                path,
                subject,
                platforms,
                message,
                other,
                location,
                related,
                suppressed);
    }

    /** The same, which the team ignores for a reason. */
    public Finding ignoredBecause(String reason) {
        return said(severity, message, related, Optional.of(new Suppression(Suppression.Kind.IGNORED, reason)));
    }

    /** The same, which a baseline lists. */
    public Finding suppressedAsKnown(String baseline) {
        return said(
                severity,
                message,
                related,
                Optional.of(new Suppression(Suppression.Kind.KNOWN, "listed in " + baseline)));
    }

    public boolean isSuppressed() {
        return suppressed.isPresent();
    }

    /** Whether it is an error or a warning that counts. */
    public boolean isProblem() {
        return !isSuppressed() && severity != Severity.INFO;
    }

    /** Whether both are one finding before and after edits, which move lines and change what is unknown. */
    public boolean isSame(Finding other) {
        return rule.equals(other.rule)
                && resource.equals(other.resource)
                && containers.equals(other.containers)
                && path.equals(other.path)
                && subject.equals(other.subject);
    }

    /** What two findings have in common that say the same of several containers or platforms. */
    public Finding anywhere() {
        return about(resource, List.of(), path, subject, List.of()).with(List.of());
    }

    /** The same about several containers, on several platforms, with the further places of all of them. */
    public Finding in(Collection<String> containerNames, Collection<Platform> where, Collection<Related> places) {
        return about(resource, List.copyOf(containerNames), path, subject, List.of())
                .on(where)
                .with(List.copyOf(places));
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
