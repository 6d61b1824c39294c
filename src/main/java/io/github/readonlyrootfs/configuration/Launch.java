// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.PropertySource.Variables;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment, system properties and arguments that a process starts with.
 *
 * @param environment the variables by name
 * @param systemProperties set with {@code -D} or by the JVM itself, such as {@code user.home}
 * @param arguments what follows the main class or jar
 * @param incomplete why something may be set that is not known, such as {@code an environment file may set it}; empty if
 *     everything is known
 * @param code what the application's own code sets beside that
 */
public record Launch(
        Map<String, Value<String>> environment,
        Map<String, Value<String>> systemProperties,
        List<Value.Known<String>> arguments,
        Optional<String> incomplete,
        Code code) {

    /**
     * What code sets before the framework reads its settings.
     *
     * @param defaults below all other settings
     * @param overrides over all other settings
     * @param profiles that are active in any case
     * @param defaultProfiles active if nothing else names one
     */
    public record Code(
            Map<String, Value<String>> defaults,
            Map<String, Value<String>> overrides,
            List<Value<String>> profiles,
            List<Value<String>> defaultProfiles) {

        public static final Code NONE = new Code(Map.of(), Map.of(), List.of(), List.of());

        public Code {
            defaults = Map.copyOf(defaults);
            overrides = Map.copyOf(overrides);
            profiles = List.copyOf(profiles);
            defaultProfiles = List.copyOf(defaultProfiles);
        }

        PropertySource weakest() {
            return source(defaults);
        }

        PropertySource strongest() {
            return source(overrides);
        }

        private static Named source(Map<String, Value<String>> settings) {
            Named named = new Named();
            settings.forEach((key, value) -> named.put(key, new Setting(key, value)));
            return named;
        }
    }

    /** A start of an application whose code sets nothing. */
    public Launch(
            Map<String, Value<String>> environment,
            Map<String, Value<String>> systemProperties,
            List<Value.Known<String>> arguments,
            Optional<String> incomplete) {
        this(environment, systemProperties, arguments, incomplete, Code.NONE);
    }

    public Launch {
        environment = Map.copyOf(environment);
        systemProperties = Map.copyOf(systemProperties);
        arguments = List.copyOf(arguments);
    }

    /** This launch with one more system property, unless its value is absent. */
    public Launch withProperty(String name, Value<String> value) {
        Map<String, Value<String>> properties = new HashMap<>(systemProperties);
        if (!value.isAbsent()) {
            properties.put(name, value);
        }
        return new Launch(environment, properties, arguments, incomplete, code);
    }

    /** An environment variable as far as it is set here. */
    public Value<String> variable(String name) {
        return environment.getOrDefault(name, Value.absent());
    }

    /** A system property as far as it is set here. */
    public Value<String> property(String name) {
        return systemProperties.getOrDefault(name, Value.absent());
    }

    PropertySource variables() {
        return new Variables(environment);
    }

    PropertySource properties() {
        return properties("", new Named());
    }

    /** The system properties, matched by their exact keys. */
    PropertySource exactProperties() {
        return exactProperties("");
    }

    /** The system properties with a prefix, which is removed from their keys. */
    PropertySource exactProperties(String prefix) {
        return properties(prefix, Named.exact());
    }

    private Named properties(String prefix, Named properties) {
        for (Map.Entry<String, Value<String>> property : systemProperties.entrySet()) {
            String key = property.getKey();
            if (key.startsWith(prefix) && !property.getValue().isAbsent()) {
                properties.put(key.substring(prefix.length()), new Setting("-D" + key, property.getValue()));
            }
        }
        return properties;
    }

    /** The arguments of the form {@code --key=value}. */
    PropertySource options() {
        Named options = new Named();
        for (Value.Known<String> argument : arguments) {
            String text = argument.value();
            if (text.startsWith("--")) {
                int equals = text.indexOf('=');
                String key = text.substring(2, equals < 0 ? text.length() : equals);
                String value = equals < 0 ? "" : text.substring(equals + 1);
                options.put(key, new Setting("--" + key, new Value.Known<>(value, argument.location())));
            }
        }
        return options;
    }
}
