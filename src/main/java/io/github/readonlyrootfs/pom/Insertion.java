// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a setting goes in a pom.
 *
 * @param parent the name of the deepest element on the way to it that is there
 * @param place where that element is
 * @param missing the names of those between it and the setting's text, from the outside to the inside
 */
public record Insertion(String parent, Location place, List<String> missing) {

    /** The name of the element that all of a plugin is in. */
    public static final String PLUGIN = "plugin";

    /**
     * The place of a setting.
     *
     * @param path the names of the elements that it is in, below {@code configuration}
     */
    static Insertion of(BuildPlugin plugin, Optional<Element> configuration, String... path) {
        return configuration.map(element -> below(element, path)).orElseGet(() -> {
            List<String> missing = new ArrayList<>(List.of("configuration"));
            missing.addAll(List.of(path));
            return new Insertion(PLUGIN, plugin.location(), missing);
        });
    }

    static Insertion below(Element start, String... path) {
        Element at = start;
        for (int i = 0; i < path.length - 1; i++) {
            Optional<Element> next = at.find(path[i]);
            if (next.isEmpty()) {
                return new Insertion(at.name(), at.tag(), List.of(path).subList(i, path.length));
            }
            at = next.get();
        }
        return new Insertion(at.name(), at.tag(), List.of(path[path.length - 1]));
    }

    /**
     * The text to put into {@link #parent()}.
     *
     * @param values the contents of the innermost element, one element for each
     */
    public String xml(List<String> values) {
        int last = missing.size() - 1;
        StringBuilder xml = new StringBuilder();
        values.forEach(value -> xml.append(element(missing.get(last), value)));
        for (int i = last - 1; i >= 0; i--) {
            String inner = xml.toString();
            xml.setLength(0);
            xml.append(element(missing.get(i), inner));
        }
        return xml.toString();
    }

    private static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }
}
