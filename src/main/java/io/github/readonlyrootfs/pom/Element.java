// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An element of a plugin's configuration in the effective pom.
 *
 * @param text between its tags, without the blanks around it
 * @param tag where its start tag is; if Maven does not say, the next known place above it
 * @param place where its text is; if Maven does not say, the next known place above it
 */
public record Element(
        String name,
        String text,
        Map<String, String> attributes,
        List<Element> children,
        Location tag,
        Location place) {

    /** An undefined property as Maven leaves it in the effective pom. */
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}\\s]{1,200})\\}");

    /** The first child of that name, and its child of the next one. */
    Optional<Element> find(String... path) {
        Element found = this;
        for (String step : path) {
            List<Element> next = found.all(step);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            found = next.get(0);
        }
        return Optional.of(found);
    }

    /** The children of that name. */
    List<Element> all(String wanted) {
        List<Element> all = new ArrayList<>();
        for (Element child : children) {
            if (child.name.equals(wanted)) {
                all.add(child);
            }
        }
        return all;
    }

    /** The text of the element; absent if it is empty. */
    Value<String> value() {
        return value(text, place);
    }

    Value<String> value(String... path) {
        return find(path).map(Element::value).orElse(Value.absent());
    }

    /** The same of the element at a path below one that may be missing. */
    static Value<String> value(Optional<Element> start, String... path) {
        return start.map(element -> element.value(path)).orElse(Value.absent());
    }

    /** What the children of the element at a path below one that may be missing say, by their names. */
    static Map<String, Value<String>> entries(Optional<Element> start, String... path) {
        return start.flatMap(element -> element.find(path))
                .map(Element::entries)
                .orElse(Map.of());
    }

    /** Those of them that are known. */
    static Map<String, String> knownEntries(Optional<Element> start, String... path) {
        Map<String, String> known = new LinkedHashMap<>();
        entries(start, path).forEach((name, value) -> value.known().ifPresent(text -> known.put(name, text)));
        return known;
    }

    /** The value of a text from the effective pom. */
    static Value<String> value(String text, Location place) {
        Matcher property = PROPERTY.matcher(text);
        if (property.find()) {
            String name = property.group(1);
            return new Value.Unknown<>(
                    "property " + name + " is not defined", place, Optional.of(new Value.PomProperty(name)));
        }
        return text.isEmpty() ? Value.absent() : new Value.Known<>(text, place);
    }

    /** The texts of its children; without children, its own text split at commas, as Maven does. */
    List<Value<String>> items() {
        List<Value<String>> items = new ArrayList<>();
        if (children.isEmpty()) {
            for (String part : text.split(",", -1)) {
                items.add(value(part.strip(), place));
            }
        } else {
            children.forEach(child -> items.add(child.value()));
        }
        items.removeIf(Value::isAbsent);
        return items;
    }

    /** The texts of its children, by their names. */
    Map<String, Value<String>> entries() {
        Map<String, Value<String>> entries = new LinkedHashMap<>();
        children.forEach(child ->
                entries.put(child.name, child.text.isEmpty() ? new Value.Known<>("", child.place) : child.value()));
        return entries;
    }
}
