// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.ValuesFile;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names with values, from elements in the pom or from {@code A=1,B=2} on the command line. */
final class Pairs {

    private Pairs() {}

    /**
     * What both say. The pom's word is final, as with every parameter of Maven.
     *
     * @param elements a name without text has no value
     */
    static Map<String, String> of(String parameter, Map<String, @Nullable String> elements, @Nullable String property)
            throws ConfigurationException {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (property != null) {
            String[] written = property.split(",", -1);
            for (int i = 0; i < written.length; i++) {
                String pair = written[i];
                int equals = pair.indexOf('=');
                if (equals < 1 && !pair.isBlank()) {
                    // It may be the rest of a value with a comma in it, and that a secret.
                    throw new ConfigurationException("-Dreadonly-rootfs." + parameter + ": entry " + (i + 1)
                            + " is not NAME=VALUE; write NAME=VALUE,NAME=VALUE, without commas in values");
                }
                if (equals > 0) {
                    pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
                }
            }
        }
        for (Map.Entry<String, @Nullable String> element : elements.entrySet()) {
            String value = element.getValue();
            pairs.put(element.getKey(), value == null ? "" : value);
        }
        return pairs;
    }

    /**
     * The user's values for the task definition's placeholders: those of the command line, of the pom, of a file and of Maven's properties, in this order. The command line
     * comes first, unlike elsewhere: a pipeline knows better than the pom what it is about to deploy.
     *
     * @param properties those that Maven's resource filtering uses
     */
    static TemplateValues templateValues(
            Map<String, @Nullable String> elements,
            @Nullable String property,
            Optional<NamedFile> file,
            Function<String, Optional<String>> properties)
            throws ConfigurationException {
        Map<String, String> named = new LinkedHashMap<>(of("templateValues", elements, null));
        named.putAll(of("templateValues", Map.of(), property));
        return new TemplateValues(named, file.isPresent() ? ValuesFile.read(file.get()) : Map.of(), properties);
    }
}
