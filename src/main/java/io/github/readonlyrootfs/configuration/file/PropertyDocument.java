// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A document of a configuration file: the whole file, or a part between separators.
 *
 * @param properties in the file's order; the last one of a key wins
 */
public record PropertyDocument(List<Property> properties) {

    public PropertyDocument {
        properties = List.copyOf(properties);
    }

    /** The value of a key; elements of a list are joined with commas, which Spring Boot accepts too. */
    public Optional<String> text(String key) {
        String wanted = KeyName.canonical(key);
        String single = null;
        List<String> elements = new ArrayList<>();
        for (Property property : properties) {
            String name = KeyName.canonical(property.key());
            if (name.equals(wanted)) {
                single = property.value();
            } else if (name.startsWith(wanted) && name.equals(wanted + "[" + elements.size() + "]")) {
                elements.add(property.value());
            }
        }
        return elements.isEmpty() ? Optional.ofNullable(single) : Optional.of(String.join(",", elements));
    }
}
