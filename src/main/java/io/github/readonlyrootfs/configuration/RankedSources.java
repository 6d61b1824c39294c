// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sources in the order of MicroProfile Config: {@code %profile.key} wins over {@code key} unless a stronger source has
 * {@code key}. For SmallRye, {@code %one,other.key} stands for two keys.
 */
final class RankedSources implements PropertySource {

    private final List<Ranked> sources;
    private final List<String> profiles;
    private final Map<String, List<String>> shared;
    private final ProfileKeys rule;

    /** When {@code %profile.key} wins over {@code key}. */
    enum ProfileKeys {
        /** As in SmallRye: unless its source is weaker. */
        BY_SOURCE,
        /** As in Helidon 4: unless the ordinal of its source is smaller; an empty value unsets a key. */
        BY_ORDINAL,
        /** As in Helidon 3: always; an empty value unsets a key. */
        FIRST;

        private boolean prefers(Found profiled, Found plain) {
            return switch (this) {
                case BY_SOURCE -> profiled.position() <= plain.position();
                case BY_ORDINAL -> profiled.ordinal() >= plain.ordinal();
                case FIRST -> true;
            };
        }

        private boolean isUnset(Setting setting) {
            return this != BY_SOURCE
                    && setting.value().known().filter(String::isEmpty).isPresent();
        }
    }

    /**
     * A source with its rank.
     *
     * @param ordinal the greatest wins
     * @param index of sources with the same ordinal, the smallest wins
     */
    record Ranked(PropertySource source, int ordinal, int index) {

        private static final Comparator<Ranked> STRONGEST_FIRST =
                Comparator.comparingInt(Ranked::ordinal).reversed().thenComparingInt(Ranked::index);

        /** The ordinal that a source sets, or else the standard one. */
        static int asked(PropertySource source, int standard) {
            return source.find("config_ordinal")
                    .flatMap(setting -> setting.value().known())
                    .filter(text -> text.matches("-?\\d{1,8}"))
                    .map(Integer::valueOf)
                    .orElse(standard);
        }
    }

    /**
     * A setting, and how strong its source is.
     *
     * @param position of its source among all, the strongest first
     */
    record Found(Setting setting, int position, int ordinal) {}

    /**
     * Sources in their ranks.
     *
     * @param sources the last one wins over others of its rank
     * @param profiles the last one wins
     * @param shared the keys for several profiles, by the keys that they stand for
     */
    RankedSources(List<Ranked> sources, List<String> profiles, Map<String, List<String>> shared, ProfileKeys rule) {
        List<Ranked> sorted = new ArrayList<>(sources);
        Collections.reverse(sorted);
        sorted.sort(Ranked.STRONGEST_FIRST);
        this.sources = List.copyOf(sorted);
        this.profiles = List.copyOf(profiles);
        this.shared = Map.copyOf(shared);
        this.rule = rule;
    }

    /** Merges sources of the same rank; a key that several of them set is unknown. */
    static PropertySource inAnyOrder(List<PropertySource> sources) {
        Map<String, Long> count = sources.stream()
                .flatMap(source ->
                        source.keys().stream().map(RankedSources::plain).distinct())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Named all = Named.exact();
        for (PropertySource source : sources) {
            for (String key : source.keys()) {
                Setting setting = source.find(key).orElseThrow();
                all.put(
                        key,
                        count.getOrDefault(plain(key), 0L) > 1 ? byChance(setting, "file of the directory") : setting);
            }
        }
        return all;
    }

    private static Setting byChance(Setting setting, String of) {
        return new Setting(setting.name(), new Value.Unknown<>("which " + of + " wins is random", setting.location()));
    }

    /**
     * The keys for several profiles, such as {@code %one,other.key} by {@code %one.key}.
     *
     * @param strongest whether only the strongest source that has such keys counts; if not, the choice is random
     */
    Map<String, List<String>> sharedKeys(boolean strongest) {
        Map<String, List<String>> all = new HashMap<>();
        for (Ranked ranked : sources) {
            Map<String, List<String>> here = new HashMap<>();
            for (String key : ranked.source().keys()) {
                List<String> names = profilesOf(key);
                for (String profile : names.size() > 1 ? names : List.<String>of()) {
                    here.computeIfAbsent("%" + profile + "." + plain(key), it -> new ArrayList<>())
                            .add(key);
                }
            }
            here.forEach((key, keys) -> all.merge(
                    key,
                    keys,
                    (first, more) -> strongest
                            ? first
                            : Stream.concat(first.stream(), more.stream())
                                    .distinct()
                                    .toList()));
        }
        return all;
    }

    /** The profiles in a key. */
    private static List<String> profilesOf(String key) {
        int dot = key.startsWith("%") ? key.indexOf('.') : -1;
        return dot < 0 ? List.of() : ApplicationConfiguration.names(key.substring(1, dot));
    }

    /** A key without its profiles. */
    private static String plain(String key) {
        int dot = key.startsWith("%") ? key.indexOf('.') : -1;
        return dot < 0 ? key : key.substring(dot + 1);
    }

    @Override
    public Optional<Setting> find(String key) {
        return search(key).map(Found::setting);
    }

    /** The strongest setting among keys that mean the same; of equally strong ones, that of the first key. */
    Optional<Found> strongest(List<String> keys) {
        Optional<Found> strongest = Optional.empty();
        for (String key : keys) {
            Optional<Found> found = search(key);
            boolean stronger = found.isPresent()
                    && (strongest.isEmpty()
                            || found.get().position() < strongest.get().position());
            strongest = stronger ? found : strongest;
        }
        return strongest;
    }

    private Optional<Found> search(String key) {
        Optional<Found> plain = first(key);
        for (int i = profiles.size() - 1; i >= 0; i--) {
            Optional<Found> profiled = ofProfile("%" + profiles.get(i) + "." + key);
            if (profiled.isPresent()) {
                return plain.isEmpty() || rule.prefers(profiled.get(), plain.get()) ? profiled : plain;
            }
        }
        return plain;
    }

    /** The setting of a key for one profile, or for several including it. */
    private Optional<Found> ofProfile(String key) {
        Optional<Found> own = first(key);
        List<String> others = shared.getOrDefault(key, List.of());
        Optional<Found> shared = others.isEmpty() ? Optional.empty() : first(others.get(0));
        if (shared.isEmpty()
                || (own.isPresent() && own.get().position() <= shared.get().position())) {
            return own;
        }
        if (others.size() == 1) {
            return shared;
        }
        Setting setting = byChance(shared.get().setting(), "of " + String.join(" and ", others));
        return Optional.of(
                new Found(setting, shared.get().position(), shared.get().ordinal()));
    }

    private Optional<Found> first(String key) {
        for (int i = 0; i < sources.size(); i++) {
            Optional<Setting> setting = sources.get(i).source().find(key);
            if (setting.isPresent()) {
                return rule.isUnset(setting.get())
                        ? Optional.empty()
                        : Optional.of(new Found(setting.get(), i, sources.get(i).ordinal()));
            }
        }
        return Optional.empty();
    }

    /** The profiles in all keys. */
    Set<String> mentioned() {
        Set<String> all = new LinkedHashSet<>();
        for (Ranked ranked : sources) {
            ranked.source().keys().forEach(key -> all.addAll(profilesOf(key)));
        }
        return all;
    }

    @Override
    public Collection<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (int i = sources.size() - 1; i >= 0; i--) {
            for (String key : sources.get(i).source().keys()) {
                List<String> names = profilesOf(key);
                if (names.isEmpty() || names.stream().anyMatch(profiles::contains)) {
                    keys.add(plain(key));
                }
            }
        }
        return keys;
    }

    /**
     * Sources whose active profiles are unknown.
     *
     * @param plain the sources without profiles
     * @param others the sources with each profile that may be active
     */
    record Undecided(PropertySource plain, List<? extends PropertySource> others) implements PropertySource {

        @Override
        public Optional<Setting> find(String key) {
            Optional<Setting> setting = plain.find(key);
            for (PropertySource other : others) {
                Optional<Setting> its = other.find(key);
                if (!its.equals(setting)) {
                    return its.or(() -> setting).map(Doubtful::unknown);
                }
            }
            return setting;
        }

        @Override
        public Collection<String> keys() {
            Set<String> keys = new LinkedHashSet<>(plain.keys());
            others.forEach(other -> keys.addAll(other.keys()));
            return keys;
        }
    }
}
