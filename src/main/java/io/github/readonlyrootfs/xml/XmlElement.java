// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.xml;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of an XML file.
 *
 * @param name as written, prefix included
 * @param attributes in the file's order
 * @param text all its text without that of its children, stripped
 * @param location of the text; of the start tag if there is no text
 */
public record XmlElement(
        String name,
        Map<String, Value.Known<String>> attributes,
        List<XmlElement> children,
        String text,
        Location location) {

    public Optional<Value.Known<String>> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    public Optional<String> attributeText(String attribute) {
        return attribute(attribute).map(Value.Known::value);
    }

    public boolean has(String attribute, String text) {
        return attributeText(attribute).filter(text::equals).isPresent();
    }

    /** The children with a name, ignoring case. */
    public Stream<XmlElement> children(String childName) {
        return children.stream().filter(child -> child.is(childName));
    }

    public Optional<Value.Known<String>> childText(String childName) {
        return children(childName)
                .map(child -> new Value.Known<>(child.text(), child.location()))
                .reduce((first, last) -> last);
    }

    /** The name without its prefix. */
    public String localName() {
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** Whether the element has this name, ignoring case. */
    public boolean is(String other) {
        return name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
