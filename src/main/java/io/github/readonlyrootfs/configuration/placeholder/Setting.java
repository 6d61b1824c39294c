// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * A setting as one source has it.
 *
 * @param name the key or environment variable as written in the source
 * @param value as written in the source, or unknown; never absent
 */
public record Setting(String name, Value<String> value) {

    public Setting {
        if (value.isAbsent()) {
            throw new IllegalArgumentException("a setting has a value, known or not");
        }
    }

    public static Setting of(Property property) {
        return new Setting(property.key(), property.known());
    }

    /**
     * What is known of a key that nothing here sets.
     *
     * @param incomplete why something else may set it; if nothing may, the value is absent
     */
    public static Value<String> unset(String name, Optional<String> incomplete) {
        return incomplete.isPresent()
                ? new Value.Unknown<>(unset(name, incomplete.get()), Location.of(name))
                : Value.absent();
    }

    /** Why the value of a key is unknown that nothing here sets, and something else may. */
    public static String unset(String name, String incomplete) {
        return "nothing here sets " + name + ", but " + incomplete;
    }

    public Location location() {
        return value.where().orElseThrow();
    }
}
