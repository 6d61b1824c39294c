// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.Placeholders;
import io.github.readonlyrootfs.configuration.ResolvedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of a Logback configuration, and <code>${name:-default}</code>: a property defined in the file, a system
 * property, an environment variable, the default. A name that stands for nothing becomes {@code name_IS_UNDEFINED}
 * (measured with Logback 1.2.13, 1.3.15 and 1.5.18).
 */
final class LogbackProperties implements Placeholders.Dialect {

    private final LoggingEnvironment environment;
    private final Map<String, ResolvedText> defined = new HashMap<>();
    private Optional<String> others = Optional.empty();

    LogbackProperties(LoggingEnvironment environment) {
        this.environment = environment;
        // Logback's own.
        define("HOSTNAME", ResolvedText.unknown("the host's name is not known before it runs"));
        define("CONTEXT_NAME", ResolvedText.known("default"));
    }

    void define(String name, ResolvedText value) {
        defined.put(name, value);
    }

    /** Something may define names that cannot be determined, as half a sentence. */
    void defineOthers(String reason) {
        others = Optional.of(reason);
    }

    /** A text with what it refers to put in, as defined by now. */
    ResolvedText resolve(String text) {
        return new Placeholders(this).resolve(text);
    }

    @Override
    public String separator() {
        return ":-";
    }

    @Override
    public Optional<ResolvedText> resolved(String name) {
        return Optional.ofNullable(defined.get(name));
    }

    @Override
    public Value<String> lookup(String name) {
        Value<String> value = environment.propertyOrVariable(name);
        return value.isAbsent() && others.isPresent()
                ? new Value.Unknown<>("nothing here defines " + name + ", but " + others.get(), Location.of(name))
                : value;
    }

    @Override
    public ResolvedText undefined(String name) {
        return ResolvedText.known(name + "_IS_UNDEFINED");
    }
}
