// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.ApplicationSettings;
import io.github.readonlyrootfs.need.Framework;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.catalogue.ApplicationCondition.IsSet;
import io.github.readonlyrootfs.source.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration key whose value is the path of something that is written, as {@code settings.json} tells it. No other
 * key is taken for one: most that look like paths are only read. The file's keys, beside those that
 * {@link LibraryEntry} has too ({@code library}, {@code without}, {@code when}, {@code unless}, {@code parents},
 * {@code impact}, {@code says}, {@code sources}, {@code confidence}):
 *
 * <ul>
 *   <li>{@code key}: an asterisk in it stands for one or more parts; a condition on a key with an asterisk is then about
 *       the key beside it, with the last part exchanged
 *   <li>{@code framework}: whose key it is
 *   <li>{@code names}: what the value is the path of, see {@link Names}
 *   <li>{@code default}: what counts where the key is not set; without it, nothing is written then
 *   <li>{@code below}: what a relative path starts from, see {@link Below}
 * </ul>
 *
 * @param whereLoggingIsNotConfigured whether it counts only as long as no logging library has a configuration of its own
 */
public record WrittenSetting(
        String key,
        Framework framework,
        Optional<LibraryPattern> library,
        List<LibraryPattern> without,
        ApplicationConditions conditions,
        boolean whereLoggingIsNotConfigured,
        WrittenPath path,
        Impact impact,
        Statement statement) {

    /**
     * The path that is written.
     *
     * @param names what the value is the path of
     * @param standard what counts where the key is not set; without it, nothing is written then
     * @param below what a relative path starts from
     */
    public record WrittenPath(Names names, Optional<String> standard, Below below, boolean createsParents) {}

    private static final String LOGGING_IS_CONFIGURED = "logging is configured";

    /** What a value is the path of. */
    public enum Names {
        FILE,
        /** One that is made where it is missing. */
        DIRECTORY,
        /** One that must be there. */
        EXISTING_DIRECTORY,
        /** Of files' names, with {@code %d} and the like in it. */
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

    /** Read when the first container is looked at: without inference, nobody asks. */
    private static final class Loaded {

        static final List<WrittenSetting> ALL =
                DataFiles.read(WrittenSetting.class, "settings.json").orElseThrow().get("settings").elements().stream()
                        .map(WrittenSetting::read)
                        .toList();
    }

    /** All that are known, in the file's order. */
    public static List<WrittenSetting> all() {
        return Loaded.ALL;
    }

    private static WrittenSetting read(Json json) {
        String key = json.get("key").string();
        try {
            List<String> unless = new ArrayList<>(json.strings("unless"));
            boolean loggingIsNotConfigured = unless.remove(LOGGING_IS_CONFIGURED);
            return new WrittenSetting(
                    key,
                    json.get("framework").constant(Framework.class),
                    json.get("library").text().map(LibraryPattern::parse),
                    json.strings("without").stream().map(LibraryPattern::parse).toList(),
                    new ApplicationConditions(
                            ApplicationCondition.all(json.strings("when")), ApplicationCondition.all(unless)),
                    loggingIsNotConfigured,
                    new WrittenPath(
                            json.get("names").constant(Names.class),
                            json.get("default").text(),
                            json.has("below") ? json.get("below").constant(Below.class) : Below.WORKDIR,
                            json.get("parents").isTrue()),
                    json.get("impact").constant(Impact.class),
                    Statement.read(json));
        } catch (RuntimeException e) {
            throw new IllegalStateException("setting " + key + ": " + e.getMessage(), e);
        }
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
        return conditions.map(condition -> beside(found, condition)).hold(application);
    }

    /** The keys that its conditions are about, for a key as it is set. */
    public List<String> conditionKeys(String found) {
        return conditions.when().stream()
                .map(condition -> beside(found, condition))
                .filter(IsSet.class::isInstance)
                .map(condition -> ((IsSet) condition).variable())
                .filter(variable -> variable.kind() == Variable.Kind.KEY)
                .map(Variable::name)
                .toList();
    }

    private static ApplicationCondition beside(String found, ApplicationCondition condition) {
        if (!(condition instanceof IsSet isSet) || !isSet.variable().name().contains("*")) {
            return condition;
        }
        String pattern = isSet.variable().name();
        String name = found.substring(0, found.lastIndexOf('.')) + pattern.substring(pattern.lastIndexOf('.'));
        return new IsSet(new Variable(Variable.Kind.KEY, name, name), isSet.wanted());
    }
}
