// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.ApplicationSettings;
import io.github.readonlyrootfs.need.Framework;
import io.github.readonlyrootfs.need.catalogue.Condition.IsSet;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.source.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A configuration key whose value is the path of something that is written, as the files in {@code settings/}, one for each
 * framework, tell it. No other
 * key is taken for one: most that look like paths are only read. The keys of an entry, beside those of {@link WriteFact} and
 * {@code library} and {@code without}, which {@link LibraryEntry} has too:
 *
 * <ul>
 *   <li>{@code name}: the configuration key; an asterisk in it stands for one or more parts; a condition on a key with an asterisk is then about
 *       the key beside it, with the last part exchanged
 *   <li>{@code names}: what the value is the path of, see {@link Names}
 *   <li>{@code default}: what counts where the key is not set; without it, nothing is written then
 *   <li>{@code below}: what a relative path starts from, see {@link Below}
 *   <li>{@code onlyDefaultLogging}: it counts only as long as no logging library has a configuration of its own
 * </ul>
 *
 * @param whereLoggingIsNotConfigured whether it counts only as long as no logging library has a configuration of its own
 */
public record WrittenSetting(
        String key,
        Framework framework,
        Optional<LibraryPattern> library,
        List<LibraryPattern> without,
        boolean whereLoggingIsNotConfigured,
        WrittenPath path,
        WriteFact fact) {

    /**
     * The path that is written.
     *
     * @param names what the value is the path of
     * @param standard what counts where the key is not set; without it, nothing is written then
     * @param below what a relative path starts from
     */
    public record WrittenPath(Names names, Optional<String> standard, Below below) {}

    /** What a value is the path of. */
    public enum Names {
        FILE,
        /** One that is made where it is missing. */
        DIRECTORY,
        /** One that must be there. */
        EXISTING_DIRECTORY,
        /** Of files' names, with patterns such as {@code %d}. */
        PATTERN,
        /** A configuration of Ehcache, in which the path is. */
        EHCACHE
    }

    /** What a relative path starts from. */
    public enum Below {
        /** The directory that the JVM is started in. */
        WORKDIR,
        /** The web server's own directory: {@code server.tomcat.basedir}, else one that is made in java.io.tmpdir. */
        SERVER,
        /** The directory that the application's jar is in. */
        JAR
    }

    private static final Map<Framework, List<WrittenSetting>> READ = new ConcurrentHashMap<>();

    /** Those of a framework, in the file's order; none of one that has no file. */
    public static List<WrittenSetting> of(Framework framework) {
        List<WrittenSetting> known = READ.get(framework);
        if (known == null) {
            known = Catalogue.about(List.of(subject(framework))).stream()
                    .map(entry -> entry.as(json -> read(json, framework)))
                    .toList();
            READ.put(framework, known);
        }
        return known;
    }

    /** How the index calls the keys of a framework. */
    private static String subject(Framework framework) {
        return "framework=" + framework.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static WrittenSetting read(Json json, Framework framework) {
        return new WrittenSetting(
                json.get("name").string(),
                framework,
                LibraryPattern.parse(json.get("library").text()),
                LibraryPattern.parse(json.strings("without")),
                json.get("onlyDefaultLogging").isTrue(),
                new WrittenPath(
                        json.get("names").constant(Names.class),
                        json.get("default").text(),
                        json.has("below") ? json.get("below").constant(Below.class) : Below.WORKDIR),
                WriteFact.read(json, ConfigurationPaths.read(json), ""));
    }

    /** The keys that may be set, of which this is the pattern. */
    public List<String> keys(ApplicationSettings settings) {
        return key.contains("*") ? settings.configuration().keys(key) : List.of(key);
    }

    /**
     * Whether it is written where a key of this pattern counts.
     *
     * @param found the key as it is set
     */
    public Answer isWritten(String found, Application application) {
        return fact.conditions()
                .map(condition -> beside(found, condition))
                .hold(new Circumstances.OfApplication(application));
    }

    /** The keys that its conditions are about, for a key as it is set. */
    public List<String> conditionKeys(String found) {
        return fact.conditions().when().stream()
                .map(condition -> beside(found, condition))
                .filter(IsSet.class::isInstance)
                .map(condition -> ((IsSet) condition).variable())
                .filter(variable -> variable.kind() == Variable.Kind.KEY)
                .map(Variable::name)
                .toList();
    }

    private static Condition beside(String found, Condition condition) {
        if (!(condition instanceof IsSet isSet) || !isSet.variable().name().contains("*")) {
            return condition;
        }
        String pattern = isSet.variable().name();
        String name = found.substring(0, found.lastIndexOf('.')) + pattern.substring(pattern.lastIndexOf('.'));
        return new IsSet(new Variable(Variable.Kind.KEY, name, name), isSet.wanted());
    }
}
