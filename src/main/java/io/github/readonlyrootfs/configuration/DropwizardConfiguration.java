// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.file.YamlProperties;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderResolver;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.yaml.InvalidYamlException;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * A Dropwizard application's configuration: the YAML file that it is started with, under system properties that begin
 * with {@code dw.}. <code>${VARIABLE:-default}</code> in it is taken to be put in, as applications have it which need
 * that.
 */
public final class DropwizardConfiguration {

    private DropwizardConfiguration() {}

    /**
     * Reads what an application that is started with a file sees.
     *
     * @throws InvalidYamlException when the file is not YAML
     */
    public static ApplicationConfiguration read(SourceFile file, Launch launch) throws InvalidYamlException {
        PlaceholderResolver placeholders = new PlaceholderResolver(new EnvironmentVariables(launch));
        Named settings = Named.exact();
        List<YamlNode> documents = YamlReader.readAll(file);
        if (!documents.isEmpty()) {
            for (Property property : YamlProperties.of(documents.get(0), it -> true)) {
                ResolvedText text = placeholders.resolve(property.value());
                Value<String> value = text.isKnown()
                        ? new Value.Known<>(text.text(), property.location())
                        : new Value.Unknown<>(text.unknown().orElseThrow(), property.location());
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

    /** The environment is all that placeholders refer to. */
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
            Value<String> variable = launch.environment().getOrDefault(name, Value.absent());
            return variable.isAbsent() && launch.incomplete().isPresent()
                    ? new Value.Unknown<>(
                            "nothing here sets " + name + ", but "
                                    + launch.incomplete().get(),
                            Location.of(name))
                    : variable;
        }

        @Override
        public ResolvedText undefined(String name) {
            return ResolvedText.unknown("nothing sets " + name);
        }
    }
}
