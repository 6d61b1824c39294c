// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.PropertySource.Variables;
import io.github.readonlyrootfs.configuration.RankedSources.ProfileKeys;
import io.github.readonlyrootfs.configuration.RankedSources.Ranked;
import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration of an application on Helidon MP: system properties over the environment over {@code application.yaml}
 * and {@code META-INF/microprofile-config.properties} in each entry of the class path, the last one first; a file's
 * {@code config_ordinal} moves it. With a profile, {@code %profile.key} wins over {@code key}, and a file for the profile is
 * read only beside a file for all profiles.
 */
public final class HelidonMpConfiguration {

    private static final String PROFILE = "mp.config.profile";
    private static final List<String> NAMES = List.of("META-INF/microprofile-config.properties", "application.yaml");

    /** The ordinal of a file that sets none. */
    private static final int STANDARD = 100;

    /** No real application has more profiles. */
    private static final int MAX_PROFILES = 50;

    private final Launch launch;
    private final List<FilePlace> entries;
    private final ProfileKeys rule;
    private final Optional<String> gap;

    private HelidonMpConfiguration(ConfigurationFiles files, Launch launch, ContainerFiles container, boolean four) {
        this.launch = launch;
        this.rule = four ? ProfileKeys.BY_ORDINAL : ProfileKeys.FIRST;
        this.entries = FilePlace.eachOnClassPath(files);
        this.gap = launch.incomplete().or(() -> HelidonConfiguration.metaOfMicroProfile(files, launch, container));
    }

    /**
     * The configuration of an application.
     *
     * @param container the files outside its jar
     * @param four whether it is Helidon 4 or later
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, ContainerFiles container, boolean four) {
        return new HelidonMpConfiguration(files, launch, container, four).read();
    }

    private ApplicationConfiguration read() {
        RankedSources plain = sources(Optional.empty());
        Value<String> named = ApplicationConfiguration.of(plain, Map.of(), gap, Profiles.standard(List.of()))
                .value(PROFILE);
        if (named instanceof Value.Known<String> known) {
            Profiles chosen = Profiles.chosen(List.of(known.value()));
            return ApplicationConfiguration.of(sources(Optional.of(known.value())), Map.of(), gap, chosen);
        }
        Profiles profiles = named instanceof Value.Unknown<String> it
                ? Profiles.unknown("of " + PROFILE + ", " + it.reason())
                : Profiles.unnamed(PROFILE, gap, List.of());
        Map<String, PropertySource> others = new LinkedHashMap<>();
        for (String profile : mentioned(plain)) {
            if (others.size() < MAX_PROFILES && profiles.mayCount(profile)) {
                others.put(profile, sources(Optional.of(profile)));
            }
        }
        return ApplicationConfiguration.of(plain, others, gap, profiles);
    }

    /** The profiles that file names and keys mention. */
    private Set<String> mentioned(RankedSources sources) {
        Set<String> profiles = new TreeSet<>();
        for (FilePlace entry : entries) {
            for (String file : NAMES) {
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
        profiles.addAll(sources.mentioned());
        return profiles;
    }

    private RankedSources sources(Optional<String> profile) {
        List<Ranked> all = new ArrayList<>();
        add(launch.exactProperties(), 400, all);
        add(Variables.exact(launch.environment()), 300, all);
        for (String name : NAMES) {
            if (profile.isPresent()) {
                addBoth(name, name.replaceFirst("\\.(?=\\w+$)", "-" + profile.get() + "."), all);
            } else {
                entries.forEach(entry -> entry.read(name).ifPresent(file -> add(Named.exact(file), STANDARD, all)));
            }
        }
        return new RankedSources(all, profile.stream().toList(), Map.of(), rule);
    }

    private static void add(PropertySource source, int standard, List<Ranked> all) {
        all.add(new Ranked(source, Ranked.asked(source, standard), 0));
    }

    /** Adds the files for all profiles, each with the file for the profile in the same place. */
    private void addBoth(String name, String own, List<Ranked> all) {
        List<FilePlace> withOwn =
                entries.stream().filter(entry -> entry.read(own).isPresent()).toList();
        for (FilePlace entry : entries) {
            Optional<ConfigurationFile> file = entry.read(name);
            if (file.isEmpty()) {
                continue;
            }
            // For each place with a file for the profile, Helidon adds the plain files of all other places again.
            boolean plainFirst = withOwn.isEmpty() || !withOwn.get(0).equals(entry);
            if (plainFirst) {
                add(Named.exact(file.get()), STANDARD, all);
            }
            if (withOwn.contains(entry)) {
                Named both = Named.exact(file.get());
                entry.read(own).orElseThrow().documents().forEach(both::putAll);
                add(both, STANDARD, all);
            }
            if (!plainFirst && withOwn.size() > 1) {
                add(Named.exact(file.get()), STANDARD, all);
            }
        }
    }
}
