// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.placeholder.PlaceholderResolver;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lookups such as <code>${sys:name:-default}</code> in a Log4j 2 configuration. A lookup without value and default stays as written
 * (measured with 2.24.3).
 */
final class Log4j2Lookups implements PlaceholderResolver.Dialect {

    private final LoggingEnvironment environment;
    private final Map<String, Value<String>> properties = new HashMap<>();

    Log4j2Lookups(LoggingEnvironment environment) {
        this.environment = environment;
    }

    void define(String name, Value<String> value) {
        properties.put(name, value);
    }

    /** A text with its lookups replaced, including those that a second dollar sign defers. */
    Text resolve(Value.Known<String> text) {
        return new PlaceholderResolver(this).resolve(text.value().replace("$${", "${"));
    }

    @Override
    public String separator() {
        return ":-";
    }

    @Override
    public Value<String> lookup(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return properties.getOrDefault(name, builtIn(name));
        }
        String key = name.substring(colon + 1);
        return switch (name.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "sys" -> environment.systemProperty(key);
            case "env" -> environment.variable(key);
            case "spring" -> springSetting(key);
            default -> unknown(name);
        };
    }

    private static Value<String> builtIn(String name) {
        return name.equals("hostName") || name.equals("contextName") ? unknown(name) : Value.absent();
    }

    private static Value<String> unknown(String name) {
        return new Value.Unknown<>("only the running application knows " + name, Location.of(name));
    }

    private Value<String> springSetting(String key) {
        if (environment.spring().isEmpty()) {
            return unknown("spring:" + key);
        }
        Optional<Setting> setting = environment.spring().get().find(key);
        return setting.isPresent() ? environment.spring().get().value(key) : Value.absent();
    }

    @Override
    public Optional<Text> resolved(String name) {
        return name.regionMatches(true, 0, "date:", 0, "date:".length()) ? Optional.of(Text.VARYING) : Optional.empty();
    }

    @Override
    public Text undefined(String name) {
        return Text.of("${" + name + "}");
    }
}
