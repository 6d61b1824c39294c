// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Wildcards;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One write that is known of a library or a Java agent, as the files in {@code libraries/} tell it. Their keys, beside
 * the lists' singulars:
 *
 * <ul>
 *   <li>{@code library}: what writes, see {@link LibraryPattern}; without it and {@code agent}, the application itself
 *   <li>{@code agent}: names of jars behind {@code -javaagent:}, in place of a library
 *   <li>{@code with}, {@code without}: libraries that must be there too, or must not
 *   <li>{@code when}, {@code unless}: see {@link ApplicationCondition}; all of the former must hold, none of the latter may
 *   <li>the key <code>used</code>: the library writes when it is first used, and any of these conditions says that it is. No such key:
 *       it writes at start. An empty list: nothing that is read here can say so
 *   <li>{@code start}: methods that need what it writes; where one of them is certainly called at start, the application does
 *       not start without
 *   <li>{@code writes}: see {@link PathTemplate}; of several, separated by {@code |}, one must do
 *   <li>{@code moved}: what sets another path in its place, the strongest first, see {@link Mover}
 *   <li>{@code executable}: what is written is native code, and loaded
 *   <li>{@code parents}: it makes missing parent directories
 *   <li>{@code says}: what it does, for people; <code>{where}</code> stands for the place
 *   <li>{@code sources}: an address, or what was measured with which version; {@code confidence}: {@code high} where it
 *       was measured or several sources say so, {@code medium} for one source, {@code low} for what must be checked yet
 * </ul>
 */
public record LibraryEntry(
        String id,
        Subject subject,
        ApplicationConditions conditions,
        Usage usage,
        Written written,
        Impact impact,
        Statement statement) {

    /** What writes. */
    public record Subject(
            Optional<LibraryPattern> library,
            List<String> agentJars,
            List<LibraryPattern> with,
            List<LibraryPattern> without) {

        /** Whether an application has the libraries that it takes. */
        boolean isIn(Libraries libraries) {
            return (library.isEmpty() || libraries.has(library.get()))
                    && with.stream().allMatch(libraries::has)
                    && without.stream().noneMatch(libraries::has);
        }
    }

    /**
     * When it writes.
     *
     * @param used any of these says that it is used; empty for what writes at start
     * @param start methods that need what it writes
     */
    record Usage(Optional<List<ApplicationCondition>> used, List<Pattern> start) {}

    /**
     * What it writes.
     *
     * @param paths of which one must do
     * @param moved what sets another path in its place, the strongest first
     */
    public record Written(List<PathTemplate> paths, List<Mover> moved, boolean executable, boolean createsParents) {}

    /**
     * What moves a write elsewhere.
     *
     * @param rest what the library puts behind the value, such as {@code work} for {@code $IGNITE_HOME/work}
     */
    record Mover(Variable variable, String rest) {

        private static Mover parse(String text) {
            int slash = text.indexOf('/');
            return slash < 0
                    ? new Mover(Variable.parse(text), "")
                    : new Mover(Variable.parse(text.substring(0, slash)), text.substring(slash + 1));
        }
    }

    static LibraryEntry read(Json json) {
        String id = json.get("id").string();
        try {
            return new LibraryEntry(
                    id,
                    new Subject(
                            json.get("library").text().map(LibraryPattern::parse),
                            json.get("agent").text().map(LibraryEntry::choices).orElse(List.of()),
                            json.strings("with").stream()
                                    .map(LibraryPattern::parse)
                                    .toList(),
                            json.strings("without").stream()
                                    .map(LibraryPattern::parse)
                                    .toList()),
                    ApplicationConditions.read(json),
                    new Usage(
                            json.has("used")
                                    ? Optional.of(ApplicationCondition.all(json.strings("used")))
                                    : Optional.empty(),
                            json.strings("start").stream()
                                    .map(Wildcards::pattern)
                                    .toList()),
                    new Written(
                            choices(json.get("writes").string()).stream()
                                    .map(PathTemplate::parse)
                                    .toList(),
                            json.strings("moved").stream().map(Mover::parse).toList(),
                            json.get("executable").isTrue(),
                            json.get("parents").isTrue()),
                    json.get("impact").constant(Impact.class),
                    Statement.read(json));
        } catch (RuntimeException e) {
            throw new IllegalStateException("catalogue entry " + id + ": " + e.getMessage(), e);
        }
    }

    private static List<String> choices(String text) {
        return Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
    }

    /**
     * Whether it writes: at start, or when it is used, if it is. Of what is there and writes when it is used, nobody can
     * say for certain that it is not: other libraries may use it.
     */
    public Answer writes(Application application) {
        Answer known = statement.confidence() == Statement.Confidence.LOW
                ? Answer.unknown("that is yet to be measured")
                : Answer.YES;
        Answer answer = known.and(() -> conditions.hold(application));
        Optional<List<ApplicationCondition>> used = usage.used;
        return used.isEmpty() || answer.isNo() ? answer : answer.and(() -> isUsed(used.get(), application));
    }

    /** What the loss of what it writes does: a start that does not use it goes on, one that does ends. */
    public Impact impact(Application application) {
        if (impact == Impact.FEATURE && usage.start.stream().anyMatch(application.code()::callsAtStart)) {
            return Impact.FATAL;
        }
        boolean onlyLater = impact == Impact.FATAL
                && usage.used
                        .filter(any -> any.stream()
                                .filter(condition ->
                                        condition.holds(application).isYes())
                                .noneMatch(condition -> condition.isAtStart(application)))
                        .isPresent();
        return onlyLater ? Impact.FEATURE : impact;
    }

    private static Answer isUsed(List<ApplicationCondition> used, Application application) {
        for (ApplicationCondition condition : used) {
            if (condition.holds(application).isYes()) {
                return Answer.YES;
            }
        }
        return Answer.unknown("no use of it was found");
    }

    /**
     * Where it writes.
     *
     * @param paths of which one must do; empty where the files do not tell one of them
     * @param words how to call the directory: {@code java.io.tmpdir}
     * @param place how to say that something is there: {@code below java.io.tmpdir}
     * @param entries whether the paths are directories that must be there, in which something is written
     * @param ofJvm whether options of the JVM can move the paths
     * @param doubt why the paths are not known
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
            for (Value<ContainerPath> path : paths) {
                if (path instanceof Value.Unknown<ContainerPath> unknown) {
                    return new Target(List.of(), words, place, entries, ofJvm, Optional.of(unknown.reason()));
                }
            }
            List<ContainerPath> known =
                    paths.stream().flatMap(path -> path.known().stream()).toList();
            return new Target(known, words, place, entries, ofJvm, Optional.empty());
        }
    }

    public Target target(Application application) {
        for (Mover mover : written.moved) {
            for (Value<String> setting : mover.variable().in(application)) {
                boolean isSet = setting.isUnknown()
                        || setting.known().filter(value -> !value.isBlank()).isPresent();
                if (isSet) {
                    String name = mover.variable().written();
                    Value<ContainerPath> path =
                            PathTemplate.below(PathTemplate.path(setting, application), mover.rest());
                    return Target.of(
                            List.of(path), "the path that " + name + " names", "where " + name + " says", false, false);
                }
            }
        }
        return Target.of(
                written.paths.stream().map(template -> template.in(application)).toList(),
                written.paths.stream().map(PathTemplate::words).distinct().collect(Collectors.joining(" or ")),
                written.paths.stream().map(PathTemplate::place).distinct().collect(Collectors.joining(" or ")),
                written.paths.stream().allMatch(template -> template.rest().isEmpty()),
                written.paths.stream().anyMatch(PathTemplate::isOfJvm));
    }
}
