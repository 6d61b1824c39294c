// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.KeyName;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderResolver;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.configuration.placeholder.SettingPlaceholders;
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
 * files. Where it cannot be determined which of several values counts, the value is unknown.
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
     * The configuration as it would be if something else were so.
     *
     * @param condition for people, such as {@code profile prod}
     */
    public record Conditional(String condition, ApplicationConfiguration configuration) {}

    /**
     * A configuration out of its sources.
     *
     * @param sources the strongest first
     * @param incomplete why something may be set that is not here
     * @param conditional the same as they would be with profiles that nothing says are active
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

    /** @param told those sources of which {@link #keys} tells */
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
        Function<String, Optional<Setting>> lookup =
                binds ? name -> find(source -> source.placeholder(name)) : this::find;
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

    /** That of an application of which no file is known that it reads. */
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

    /** The setting of a key that counts, as it is written; empty when nothing sets it. */
    public Optional<Setting> find(String key) {
        return find(source -> source.find(key));
    }

    private Optional<Setting> find(Function<PropertySource, Optional<Setting>> search) {
        for (PropertySource source : sources) {
            Optional<Setting> setting = search.apply(source);
            if (setting.isPresent()) {
                return setting;
            }
        }
        return Optional.empty();
    }

    /** What a setting's text says once its placeholders have been put in. */
    public ResolvedText resolve(Setting setting) {
        // Spring Boot does not bind these: it asks its environment, which refuses what cannot be put in.
        String key = KeyName.canonical(setting.name());
        boolean bound = !key.startsWith("logging") && !key.startsWith("spring.pid") && !key.startsWith("springpid");
        return binding.filter(it -> bound).orElse(placeholders).resolve(setting.value());
    }

    /** What a text says once its placeholders have been put in. */
    ResolvedText resolve(String text) {
        return placeholders.resolve(text);
    }

    /** What one of its sources sets, with placeholders for all of it. */
    ApplicationConfiguration of(PropertySource source) {
        return new ApplicationConfiguration(source, this);
    }

    /** The value of a key. */
    public Value<String> value(String key) {
        Optional<Setting> setting = find(key);
        if (setting.isEmpty()) {
            return Value.absent();
        }
        ResolvedText text = resolve(setting.get());
        Location location = setting.get().location();
        return text.isKnown()
                ? new Value.Known<>(text.text(), location)
                : new Value.Unknown<>(text.unknown().orElseThrow(), location);
    }

    /** The values of a key that holds several, separated by commas or as {@code key[0]}, {@code key[1]}. */
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
            if (element.known().filter(text -> !text.isBlank()).isEmpty()) {
                return first.isEmpty() ? Value.absent() : new Value.Known<>(List.copyOf(all), first.get());
            }
            all.add(element.known().get().strip());
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
     * The keys that are set and match a pattern, in their order. Of a {@link Conditional} configuration's files these are
     * the keys that the condition is about.
     *
     * @param pattern a key in which {@code *} stands for one or more parts
     */
    public List<String> keys(String pattern) {
        Pattern wanted = KeyName.pattern(pattern);
        Map<String, String> keys = new TreeMap<>();
        // What an environment variable is called in a file is a guess, which a file may know better.
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

    /** Why something may be set that is not here, such as {@code an environment file may set it}. */
    public Optional<String> incomplete() {
        return incomplete;
    }

    public Profiles profiles() {
        return profiles;
    }

    /** The configuration with each of the documents whose profiles nothing says are active, in the files' order. */
    public List<Conditional> conditional() {
        return conditional;
    }
}
