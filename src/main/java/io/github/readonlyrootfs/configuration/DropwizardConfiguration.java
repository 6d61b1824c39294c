// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.file.YamlProperties;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderResolver;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * A Dropwizard application's configuration: the YAML file that it is started with, under system properties that begin
 * with {@code dw.}. It is assumed that the application replaces <code>${VARIABLE:-default}</code> in the file.
 */
public final class DropwizardConfiguration {

    private DropwizardConfiguration() {}

    /**
     * The configuration of an application that is started with a file.
     *
     * @throws UnreadableSourceException when the file is not YAML
     */
    public static ApplicationConfiguration read(SourceFile file, Launch launch) throws UnreadableSourceException {
        PlaceholderResolver placeholders = new PlaceholderResolver(new EnvironmentVariables(launch));
        Named settings = Named.exact();
        List<YamlNode> documents = YamlReader.readAll(file);
        if (!documents.isEmpty()) {
            for (Property property : YamlProperties.of(documents.get(0))) {
                Value<String> value = placeholders.resolve(property.value()).at(property.location());
                settings.put(property.key(), new Setting(property.key(), value));
            }
        }
        return new ApplicationConfiguration(
                List.of(launch.exactProperties("dw."), settings),
                Optional.empty(),
                Profiles.standard(List.of()),
                List.of(),
                PlaceholderStyle.NONE);
    }

    /** Placeholders refer to environment variables only. */
    private record EnvironmentVariables(Launch launch) implements PlaceholderResolver.Dialect {

        @Override
        public String separator() {
            return ":-";
        }

        @Override
        public boolean escapes() {
            return true;
        }

        @Override
        public Value<String> lookup(String name) {
            return launch.variable(name).or(Setting.unset(name, launch.incomplete()));
        }

        @Override
        public Text undefined(String name) {
            return Text.unknown("nothing sets " + name);
        }
    }
}
