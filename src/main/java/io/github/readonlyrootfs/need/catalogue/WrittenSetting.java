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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A configuration key that names a written path, from the files in {@code settings/}, one for each framework. Other keys are
 * ignored: most values that look like paths are only read. The keys of an entry, besides those of {@link WriteFact} and
 * {@code library} and {@code without}, which {@link LibraryEntry} has too:
 *
 * <ul>
 *   <li>{@code name}: the configuration key; an asterisk in it stands for one or more parts. A condition on a key with an asterisk
 *       is then about the sibling key with the condition's last part
 *   <li>{@code names}: the kind of the path, see {@link Names}
 *   <li>{@code default}: the value if the key is not set; without it, nothing is written then
 *   <li>{@code below}: the directory from which a relative path starts, see {@link Below}
 *   <li>{@code onlyDefaultLogging}: it applies only if no logging library has a configuration of its own
 * </ul>
 *
 * @param whereLoggingIsNotConfigured whether it applies only if no logging library has a configuration of its own
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
     * The path in the value.
     *
     * @param names the kind of the path
     * @param standard the value if the key is not set; without it, nothing is written then
     * @param below the directory from which a relative path starts
     */
    public record WrittenPath(Names names, Optional<String> standard, Below below) {}

    /** The kind of a path. */
    public enum Names {
        FILE,
        /** A directory that is created if it is missing. */
        DIRECTORY,
        /** A directory that must exist. */
        EXISTING_DIRECTORY,
        /** A pattern for file names, with conversions such as {@code %d}. */
        PATTERN,
        /** A configuration file of Ehcache that contains the path. */
        EHCACHE
    }

    /** The directory from which a relative path starts. */
    public enum Below {
        /** The directory in which the JVM starts. */
        WORKDIR,
        /** The web server's own directory: {@code server.tomcat.basedir}, else one that it creates in java.io.tmpdir. */
        SERVER,
        /** The directory of the application's jar. */
        JAR
    }

    private static final Map<Framework, List<WrittenSetting>> READ = new ConcurrentHashMap<>();

    /** The settings of a framework in the file's order; none if it has no file. */
    public static List<WrittenSetting> of(Framework framework) {
        List<WrittenSetting> known = READ.get(framework);
        if (known == null) {
            List<WrittenSetting> settings = new ArrayList<>();
            for (Catalogue.Entry entry : Catalogue.about(List.of(subject(framework)))) {
                settings.add(entry.as(json -> read(json, framework)));
            }
            known = List.copyOf(settings);
            READ.put(framework, known);
        }
        return known;
    }

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

    /** The keys that match the pattern. */
    public List<String> keys(ApplicationSettings settings) {
        return key.contains("*") ? settings.configuration().keys(key) : List.of(key);
    }

    /**
     * Whether the path in a key is written.
     *
     * @param found a key that matches the pattern
     */
    public Answer isWritten(String found, Application application) {
        Conditions conditions = fact.conditions();
        return new Conditions(beside(found, conditions.when()), beside(found, conditions.unless()))
                .hold(new Circumstances.OfApplication(application));
    }

    /** The keys in the conditions for a key that matches the pattern. */
    public List<String> conditionKeys(String found) {
        List<String> keys = new ArrayList<>();
        for (Condition condition : beside(found, fact.conditions().when())) {
            if (condition instanceof IsSet isSet && isSet.variable().kind() == Variable.Kind.KEY) {
                keys.add(isSet.variable().name());
            }
        }
        return keys;
    }

    private static List<Condition> beside(String found, List<Condition> conditions) {
        List<Condition> beside = new ArrayList<>();
        for (Condition condition : conditions) {
            beside.add(beside(found, condition));
        }
        return beside;
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
