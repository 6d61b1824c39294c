// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which profiles Spring Boot activates: {@code spring.profiles.include}, {@code spring.profiles.active}, and what
 * {@code spring.profiles.group} adds to them.
 */
final class SpringProfiles {

    /** A group names groups; nobody has more profiles than this. */
    private static final int MAX_PROFILES = 200;

    private final ApplicationConfiguration configuration;
    private final Set<String> active = new LinkedHashSet<>();
    private Optional<String> unknown = Optional.empty();

    private SpringProfiles(ApplicationConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The profiles, by the settings that count whatever they are. */
    static Profiles of(ApplicationConfiguration configuration) {
        return new SpringProfiles(configuration).profiles();
    }

    private Profiles profiles() {
        List<String> included = names("spring.profiles.include");
        List<String> named = names("spring.profiles.active");
        if (unknown.isEmpty() && named.isEmpty() && configuration.incomplete().isPresent()) {
            unknown = Optional.of("nothing here sets spring.profiles.active, but "
                    + configuration.incomplete().get());
        }
        included.forEach(this::add);
        named.forEach(this::add);
        boolean chosen = !active.isEmpty();
        if (!chosen) {
            List<String> standard = names("spring.profiles.default");
            active.addAll(standard.isEmpty() ? List.of("default") : standard);
        }
        return unknown.map(Profiles::unknown)
                .orElseGet(() -> new Profiles(List.copyOf(active), chosen, Optional.empty()));
    }

    private void add(String profile) {
        if (active.size() < MAX_PROFILES && active.add(profile)) {
            names("spring.profiles.group." + profile).forEach(this::add);
        }
    }

    private List<String> names(String key) {
        Value<List<String>> names = configuration.values(key);
        if (names instanceof Value.Unknown<List<String>> value) {
            unknown = unknown.or(() -> Optional.of("of " + key + ", " + value.reason()));
        }
        return names.known().orElse(new ArrayList<>());
    }
}
