// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.start.SpringEnvironment;
import io.github.readonlyrootfs.partial.Hole;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Spring's environment in a test.
 *
 * @param active the active profiles; empty if unknown
 */
record KnownSpring(boolean isLazy, Optional<Set<String>> active, Map<String, Value<String>> properties)
        implements SpringEnvironment {

    /** An environment in which nothing is known. */
    static final KnownSpring NOTHING = new KnownSpring(false, Optional.empty(), Map.of());

    private static final Location SOMEWHERE = Location.of("settings");

    static KnownSpring with(Set<String> active, String key, String value) {
        return new KnownSpring(
                false,
                Optional.of(active),
                Map.of(
                        key,
                        value.equals("?")
                                ? new Value.Unknown<>("a deployment sets it", SOMEWHERE)
                                : new Value.Known<>(value, SOMEWHERE)));
    }

    @Override
    public boolean mayBeOld() {
        return true;
    }

    @Override
    public Truth hasProfile(List<String> expressions) {
        return Truth.of(
                active,
                profiles -> expressions.stream()
                        .anyMatch(text -> text.startsWith("!")
                                ? !profiles.contains(text.substring(1))
                                : profiles.contains(text)));
    }

    @Override
    public Value<String> property(String key) {
        return properties.getOrDefault(key, Value.absent());
    }

    @Override
    public Text settled(Text text) {
        return text.fill(hole -> hole instanceof Hole.Variable variable
                ? property(variable.name())
                        .known()
                        .or(() -> property(variable.name()).isAbsent() ? variable.otherwise() : Optional.empty())
                        .map(Text::of)
                        .orElse(Text.UNKNOWN)
                : Text.UNKNOWN);
    }
}
