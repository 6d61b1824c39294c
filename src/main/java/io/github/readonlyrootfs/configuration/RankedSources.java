// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Value;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sources with ranks, as in MicroProfile Config: {@code %profile.key} wins over {@code key} unless a source of a higher rank has
 * {@code key}, and {@code %one,other.key} stands for two keys. What sources of one rank set differently is unknown: which of
 * them wins depends on the framework's version, or on chance.
 */
final class RankedSources implements PropertySource {

    private static final String TIE = "several sources set it, and their order is not known";

    private final List<Ranked> sources;
    private final List<String> profiles;
    private final boolean helidon;

    /**
     * A source with its rank.
     *
     * @param shared its keys for several profiles, as one key for each
     * @param rank the greatest wins
     * @param file the first of several files of this name wins; empty if its place decides nothing
     */
    record Ranked(PropertySource source, Named shared, int rank, String file) {

        static final String ORDINAL = "config_ordinal";

        /** A source with the rank that it asks for, or else the standard one. */
        static Ranked of(PropertySource source, int standard) {
            return new Ranked(source, Named.exact(), asked(source).orElse(standard), "");
        }

        Ranked inFile(String name) {
            return new Ranked(source, shared, rank, name);
        }

        /** The same with its keys for several profiles. */
        Ranked sharing() {
            for (String key : source.keys()) {
                List<String> names = profilesOf(key);
                for (String profile : names.size() > 1 ? names : List.<String>of()) {
                    String own = "%" + profile + "." + plain(key);
                    Setting setting = source.find(key).orElseThrow();
                    shared.put(
                            own, shared.find(own).map(it -> agreed(it, setting)).orElse(setting));
                }
            }
            return this;
        }

        private static Optional<Integer> asked(PropertySource source) {
            return source.find(ORDINAL)
                    .flatMap(setting -> setting.value().known())
                    .filter(text -> text.matches("-?\\d{1,8}"))
                    .map(Integer::valueOf);
        }

        Optional<Setting> find(String key) {
            return source.find(key).or(() -> shared.find(key));
        }
    }

    /**
     * A setting, and the rank of its source.
     *
     * @param only its source, unless several of that rank have it
     */
    private record Found(Setting setting, int rank, Optional<Ranked> only) {

        /** What is found if a source of the same rank has the key too. */
        Found or(Setting other, Ranked in) {
            boolean isFirst = only.isPresent()
                    && !in.file().isEmpty()
                    && only.get().file().equals(in.file());
            return isFirst ? this : new Found(agreed(setting, other), rank, Optional.empty());
        }
    }

    /**
     * Sources with profiles.
     *
     * @param profiles the last one wins
     * @param helidon whether they are Helidon's: an empty value unsets a key, and whether a key for a profile wins over a
     *     stronger source depends on the version
     */
    RankedSources(List<Ranked> sources, List<String> profiles, boolean helidon) {
        this.sources = sources.stream()
                .sorted(Comparator.comparingInt(Ranked::rank).reversed())
                .toList();
        this.profiles = List.copyOf(profiles);
        this.helidon = helidon;
    }

    private static Setting agreed(Setting one, Setting other) {
        return !one.value().isUnknown()
                        && one.value().known().equals(other.value().known())
                ? one
                : new Setting(one.name(), new Value.Unknown<>(TIE, one.location()));
    }

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
        Optional<Found> plain = strongest(List.of(key));
        for (int i = profiles.size() - 1; i >= 0; i--) {
            Optional<Found> own = strongest(List.of("%" + profiles.get(i) + "." + key));
            if (own.isPresent()) {
                return Optional.of(plain.isEmpty() ? own.get().setting() : stronger(own.get(), plain.get()));
            }
        }
        return plain.map(Found::setting);
    }

    @Override
    public List<Setting> candidates(String key) {
        return Stream.concat(Stream.of(key), profiles.stream().map(profile -> "%" + profile + "." + key))
                .flatMap(each -> sources.stream().flatMap(source -> source.find(each).stream()))
                .toList();
    }

    private Setting stronger(Found own, Found plain) {
        boolean together = own.only().isPresent() && own.only().equals(plain.only());
        if (own.rank() > plain.rank() || together) {
            return own.setting();
        }
        return own.rank() < plain.rank() && !helidon ? plain.setting() : agreed(plain.setting(), own.setting());
    }

    /** The strongest setting of keys that mean the same, whatever the profiles. */
    Optional<Setting> named(List<String> keys) {
        return strongest(keys).map(Found::setting);
    }

    private Optional<Found> strongest(List<String> keys) {
        Optional<Found> found = Optional.empty();
        for (Ranked each : sources) {
            if (found.isPresent() && each.rank() < found.get().rank()) {
                break;
            }
            for (String key : keys) {
                Optional<Setting> setting = each.find(key);
                if (setting.isPresent()) {
                    found = Optional.of(
                            found.isPresent()
                                    ? found.get().or(setting.get(), each)
                                    : new Found(setting.get(), each.rank(), Optional.of(each)));
                }
            }
        }
        return found.filter(it ->
                !helidon || it.setting().value().known().filter(String::isEmpty).isEmpty());
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
        public List<Setting> candidates(String key) {
            return Stream.concat(Stream.of(plain), others.stream())
                    .flatMap(each -> each.candidates(key).stream())
                    .toList();
        }

        @Override
        public Optional<String> unfollowed() {
            return plain.unfollowed();
        }

        @Override
        public Collection<String> keys() {
            Set<String> keys = new LinkedHashSet<>(plain.keys());
            others.forEach(other -> keys.addAll(other.keys()));
            return keys;
        }
    }

    /** Sources that others may override which are not read. */
    record Overridden(PropertySource sources, String reason) implements PropertySource {

        @Override
        public Optional<Setting> find(String key) {
            return sources.find(key).map(it -> new Setting(it.name(), new Value.Unknown<>(reason, it.location())));
        }

        @Override
        public List<Setting> candidates(String key) {
            return sources.candidates(key);
        }

        @Override
        public Optional<String> unfollowed() {
            return Optional.of(reason);
        }

        @Override
        public Collection<String> keys() {
            return sources.keys();
        }
    }
}
