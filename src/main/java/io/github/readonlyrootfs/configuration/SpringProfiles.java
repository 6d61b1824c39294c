// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles that Spring Boot activates: {@code spring.profiles.include}, {@code spring.profiles.active}, and those that
 * {@code spring.profiles.group} adds. Those of the code come first.
 */
final class SpringProfiles {

    /** Groups may name groups; no real application has more profiles. */
    private static final int MAX_PROFILES = 200;

    private final ApplicationConfiguration configuration;
    private final Set<String> active = new LinkedHashSet<>();
    private Optional<String> unknown = Optional.empty();

    private SpringProfiles(ApplicationConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * The profiles.
     *
     * @param configuration the settings that do not depend on profiles
     * @param sources of these settings, the strongest first: each can include profiles
     * @param ofCode those that the code adds
     */
    static Profiles of(
            ApplicationConfiguration configuration, List<PropertySource> sources, List<Value<String>> ofCode) {
        return new SpringProfiles(configuration).profiles(sources, ofCode);
    }

    private Profiles profiles(List<PropertySource> sources, List<Value<String>> ofCode) {
        List<String> included = new ArrayList<>();
        for (Value<String> profile : ofCode) {
            profile.known().ifPresent(included::add);
            if (profile instanceof Value.Unknown<String> value) {
                unknown = Optional.of(value.reason());
            }
        }
        for (PropertySource source : sources) {
            included.addAll(names("spring.profiles.include", configuration.of(source)));
        }
        List<String> named = names("spring.profiles.active");
        if (unknown.isEmpty() && named.isEmpty() && configuration.incomplete().isPresent()) {
            unknown = configuration.incomplete().map(more -> Setting.unset("spring.profiles.active", more));
        }
        add(included);
        add(named);
        boolean chosen = !active.isEmpty();
        if (!chosen) {
            List<String> standard = names("spring.profiles.default");
            active.addAll(standard.isEmpty() ? List.of("default") : standard);
        }
        return unknown.isPresent()
                ? Profiles.unknown(unknown.get())
                : new Profiles(List.copyOf(active), chosen, Optional.empty());
    }

    private void add(List<String> profiles) {
        for (String profile : profiles) {
            if (active.size() < MAX_PROFILES && active.add(profile)) {
                add(names("spring.profiles.group." + profile));
            }
        }
    }

    private List<String> names(String key) {
        return names(key, configuration);
    }

    private List<String> names(String key, ApplicationConfiguration settings) {
        Value<List<String>> names = settings.values(key);
        if (names instanceof Value.Unknown<List<String>> value) {
            unknown = unknown.or(() -> Optional.of("of " + key + ", " + value.reason()));
        }
        return names.known().orElse(new ArrayList<>());
    }
}
