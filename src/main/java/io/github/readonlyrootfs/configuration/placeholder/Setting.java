// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;

/**
 * A key as some place sets it.
 *
 * @param name the key or environment variable, as that place spells it
 * @param value as written there, or unknown; never absent
 */
public record Setting(String name, Value<String> value) {

    public Setting {
        if (value.isAbsent()) {
            throw new IllegalArgumentException("a setting has a value, known or not");
        }
    }

    public static Setting of(Property property) {
        return new Setting(property.key(), new Value.Known<>(property.value(), property.location()));
    }

    public Location location() {
        return value.where().orElseThrow();
    }
}
