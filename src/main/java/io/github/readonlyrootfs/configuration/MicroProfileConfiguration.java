// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.PropertySource.Variables;
import io.github.readonlyrootfs.configuration.RankedSources.Ranked;
import io.github.readonlyrootfs.configuration.RankedSources.Undecided;
import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration of an application on MicroProfile Config: system properties over the environment over
 * {@code META-INF/microprofile-config.properties} in each entry of the class path; a file's {@code config_ordinal} moves it.
 * With a profile, {@code %profile.key} is asked before {@code key}, and the file for the profile counts that lies beside one
 * for all. Helidon reads {@code application.yaml} too.
 */
public final class MicroProfileConfiguration {

    /** What puts the sources together. */
    public enum Server {
        /** To it {@code %profile.key} wins over {@code key}, wherever they are. */
        HELIDON_3,
        /** To it {@code key} wins in a source of a greater ordinal, as in the specification. */
        HELIDON_4,
        /** Another one; of files of one ordinal the first on the class path wins, with Helidon the last. */
        OTHER
    }

    private static final String PROFILE = "mp.config.profile";
    private static final String PROPERTIES = "META-INF/microprofile-config.properties";
    private static final String YAML = "application.yaml";

    /** What a file weighs that says nothing about it. */
    private static final int STANDARD = 100;

    /** Nobody has more profiles than this. */
    private static final int MAX_PROFILES = 50;

    private final Launch launch;
    private final List<FilePlace> entries;
    private final Server server;
    private final Optional<String> gap;

    private MicroProfileConfiguration(
            ConfigurationFiles files, Launch launch, ContainerFiles container, Server server) {
        this.launch = launch;
        this.server = server;
        this.entries = new ArrayList<>(FilePlace.eachOnClassPath(files));
        if (server == Server.OTHER) {
            Collections.reverse(entries);
        }
        this.gap = launch.incomplete()
                .or(() -> server == Server.OTHER
                        ? Optional.empty()
                        : HelidonConfiguration.metaOfMicroProfile(files, launch, container));
    }

    /**
     * Reads what an application that is started so sees.
     *
     * @param container the files beside it
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, ContainerFiles container, Server server) {
        return new MicroProfileConfiguration(files, launch, container, server).read();
    }

    private ApplicationConfiguration read() {
        Sources plain = sources(Optional.empty());
        Value<String> named =
                configuration(plain, Profiles.standard(List.of()), List.of()).value(PROFILE);
        if (named instanceof Value.Known<String> known) {
            return configuration(
                    sources(Optional.of(known.value())), Profiles.chosen(List.of(known.value())), List.of());
        }
        Optional<String> unknown = named instanceof Value.Unknown<String> it
                ? Optional.of("of " + PROFILE + ", " + it.reason())
                : gap.map(more -> "nothing here sets " + PROFILE + ", but " + more);
        List<String> others = mentioned(plain).stream()
                .filter(profile -> unknown.isPresent()
                        ? Profiles.mayBeDeployed(Set.of(profile))
                        : Profiles.concernsOperation(Set.of(profile)))
                .limit(MAX_PROFILES)
                .toList();
        if (unknown.isPresent()) {
            List<Sources> each = others.stream()
                    .map(profile -> sources(Optional.of(profile)))
                    .toList();
            return configuration(new Undecided(plain, each), Profiles.unknown(unknown.get()), List.of());
        }
        Profiles none = Profiles.standard(List.of());
        return configuration(
                plain,
                none,
                others.stream()
                        .map(profile -> new Conditional(
                                "profile " + profile, configuration(sources(Optional.of(profile)), none, List.of())))
                        .toList());
    }

    private ApplicationConfiguration configuration(
            PropertySource source, Profiles profiles, List<Conditional> conditional) {
        return new ApplicationConfiguration(List.of(source), gap, profiles, conditional, PlaceholderStyle.PLAIN);
    }

    /** The profiles that files or keys are for. */
    private Set<String> mentioned(Sources sources) {
        Set<String> profiles = new TreeSet<>();
        for (FilePlace entry : entries) {
            for (String file : names()) {
                int slash = file.lastIndexOf('/') + 1;
                int dot = file.lastIndexOf('.');
                profiles.addAll(FileGroup.find(
                                entry,
                                List.of(file.substring(0, slash)),
                                file.substring(slash, dot),
                                List.of(file.substring(dot + 1)))
                        .byProfile()
                        .keySet());
            }
        }
        for (Ranked source : sources.all()) {
            for (String key : source.source().keys()) {
                int dot = key.startsWith("%") ? key.indexOf('.') : -1;
                if (dot > 0) {
                    profiles.add(key.substring(1, dot));
                }
            }
        }
        return profiles;
    }

    private List<String> names() {
        return server == Server.OTHER ? List.of(PROPERTIES) : List.of(PROPERTIES, YAML);
    }

    private Sources sources(Optional<String> profile) {
        List<Ranked> all = new ArrayList<>();
        add(launch.exactProperties(), 400, all);
        add(Variables.exact(launch.environment()), 300, all);
        for (String name : names()) {
            if (profile.isPresent()) {
                addBoth(name, name.replaceFirst("\\.(?=\\w+$)", "-" + profile.get() + "."), all);
            } else {
                entries.forEach(entry -> entry.read(name).ifPresent(file -> add(Named.exact(file), STANDARD, all)));
            }
        }
        all.sort(Comparator.comparingInt(Ranked::ordinal));
        Collections.reverse(all);
        return new Sources(all, profile, server != Server.HELIDON_3);
    }

    private static void add(PropertySource source, int standard, List<Ranked> all) {
        all.add(new Ranked(source, Ranked.asked(source, standard), 0));
    }

    /** Adds files for all, each with the one for the profile that is in the same place. */
    private void addBoth(String name, String own, List<Ranked> all) {
        List<FilePlace> withOwn =
                entries.stream().filter(entry -> entry.read(own).isPresent()).toList();
        for (FilePlace entry : entries) {
            Optional<ConfigurationFile> file = entry.read(name);
            if (file.isEmpty()) {
                continue;
            }
            // Helidon goes through all places that have one for the profile, and adds this one without for each other.
            boolean plainFirst = withOwn.isEmpty() || !withOwn.get(0).equals(entry);
            if (plainFirst) {
                add(Named.exact(file.get()), STANDARD, all);
            }
            if (withOwn.contains(entry)) {
                Named both = Named.exact(file.get());
                entry.read(own).orElseThrow().documents().forEach(both::putAll);
                add(both, STANDARD, all);
            }
            if (server != Server.OTHER && !plainFirst && withOwn.size() > 1) {
                add(Named.exact(file.get()), STANDARD, all);
            }
        }
    }

    /**
     * All sources as they are asked.
     *
     * @param all the strongest first
     * @param byOrdinal whether {@code key} wins over {@code %profile.key} in a source of a greater ordinal
     */
    private record Sources(List<Ranked> all, Optional<String> profile, boolean byOrdinal) implements PropertySource {

        private record Found(Setting setting, int ordinal) {}

        @Override
        public Optional<Setting> find(String key) {
            Optional<Found> plain = first(key);
            Optional<Found> own = profile.flatMap(name -> first(prefix(name) + key));
            boolean overruled = byOrdinal
                    && plain.isPresent()
                    && own.filter(it -> it.ordinal() >= plain.get().ordinal()).isEmpty();
            return (overruled ? plain : own.or(() -> plain)).map(Found::setting);
        }

        private static String prefix(String profile) {
            return "%" + profile + ".";
        }

        /** What the strongest source sets it to; an empty value unsets it. */
        private Optional<Found> first(String key) {
            for (Ranked source : all) {
                Optional<Setting> setting = source.source().find(key);
                if (setting.isPresent()) {
                    boolean unset = setting.get()
                            .value()
                            .known()
                            .filter(String::isEmpty)
                            .isPresent();
                    return unset ? Optional.empty() : Optional.of(new Found(setting.get(), source.ordinal()));
                }
            }
            return Optional.empty();
        }

        @Override
        public Collection<String> keys() {
            Set<String> keys = new LinkedHashSet<>();
            for (int i = all.size() - 1; i >= 0; i--) {
                for (String key : all.get(i).source().keys()) {
                    if (!key.startsWith("%")) {
                        keys.add(key);
                    } else if (profile.isPresent() && key.startsWith(prefix(profile.get()))) {
                        keys.add(key.substring(prefix(profile.get()).length()));
                    }
                }
            }
            return keys;
        }
    }
}
