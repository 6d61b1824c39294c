// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What somebody says of the placeholders of a task definition, and of the parameters of a template: what a deployment
 * will put in their place. Values may be secrets.
 */
public final class TemplateValues {

    public static final TemplateValues NONE = new TemplateValues(Map.of(), Map.of(), name -> Optional.empty());

    private final Map<String, String> named;
    private final Map<String, String> others;
    private final Function<String, Optional<String>> properties;

    /**
     * Each source gives way to those before it.
     *
     * @param named values that are meant for this very file: one that nothing in it asks for is a mistake
     * @param others values for callers that ask for them
     * @param properties what the build tool's own filtering puts in the place of {@code ${name}} and {@code @name@}
     */
    public TemplateValues(
            Map<String, String> named, Map<String, String> others, Function<String, Optional<String>> properties) {
        this.named = Map.copyOf(named);
        this.others = Map.copyOf(others);
        this.properties = properties;
    }

    /** The names of the values that are meant for this very file. */
    public Set<String> names() {
        return named.keySet();
    }

    /** The same for a file that need not ask for each of them. */
    public TemplateValues forAnyFile() {
        Map<String, String> all = new HashMap<>(others);
        all.putAll(named);
        return new TemplateValues(Map.of(), all, properties);
    }

    /** The value that somebody gave to a name. */
    Optional<String> of(String name) {
        String own = named.get(name);
        return Optional.ofNullable(own == null ? others.get(name) : own);
    }

    /** The value of a property of the build tool. */
    Optional<String> property(String name) {
        return properties.apply(name);
    }
}
