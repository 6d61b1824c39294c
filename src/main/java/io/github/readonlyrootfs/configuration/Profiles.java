// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles, or environments, that an application runs with.
 *
 * @param active in the order of their files, of which the last one wins
 * @param chosen whether something names them; if not, they are the framework's default
 * @param unknown why it is not known which are active; then {@code active} says nothing
 */
public record Profiles(List<String> active, boolean chosen, Optional<String> unknown) {

    /** The names that people give to what runs on their own machines. */
    private static final Set<String> NEVER_DEPLOYED = Set.of("local", "localhost", "test", "tests", "it");

    /** The name of what may run in a container, but is not what a build has to vouch for unless it is chosen. */
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
     * The profiles that a key names.
     *
     * @param standard those that are active when nothing names any
     */
    public static Profiles named(ApplicationConfiguration settings, String key, List<String> standard) {
        Value<List<String>> named = settings.values(key);
        if (named instanceof Value.Known<List<String>> known) {
            return chosen(known.value());
        }
        if (named instanceof Value.Unknown<List<String>> unknown) {
            return unknown("of " + key + ", " + unknown.reason());
        }
        return settings.incomplete()
                .map(more -> unknown("nothing here sets " + key + ", but " + more))
                .orElseGet(() -> standard(standard));
    }

    /**
     * Whether an expression holds. If the profiles are unknown, it is certain only
     * that those are not active which belong on people's own machines.
     */
    public Truth match(ProfileExpression expression) {
        return unknown.isEmpty() || !mayBeDeployed(expression.names())
                ? Truth.of(expression.matches(Set.copyOf(active)))
                : Truth.UNKNOWN;
    }

    /** Whether an expression that does not hold would with profiles that a container may be given. */
    public boolean mayComeToHold(ProfileExpression expression) {
        return !chosen && concernsOperation(expression.names());
    }

    /** Whether something that is only for these profiles can have a say in a container. */
    static boolean mayBeDeployed(Set<String> names) {
        return names.isEmpty() || !names.stream().map(Profiles::lower).allMatch(NEVER_DEPLOYED::contains);
    }

    /** Whether something that is only for these profiles is worth telling of. */
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
