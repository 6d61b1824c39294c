// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.file.YamlProperties;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/** The settings in {@code SPRING_APPLICATION_JSON}; the location of all is that of the variable or option. */
final class ApplicationJson {

    private static final String KEY = "spring.application.json";

    private ApplicationJson() {}

    /** The settings in the first source that has the key; none if its value is unknown or not JSON. */
    static Named of(List<PropertySource> sources) {
        Named settings = new Named();
        for (PropertySource source : sources) {
            Optional<Setting> json = source.find(KEY);
            if (json.isPresent()) {
                if (json.get().value() instanceof Value.Known<String> known) {
                    read(known, settings);
                }
                return settings;
            }
        }
        return settings;
    }

    /** Why these settings are unknown. */
    static Optional<String> gap(List<PropertySource> sources) {
        for (PropertySource source : sources) {
            Optional<Setting> json = source.find(KEY);
            if (json.isPresent()) {
                return json.get().value().isUnknown()
                        ? Optional.of("the content of " + json.get().name() + " may set it")
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static void read(Value.Known<String> json, Named settings) {
        Location location = json.location();
        try {
            // JSON is YAML.
            YamlReader.readAll(SourceFile.of(location.file(), json.value())).stream()
                    .flatMap(document -> YamlProperties.of(document).stream())
                    .forEach(property -> settings.put(
                            property.key(),
                            new Setting(property.key(), new Value.Known<>(property.value(), location))));
        } catch (UnreadableSourceException e) {
            // Spring Boot does not start with it.
            return;
        }
    }
}
