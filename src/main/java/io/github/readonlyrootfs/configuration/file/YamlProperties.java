// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Entry;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import io.github.readonlyrootfs.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Turns a YAML document into properties, as Spring Boot, Quarkus, Micronaut and Helidon do. */
public final class YamlProperties {

    /** Longer than any real key; the key of a mapping is repeated in the key of each of its properties. */
    private static final int MAX_KEY = 1000;

    private final boolean dotted;
    private final Predicate<Property> accepts;
    private final List<Property> properties = new ArrayList<>();
    private boolean open = true;

    private YamlProperties(boolean dotted, Predicate<Property> accepts) {
        this.dotted = dotted;
        this.accepts = accepts;
    }

    public static List<Property> of(YamlNode document) {
        return of(document, true, property -> true);
    }

    /** @param dotted whether a key with dots stands for nested keys; if not, it is skipped */
    public static List<Property> of(YamlNode document, boolean dotted, Predicate<Property> accepts) {
        YamlProperties flat = new YamlProperties(dotted, accepts);
        flat.add("", document);
        return flat.properties;
    }

    private void add(String key, YamlNode node) {
        if (!open || key.length() > MAX_KEY) {
            return;
        }
        if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                String name = entry.key().value();
                if (!dotted && name.contains(".")) {
                    continue;
                }
                add(key.isEmpty() ? name : name.startsWith("[") ? key + name : key + "." + name, entry.value());
            }
        } else if (node instanceof Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                add(key + "[" + i + "]", sequence.items().get(i));
            }
        } else if (!key.isEmpty()) {
            Scalar scalar = (Scalar) node;
            Property property = new Property(key, isNull(scalar) ? "" : scalar.value(), scalar.location());
            properties.add(property);
            open = accepts.test(property);
        }
    }

    private static boolean isNull(Scalar scalar) {
        return scalar.plain() && (scalar.value().equals("~") || scalar.value().equals("null"));
    }
}
