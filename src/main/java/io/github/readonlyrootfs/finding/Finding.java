// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.finding;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule's result.
 *
 * @param rule the rule's id
 * @param subject its subject
 * @param message the problem and why it matters, one line without a full stop
 * @param remedy what fixes it
 * @param location the place to look at; at least a whole file
 * @param related further places, such as what needs the path
 * @param suppressed why it is suppressed
 */
public record Finding(
        String rule,
        Severity severity,
        Subject subject,
        String message,
        Remedy remedy,
        Location location,
        List<Related> related,
        Optional<Suppression> suppressed)
        implements Comparable<Finding> {

    /** The label of what needs the path of a finding. */
    public static final String NEEDED_BY = "needed by";

    /** The same where it is unknown whether the container writes it, and may end without it. */
    public static final String PERHAPS_NEEDED_BY = "perhaps needed by";

    public Finding {
        related = List.copyOf(related);
    }

    // As the JDK makes it for a record, but without the milliseconds that it takes to link.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Finding finding
                && severity == finding.severity
                && rule.equals(finding.rule)
                && subject.equals(finding.subject)
                && message.equals(finding.message)
                && remedy.equals(finding.remedy)
                && location.equals(finding.location)
                && related.equals(finding.related)
                && suppressed.equals(finding.suppressed);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * location.hashCode() + rule.hashCode()) + message.hashCode();
    }

    /**
     * The subject of a finding.
     *
     * @param resource the name of the task definition in the file, where the file has a name for it
     * @param containers their names, in the task definition's order; empty if it is about none
     * @param path inside the containers, if it is about one
     * @param name as the files have it, where it is not about a path alone: of a key, a volume, a variable, a user
     * @param platforms those it is about, sorted; empty where the platform does not matter
     */
    public record Subject(
            Optional<String> resource,
            List<String> containers,
            Optional<ContainerPath> path,
            Optional<String> name,
            List<Platform> platforms) {

        private static final Subject NONE =
                new Subject(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), List.of());

        public Subject {
            containers = List.copyOf(containers);
            platforms = platforms.stream().sorted().distinct().toList();
        }

        // As the JDK makes it for a record, but without the milliseconds that it takes to link.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Subject subject
                    && resource.equals(subject.resource)
                    && containers.equals(subject.containers)
                    && path.equals(subject.path)
                    && name.equals(subject.name)
                    && platforms.equals(subject.platforms);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * path.hashCode() + name.hashCode()) + containers.hashCode();
        }

        private Subject in(Collection<String> names, Collection<Platform> where) {
            return new Subject(resource, List.copyOf(names), path, name, List.copyOf(where));
        }
    }

    /**
     * Another place that belongs to a finding.
     *
     * @param label {@code needed by}, {@code mounted by} and the like
     * @param text the text there
     */
    public record Related(String label, String text, Optional<Location> location) {

        // As the JDK makes it for a record, but without the milliseconds that it takes to link.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Related related
                    && label.equals(related.label)
                    && text.equals(related.text)
                    && location.equals(related.location);
        }

        @Override
        public int hashCode() {
            return 31 * text.hashCode() + location.hashCode();
        }
    }

    /** A finding of a rule that is about no particular container, path or platform. */
    public static Finding of(String rule, Severity severity, Location location, String message, Remedy remedy) {
        return new Finding(rule, severity, Subject.NONE, message, remedy, location, List.of(), Optional.empty());
    }

    /**
     * Whether a rule says that a file could not be checked: no severity, ignore or baseline changes anything about its
     * findings.
     */
    public static boolean isAlwaysAnError(String rule) {
        return rule.startsWith("invalid-");
    }

    public Optional<String> resource() {
        return subject.resource();
    }

    public List<String> containers() {
        return subject.containers();
    }

    /** The first of the containers it is about. */
    public Optional<String> container() {
        return subject.containers().stream().findFirst();
    }

    public Optional<ContainerPath> path() {
        return subject.path();
    }

    public List<Platform> platforms() {
        return subject.platforms();
    }

    /** The same about something else. */
    private Finding about(Subject other) {
        return new Finding(rule, severity, other, message, remedy, location, related, suppressed);
    }

    /** The same, said otherwise. */
    private Finding said(Severity how, String words, List<Related> places, Optional<Suppression> suppression) {
        return new Finding(rule, how, subject, words, remedy, location, places, suppression);
    }

    /** The same about one of a file's task definitions. */
    public Finding ofResource(Optional<String> name) {
        return about(new Subject(name, subject.containers, subject.path, subject.name, subject.platforms));
    }

    /** The same about a container. */
    public Finding in(String containerName) {
        return about(subject.in(List.of(containerName), subject.platforms));
    }

    /** The same about a path. */
    public Finding at(ContainerPath path) {
        return about(
                new Subject(subject.resource, subject.containers, Optional.of(path), subject.name, subject.platforms));
    }

    /** The same about something that has a name. */
    public Finding about(String name) {
        return about(
                new Subject(subject.resource, subject.containers, subject.path, Optional.of(name), subject.platforms));
    }

    /** The same for these platforms only. */
    public Finding on(Collection<Platform> where) {
        return about(subject.in(subject.containers, where));
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
        return new Finding(rule, severity, subject, message, other, location, related, suppressed);
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

    /** Whether both are the same finding before and after edits, which move lines and change reasons. */
    public boolean isSame(Finding other) {
        return rule.equals(other.rule)
                && subject.path.equals(other.subject.path)
                && subject.name.equals(other.subject.name)
                && containers().equals(other.containers())
                && resource().equals(other.resource());
    }

    /** What two findings have in common that say the same of several containers or platforms. */
    public Finding anywhere() {
        return about(subject.in(List.of(), List.of())).with(List.of());
    }

    /** The same about several containers, on several platforms, with the further places of all of them. */
    public Finding in(Collection<String> containerNames, Collection<Platform> where, Collection<Related> places) {
        return about(subject.in(containerNames, where)).with(List.copyOf(places));
    }

    @Override
    public int compareTo(Finding other) {
        int order = location.compareTo(other.location);
        order = order != 0 ? order : severity.compareTo(other.severity);
        order = order != 0 ? order : rule.compareTo(other.rule);
        order = order != 0
                ? order
                : resource().orElse("").compareTo(other.resource().orElse(""));
        order = order != 0
                ? order
                : container().orElse("").compareTo(other.container().orElse(""));
        order = order != 0 ? order : pathName().compareTo(other.pathName());
        return order != 0 ? order : message.compareTo(other.message);
    }

    private String pathName() {
        return path().isPresent() ? path().get().toString() : "";
    }
}
