// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The configuration of an application on Helidon SE, as {@code Config.create()} makes it: system properties over the
 * environment over the first {@code application} file that is found. With {@code HELIDON_CONFIG_PROFILE} it is the
 * environment over system properties over all those files in YAML; the files for the profile win over the others.
 */
public final class HelidonConfiguration {

    /** The extensions that Helidon looks for without a profile; HOCON is not read here. */
    private static final List<String> EXTENSIONS = List.of("yaml", "properties", "yml");

    /** The extensions that Helidon looks for with a profile; the parser for properties declares none. */
    private static final List<String> WITH_PROFILE = List.of("yml", "yaml");

    /** Files that replace the list of sources. */
    private static final List<String> META = List.of("meta-config", "config-profile");

    private static final String META_PROPERTY = "io.helidon.config.meta-config";
    private static final String META_COUNTS = "its meta-configuration may name other sources";

    private final ConfigurationFiles files;
    private final Launch launch;
    private final ContainerFiles container;
    private final boolean four;
    private final FilePlace onClassPath;
    private final FilePlace inContainer;
    private Optional<String> gap;

    private HelidonConfiguration(ConfigurationFiles files, Launch launch, ContainerFiles container, boolean four) {
        this.files = files;
        this.four = four;
        this.launch = launch;
        this.container = container;
        this.onClassPath = FilePlace.onClassPath(files);
        this.inContainer = FilePlace.inContainer(files, container);
        this.gap = launch.incomplete();
    }

    /**
     * The configuration of an application.
     *
     * @param container the files outside its jar
     * @param four whether it is Helidon 4 or later
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, ContainerFiles container, boolean four) {
        return new HelidonConfiguration(files, launch, container, four).read();
    }

    /** Why an application on Helidon MP may have other sources: it reads its own meta-configuration and that of Helidon SE. */
    static Optional<String> metaOfMicroProfile(ConfigurationFiles files, Launch launch, ContainerFiles container) {
        HelidonConfiguration se = new HelidonConfiguration(files, launch, container, true);
        boolean described = launch.environment().containsKey("HELIDON_MP_META_CONFIG")
                || Stream.of("io.helidon.config.mp.meta-config", META_PROPERTY)
                        .anyMatch(launch.systemProperties()::containsKey)
                || Stream.of("mp-meta-config.yaml", "mp-meta-config.properties").anyMatch(se::isThere)
                || !profile(launch).isAbsent()
                || se.hasMeta(Optional.empty());
        return described ? Optional.of(META_COUNTS) : Optional.empty();
    }

    private static Value<String> profile(Launch launch) {
        return launch.variable("HELIDON_CONFIG_PROFILE")
                .or(launch.property("helidon.config.profile"))
                .or(launch.property("config.profile"));
    }

    private ApplicationConfiguration read() {
        Value<String> profile = profile(launch);
        if (profile instanceof Value.Unknown<String> unknown) {
            gap = gap.or(() -> Optional.of("which profile is active is not known: " + unknown.reason()));
        }
        if (isThere("application.conf")) {
            gap = gap.or(() -> Optional.of("application.conf, which is HOCON, may set it"));
        }
        if (launch.systemProperties().containsKey(META_PROPERTY) || hasMeta(profile.known())) {
            gap = gap.or(() -> Optional.of(META_COUNTS));
        }
        if (profile.isAbsent()) {
            Profiles none = Profiles.standard(List.of());
            List<Conditional> conditional = new ArrayList<>();
            for (String name : profiles()) {
                if (none.mayCount(name)) {
                    conditional.add(
                            new Conditional("profile " + name, configuration(forProfile(name), none, List.of())));
                }
            }
            return configuration(found(), none, conditional);
        }
        return profile.known()
                .map(name -> configuration(forProfile(name), Profiles.chosen(List.of(name)), List.of()))
                .orElseGet(() -> configuration(found(), Profiles.unknown(gap.orElse("")), List.of()));
    }

    private ApplicationConfiguration configuration(
            List<PropertySource> sources, Profiles profiles, List<Conditional> conditional) {
        return new ApplicationConfiguration(sources, gap, profiles, conditional, PlaceholderStyle.HELIDON);
    }

    private boolean hasMeta(Optional<String> profile) {
        return META.stream()
                .flatMap(name -> Stream.concat(Stream.of(name), profile.stream().map(it -> name + "-" + it)))
                .flatMap(name -> EXTENSIONS.stream().map(extension -> name + "." + extension))
                .anyMatch(this::isThere);
    }

    private boolean isThere(String name) {
        return container.read(name).isPresent() || files.names("").contains(name);
    }

    /** The sources without a profile: only the first application file, from the working directory or the class path. */
    private List<PropertySource> found() {
        List<PropertySource> all = all("application", EXTENSIONS);
        List<PropertySource> sources = new ArrayList<>(List.of(launch.exactProperties(), variables()));
        sources.addAll(all.subList(0, Math.min(1, all.size())));
        return sources;
    }

    private List<PropertySource> forProfile(String profile) {
        List<PropertySource> sources = new ArrayList<>(List.of(variables(), launch.exactProperties()));
        sources.addAll(all("application-" + profile, WITH_PROFILE));
        sources.addAll(all("application", WITH_PROFILE));
        for (String name : List.of("microprofile-config-" + profile, "microprofile-config")) {
            onClassPath
                    .read("META-INF/" + name + ".properties")
                    .map(Named::exact)
                    .ifPresent(sources::add);
        }
        return sources;
    }

    private PropertySource variables() {
        return four
                ? PropertySource.Variables.ofHelidon4(launch.environment())
                : PropertySource.Variables.ofHelidon(launch.environment());
    }

    private List<PropertySource> all(String name, List<String> extensions) {
        List<PropertySource> sources = new ArrayList<>();
        for (FilePlace place : List.of(inContainer, onClassPath)) {
            extensions.forEach(extension ->
                    place.read(name + "." + extension).map(Named::exact).ifPresent(sources::add));
        }
        return sources;
    }

    private Set<String> profiles() {
        Set<String> profiles = new TreeSet<>();
        for (FilePlace place : List.of(inContainer, onClassPath)) {
            profiles.addAll(FileGroup.find(place, List.of(""), "application", WITH_PROFILE)
                    .byProfile()
                    .keySet());
        }
        return profiles;
    }
}
