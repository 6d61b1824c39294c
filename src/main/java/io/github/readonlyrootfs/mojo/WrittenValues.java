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

/** The user's values for the task definition's placeholders. */
final class WrittenValues {

    private static final String PARAMETER = "templateValues";

    private WrittenValues() {}

    /**
     * The values of the command line, of the pom, of a file and of Maven's properties, in this order. The command line
     * comes first, unlike elsewhere: a pipeline knows better than the pom what it is about to deploy.
     *
     * @param properties those that Maven's resource filtering uses
     */
    static TemplateValues of(
            Map<String, @Nullable String> elements,
            @Nullable String property,
            Optional<NamedFile> file,
            Function<String, Optional<String>> properties)
            throws ConfigurationException {
        Map<String, String> named = new LinkedHashMap<>(Pairs.of(PARAMETER, elements, null));
        named.putAll(Pairs.of(PARAMETER, Map.of(), property));
        return new TemplateValues(named, file.isPresent() ? ValuesFile.read(file.get()) : Map.of(), properties);
    }
}
