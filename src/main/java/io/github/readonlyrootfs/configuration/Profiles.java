// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles, or environments, that an application runs with.
 *
 * @param active the active profiles; the files of the last one win
 * @param chosen whether something names them; if not, they are the framework's default
 * @param unknown why the active profiles are unknown; {@code active} is then empty
 */
public record Profiles(List<String> active, boolean chosen, Optional<String> unknown) {

    /** Names of profiles that run on developers' machines only. */
    private static final Set<String> NEVER_DEPLOYED = Set.of("local", "localhost", "test", "tests", "it");

    /** Names of profiles that may run in a container, but are not checked unless something activates them. */
    private static final Set<String> DEVELOPMENT = Set.of("dev", "develop", "development");

    public Profiles {
        active = List.copyOf(active);
    }

    static Profiles chosen(List<String> active) {
        return new Profiles(active, true, Optional.empty());
    }

    static Profiles standard(List<String> active) {
        return new Profiles(active, false, Optional.empty());
    }

    static Profiles unknown(String reason) {
        return new Profiles(List.of(), false, Optional.of(reason));
    }

    /**
     * The profiles where no key that is known names any.
     *
     * @param incomplete why something else may name some
     * @param standard those that are active when nothing does
     */
    static Profiles unnamed(String key, Optional<String> incomplete, List<String> standard) {
        return incomplete.isPresent() ? unknown(Setting.unset(key, incomplete.get())) : standard(standard);
    }

    /** Whether a profile that is not certainly active is worth a configuration of its own. */
    boolean mayCount(String profile) {
        return unknown.isPresent()
                ? mayBeDeployed(Set.of(profile))
                : !chosen && !active.contains(profile) && concernsOperation(Set.of(profile));
    }

    /**
     * The profiles that a key names.
     *
     * @param standard the active profiles if the key is not set
     */
    public static Profiles named(ApplicationConfiguration settings, String key, List<String> standard) {
        Value<List<String>> named = settings.values(key);
        if (named instanceof Value.Known<List<String>> known) {
            return chosen(known.value());
        }
        if (named instanceof Value.Unknown<List<String>> unknown) {
            return unknown("of " + key + ", " + unknown.reason());
        }
        return unnamed(key, settings.incomplete(), standard);
    }

    /**
     * Whether an expression holds. If the profiles are unknown, only the ones for developers' machines are certainly inactive.
     */
    public Truth match(ProfileExpression expression) {
        return unknown.isEmpty() || !mayBeDeployed(expression.names())
                ? Truth.of(expression.matches(Set.copyOf(active)))
                : Truth.UNKNOWN;
    }

    /** Whether an expression that does not hold may hold in a deployment that activates other profiles. */
    public boolean mayComeToHold(ProfileExpression expression) {
        return !chosen && concernsOperation(expression.names());
    }

    /** Whether a container may run with one of these profiles. */
    static boolean mayBeDeployed(Set<String> names) {
        return names.isEmpty() || !names.stream().map(Profiles::lower).allMatch(NEVER_DEPLOYED::contains);
    }

    /** Whether settings for these profiles are reported. */
    static boolean concernsOperation(Set<String> names) {
        return names.isEmpty()
                || !names.stream()
                        .map(Profiles::lower)
                        .allMatch(name -> NEVER_DEPLOYED.contains(name) || DEVELOPMENT.contains(name));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
