// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.KeyName;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderResolver;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.configuration.placeholder.SettingPlaceholders;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The settings that an application sees: those of its environment, system properties and command line over those of its
 * files. If several values are possible, the value is unknown.
 */
public final class ApplicationConfiguration {

    private final List<PropertySource> sources;
    private final List<PropertySource> told;
    private final Optional<String> incomplete;
    private final Profiles profiles;
    private final List<Conditional> conditional;
    private final PlaceholderResolver placeholders;
    private final Optional<PlaceholderResolver> binding;

    /**
     * The configuration as it would be under a condition.
     *
     * @param condition for display, such as {@code profile prod}
     */
    public record Conditional(String condition, ApplicationConfiguration configuration) {}

    /**
     * A configuration made of sources.
     *
     * @param sources the strongest first
     * @param incomplete why keys may be set that are not in the sources
     * @param conditional the configuration with each profile that nothing activates
     * @param style of placeholders
     */
    ApplicationConfiguration(
            List<? extends PropertySource> sources,
            Optional<String> incomplete,
            Profiles profiles,
            List<Conditional> conditional,
            PlaceholderStyle style) {
        this(sources, sources, incomplete, profiles, conditional, style);
    }

    /** @param told the sources whose keys {@link #keys} lists */
    ApplicationConfiguration(
            List<? extends PropertySource> sources,
            List<? extends PropertySource> told,
            Optional<String> incomplete,
            Profiles profiles,
            List<Conditional> conditional,
            PlaceholderStyle style) {
        this.sources = List.copyOf(sources);
        this.told = List.copyOf(told);
        this.incomplete = incomplete;
        this.profiles = profiles;
        this.conditional = List.copyOf(conditional);
        boolean binds = style == PlaceholderStyle.SPRING;
        Function<String, Optional<Setting>> lookup = binds ? this::placeholder : this::find;
        this.placeholders = new PlaceholderResolver(
                new SettingPlaceholders(lookup, incomplete, binds ? PlaceholderStyle.PLAIN : style));
        this.binding = binds
                ? Optional.of(new PlaceholderResolver(new SettingPlaceholders(lookup, incomplete, style)))
                : Optional.empty();
    }

    private ApplicationConfiguration(PropertySource source, ApplicationConfiguration whole) {
        this.sources = List.of(source);
        this.told = sources;
        this.incomplete = whole.incomplete;
        this.profiles = whole.profiles;
        this.placeholders = whole.placeholders;
        this.binding = whole.binding;
        this.conditional = List.of();
    }

    /**
     * A configuration whose source may be another one with other profiles.
     *
     * @param others by profile, what counts if that is active
     * @param incomplete why something may be set that is not here
     * @param style of placeholders
     */
    static ApplicationConfiguration of(
            PropertySource source,
            Map<String, PropertySource> others,
            Optional<String> incomplete,
            Profiles profiles,
            PlaceholderStyle style) {
        List<Conditional> conditional = new ArrayList<>();
        PropertySource decided = source;
        if (profiles.unknown().isPresent()) {
            decided = new RankedSources.Undecided(source, List.copyOf(others.values()));
        } else {
            others.forEach((profile, other) -> conditional.add(
                    new Conditional("profile " + profile, of(other, Map.of(), incomplete, profiles, style))));
        }
        return new ApplicationConfiguration(List.of(decided), incomplete, profiles, conditional, style);
    }

    /** The configuration of an application that reads no file that is known. */
    public static ApplicationConfiguration withoutFiles(Launch launch) {
        PropertySource options = launch.options();
        PropertySource properties = launch.properties();
        PropertySource variables = launch.variables();
        PropertySource json = ApplicationJson.of(List.of(options, properties, variables));
        return new ApplicationConfiguration(
                List.of(options, json, properties, variables),
                launch.incomplete(),
                Profiles.standard(List.of()),
                List.of(),
                PlaceholderStyle.PLAIN);
    }

    /** The strongest setting of a key, as written; empty if nothing sets the key. */
    public Optional<Setting> find(String key) {
        for (PropertySource source : sources) {
            Optional<Setting> setting = source.find(key);
            if (setting.isPresent()) {
                return setting;
            }
        }
        return Optional.empty();
    }

    private Optional<Setting> placeholder(String name) {
        for (PropertySource source : sources) {
            Optional<Setting> setting = source.placeholder(name);
            if (setting.isPresent()) {
                return setting;
            }
        }
        return Optional.empty();
    }

    /** The value of a setting with its placeholders replaced. */
    public Text resolve(Setting setting) {
        // Spring Boot reads these from its environment, which rejects placeholders without a value.
        String key = KeyName.canonical(setting.name());
        boolean bound = !key.startsWith("logging") && !key.startsWith("spring.pid") && !key.startsWith("springpid");
        return (bound ? binding.orElse(placeholders) : placeholders).resolve(setting.value());
    }

    /** A text with its placeholders replaced. */
    Text resolve(String text) {
        return placeholders.resolve(text);
    }

    /** The settings of one source; their placeholders refer to the whole configuration. */
    ApplicationConfiguration of(PropertySource source) {
        return new ApplicationConfiguration(source, this);
    }

    public Value<String> value(String key) {
        Optional<Setting> setting = find(key);
        if (setting.isEmpty()) {
            return Value.absent();
        }
        return resolve(setting.get()).at(setting.get().location());
    }

    /** The values of a key that has several, separated by commas or as {@code key[0]}, {@code key[1]}. */
    public Value<List<String>> values(String key) {
        Value<String> joined = value(key);
        List<String> all = new ArrayList<>();
        if (joined instanceof Value.Unknown<String> unknown) {
            return unknown.as();
        }
        if (joined instanceof Value.Known<String> known) {
            return new Value.Known<>(names(known.value()), known.location());
        }
        Optional<Location> first = value(key + "[0]").where();
        while (true) {
            Value<String> element = value(key + "[" + all.size() + "]");
            if (element instanceof Value.Unknown<String> unknown) {
                return unknown.as();
            }
            String text = element.known().orElse("").strip();
            if (text.isEmpty()) {
                return first.isEmpty() ? Value.absent() : new Value.Known<>(List.copyOf(all), first.get());
            }
            all.add(text);
        }
    }

    /** The names between commas. */
    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /**
     * The keys that are set and match a pattern, sorted. For the files of a {@link Conditional} configuration, only the keys
     * that its condition adds.
     *
     * @param pattern a key in which {@code *} stands for one or more parts
     */
    public List<String> keys(String pattern) {
        Pattern wanted = KeyName.pattern(pattern);
        Map<String, String> keys = new TreeMap<>();
        // The key of an environment variable is a guess; the spelling in a file replaces it.
        for (int i = told.size() - 1; i >= 0; i--) {
            addMatching(told.get(i).keys(), wanted, keys);
        }
        return List.copyOf(keys.values());
    }

    private static void addMatching(Collection<String> keys, Pattern wanted, Map<String, String> matching) {
        for (String key : keys) {
            String canonical = KeyName.canonical(key);
            if (wanted.matcher(canonical).matches()) {
                matching.putIfAbsent(canonical.replace(".", ""), key);
            }
        }
    }

    /** All values of a key, if it is not known which of them counts. */
    public List<Value<String>> candidates(String key) {
        return sources.stream()
                .flatMap(source -> source.candidates(key).stream())
                .map(setting -> resolve(setting).at(setting.location()))
                .toList();
    }

    /** Why settings that are not read here may override those that are. */
    public Optional<String> unfollowed() {
        return sources.stream().flatMap(source -> source.unfollowed().stream()).findFirst();
    }

    /** Why keys may be set that are not known here, such as {@code an environment file may set it}. */
    public Optional<String> incomplete() {
        return incomplete;
    }

    public Profiles profiles() {
        return profiles;
    }

    /** The configuration under each profile that nothing activates, in the order of the files. */
    public List<Conditional> conditional() {
        return conditional;
    }
}
