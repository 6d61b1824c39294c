// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One known write of a library or a Java agent. The keys of an entry, besides those of all entries:
 *
 * <ul>
 *   <li>{@code library}: the library, see {@link LibraryPattern}; without it and {@code agent}, the application itself writes
 *   <li>{@code agent}: names of jars after {@code -javaagent:}, instead of a library
 *   <li>{@code with}, {@code without}: libraries that must be present too, or must not
 *   <li>{@code when}, {@code unless}: see {@link Condition}
 *   <li>the key <code>used</code>: the library writes when it is first used, which is certain if one of these conditions holds;
 *       {@code unknown} if the files cannot show it. Without this key, it writes at start
 *   <li>{@code start}: methods that need the write; if one of them is certainly called at start, the application does not start
 *       without it
 *   <li>{@code writes}: see {@link WriteFact}
 * </ul>
 *
 * @param paths alternatives, of which one is enough
 */
public record LibraryEntry(
        Subject subject, Conditions conditions, Usage usage, List<PathTemplate> paths, WriteFact fact) {

    /** The library or agent that writes. */
    public record Subject(
            Optional<LibraryPattern> library,
            List<Wildcard> agentJars,
            List<LibraryPattern> with,
            List<LibraryPattern> without) {

        /** Whether an application has the necessary libraries. */
        boolean isIn(Libraries libraries) {
            if (library.isPresent() && !libraries.has(library.get())) {
                return false;
            }
            for (LibraryPattern wanted : with) {
                if (!libraries.has(wanted)) {
                    return false;
                }
            }
            for (LibraryPattern unwanted : without) {
                if (libraries.has(unwanted)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The time of the write.
     *
     * @param used conditions, one of which shows that the library is used; none if it writes at start
     * @param start methods that need the write
     */
    record Usage(List<Condition> used, List<Wildcard> start) {}

    /** The writes of an entry. */
    static List<LibraryEntry> all(Json json) {
        ConfigurationPaths none = ConfigurationPaths.read(json);
        Subject subject = new Subject(
                LibraryPattern.parse(json.get("library").text()),
                json.has("agent") ? Wildcard.choices(json.get("agent").string()) : List.of(),
                LibraryPattern.parse(json.strings("with")),
                LibraryPattern.parse(json.strings("without")));
        Conditions conditions = Conditions.read(json, none);
        Usage usage = new Usage(Condition.all(json.strings("used"), none), Wildcard.exact(json.strings("start")));
        List<LibraryEntry> entries = new ArrayList<>();
        for (WriteFact fact : WriteFact.all(json)) {
            List<PathTemplate> paths = new ArrayList<>();
            for (String path : fact.paths()) {
                paths.add(PathTemplate.parse(path));
            }
            entries.add(new LibraryEntry(subject, conditions, usage, paths, fact));
        }
        return entries;
    }

    /**
     * Whether it writes: at start, or when it is used. A write on use cannot be excluded, because other libraries may use it.
     */
    public Answer writes(Application application) {
        Circumstances circumstances = new Circumstances.OfApplication(application);
        Answer known = fact.isAssumed() ? Answer.unknown("this was not measured yet") : Answer.YES;
        Answer answer = known.and(conditions.hold(circumstances));
        if (!answer.isNo()) {
            answer = answer.and(fact.conditions().hold(circumstances));
        }
        return usage.used.isEmpty() || answer.isNo() ? answer : answer.and(isUsed(circumstances));
    }

    /** Whether the library is used, and only something else decides whether it then writes. */
    public boolean isCertainlyUsed(Application application) {
        return !fact.isAssumed()
                && subject.agentJars().isEmpty()
                && (usage.used.isEmpty()
                        || isUsed(new Circumstances.OfApplication(application)).isYes());
    }

    /** The impact of a refused write: it ends a start that uses the library. */
    public Impact impact(Application application) {
        Impact impact = fact.impact();
        if (impact == Impact.FEATURE && usage.start.stream().anyMatch(application.code()::callsAtStart)) {
            return Impact.FATAL;
        }
        Circumstances circumstances = new Circumstances.OfApplication(application);
        boolean onlyLater = impact == Impact.FATAL
                && !usage.used.isEmpty()
                && usage.used.stream()
                        .filter(condition -> condition.holds(circumstances).isYes())
                        .noneMatch(condition -> condition.isAtStart(application));
        return onlyLater ? Impact.FEATURE : impact;
    }

    private Answer isUsed(Circumstances circumstances) {
        for (Condition condition : usage.used) {
            if (condition.holds(circumstances).isYes()) {
                return Answer.YES;
            }
        }
        return Answer.unknown("no use of it was found");
    }

    /**
     * The target of a write.
     *
     * @param paths alternatives; empty if one of them is unknown
     * @param words the name of the directory: {@code java.io.tmpdir}
     * @param place the name with a preposition: {@code below java.io.tmpdir}
     * @param entries whether the paths are directories that must exist, in which files are written
     * @param ofJvm whether options of the JVM can change the paths
     * @param doubt why the paths are unknown
     */
    public record Target(
            List<ContainerPath> paths,
            String words,
            String place,
            boolean entries,
            boolean ofJvm,
            Optional<String> doubt) {

        private static Target of(
                List<Value<ContainerPath>> paths, String words, String place, boolean entries, boolean ofJvm) {
            List<ContainerPath> known = new ArrayList<>();
            for (Value<ContainerPath> path : paths) {
                if (path instanceof Value.Unknown<ContainerPath> unknown) {
                    return new Target(List.of(), words, place, entries, ofJvm, Optional.of(unknown.reason()));
                }
                if (path instanceof Value.Known<ContainerPath> at) {
                    known.add(at.value());
                }
            }
            return new Target(known, words, place, entries, ofJvm, Optional.empty());
        }
    }

    public Target target(Application application) {
        Circumstances circumstances = new Circumstances.OfApplication(application);
        for (Mover mover : fact.moved()) {
            if (!(mover instanceof Mover.Setting moved)) {
                throw new IllegalStateException("only settings move what a library writes");
            }
            for (Value<String> setting : moved.variable().in(circumstances)) {
                boolean isSet = setting.isUnknown()
                        || setting.known().filter(value -> !value.isBlank()).isPresent();
                if (isSet) {
                    String name = moved.variable().written();
                    Value<ContainerPath> path =
                            PathTemplate.path(setting, application).map(directory -> directory.resolve(moved.rest()));
                    return Target.of(
                            List.of(path), "the path that " + name + " names", "where " + name + " says", false, false);
                }
            }
        }
        List<Value<ContainerPath>> known = new ArrayList<>();
        Set<String> words = new LinkedHashSet<>();
        Set<String> places = new LinkedHashSet<>();
        boolean entries = true;
        boolean ofJvm = false;
        for (PathTemplate template : paths) {
            known.add(template.in(application));
            words.add(template.words());
            places.add(template.place());
            entries &= template.rest().isEmpty();
            ofJvm |= template.isOfJvm();
        }
        return Target.of(known, String.join(" or ", words), String.join(" or ", places), entries, ofJvm);
    }
}
