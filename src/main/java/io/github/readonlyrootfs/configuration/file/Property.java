// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;

/**
 * One line of a configuration file.
 *
 * @param key as written; nested keys of YAML are joined with dots, elements of lists are {@code key[0]}
 * @param value as written, with placeholders
 * @param location of the value; of the key if the value is empty
 */
public record Property(String key, String value, Location location) {

    public Value.Known<String> known() {
        return new Value.Known<>(value, location);
    }
}
