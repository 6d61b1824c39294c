// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Entry;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import io.github.readonlyrootfs.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Converts a Log4j 2 configuration in any of its four syntaxes into XML elements. Log4j 2 ignores the case of names; those of
 * attributes are in lower case here.
 */
final class PluginTree {

    /** In the strict syntax, an element whose attribute is the component's type; otherwise it is not a component. */
    private static final String STRICT_APPENDER = "appender";

    private PluginTree() {}

    /** @param strict whether an attribute, not the element's name, is the type of a component */
    static XmlElement of(XmlElement element, boolean strict) {
        Map<String, Value.Known<String>> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> attributes.put(name.toLowerCase(Locale.ROOT), value));
        List<XmlElement> children = new ArrayList<>();
        for (XmlElement child : element.children()) {
            if (child.children().isEmpty()
                    && child.attributes().isEmpty()
                    && !child.text().isEmpty()) {
                attributes.put(
                        child.name().toLowerCase(Locale.ROOT), new Value.Known<>(child.text(), child.location()));
            } else if (strict || !child.name().equalsIgnoreCase(STRICT_APPENDER)) {
                children.add(of(child, strict));
            }
        }
        if (!element.text().isEmpty()) {
            attributes.putIfAbsent("value", new Value.Known<>(element.text(), element.location()));
        }
        return strict
                ? of(element.name(), attributes, children, element.location())
                : component(element.name(), attributes, children, element.location());
    }

    /** Converts YAML or JSON: everything except mappings and lists is an attribute. */
    static XmlElement of(String name, YamlNode node) {
        Map<String, Value.Known<String>> attributes = new LinkedHashMap<>();
        List<XmlElement> children = new ArrayList<>();
        if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                String key = entry.key().value();
                if (entry.value() instanceof Scalar scalar) {
                    attributes.put(key.toLowerCase(Locale.ROOT), new Value.Known<>(scalar.value(), scalar.location()));
                } else if (entry.value() instanceof Sequence sequence) {
                    sequence.items().forEach(item -> children.add(of(key, item)));
                } else {
                    children.add(of(key, entry.value()));
                }
            }
        }
        return of(name, attributes, children, node.location());
    }

    /** Converts a properties file: the dots of the keys separate levels. */
    static XmlElement of(String name, List<Property> properties, Location location) {
        Map<String, Value.Known<String>> attributes = new LinkedHashMap<>();
        Map<String, List<Property>> below = new TreeMap<>();
        for (Property property : properties) {
            int dot = property.key().indexOf('.');
            if (dot < 0) {
                attributes.put(property.key().toLowerCase(Locale.ROOT), property.known());
            } else {
                below.computeIfAbsent(property.key().substring(0, dot), key -> new ArrayList<>())
                        .add(new Property(property.key().substring(dot + 1), property.value(), property.location()));
            }
        }
        List<XmlElement> children = new ArrayList<>();
        below.forEach((key, its) -> children.add(of(key, its, its.get(0).location())));
        return of(name, attributes, children, location);
    }

    private static XmlElement of(
            String name, Map<String, Value.Known<String>> attributes, List<XmlElement> children, Location location) {
        String type = Optional.ofNullable(attributes.get("type"))
                .map(Value.Known::value)
                .orElse(name);
        return component(type, attributes, children, location);
    }

    /** @param attributes by their names in lower case */
    static XmlElement component(
            String type, Map<String, Value.Known<String>> attributes, List<XmlElement> children, Location location) {
        return new XmlElement(type, attributes, List.copyOf(children), "", location);
    }
}
