// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.PropertySource.Variables;
import io.github.readonlyrootfs.configuration.RankedSources.ProfileKeys;
import io.github.readonlyrootfs.configuration.RankedSources.Ranked;
import io.github.readonlyrootfs.configuration.RankedSources.Undecided;
import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration of an application on Helidon MP: system properties over the environment over {@code application.yaml}
 * and {@code META-INF/microprofile-config.properties} in each entry of the class path, the last one first; a file's
 * {@code config_ordinal} moves it. With a profile, {@code %profile.key} is asked before {@code key}, and the file for the
 * profile counts that lies beside one for all.
 */
public final class HelidonMpConfiguration {

    private static final String PROFILE = "mp.config.profile";
    private static final List<String> NAMES = List.of("META-INF/microprofile-config.properties", "application.yaml");

    /** What a file weighs that says nothing about it. */
    private static final int STANDARD = 100;

    /** Nobody has more profiles than this. */
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
     * Reads what an application that is started so sees.
     *
     * @param container the files beside it
     * @param four whether it is Helidon 4 or later
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, ContainerFiles container, boolean four) {
        return new HelidonMpConfiguration(files, launch, container, four).read();
    }

    private ApplicationConfiguration read() {
        RankedSources plain = sources(Optional.empty());
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
            List<RankedSources> each = others.stream()
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
            if (!plainFirst && withOwn.size() > 1) {
                add(Named.exact(file.get()), STANDARD, all);
            }
        }
    }
}
