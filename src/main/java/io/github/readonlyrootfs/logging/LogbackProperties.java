// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.placeholder.PlaceholderResolver;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of a Logback configuration, and <code>${name:-default}</code>: a property defined in the file, a system
 * property, an environment variable, the default. A name without a value becomes {@code name_IS_UNDEFINED}
 * (measured with Logback 1.2.13, 1.3.15 and 1.5.18).
 */
final class LogbackProperties implements PlaceholderResolver.Dialect {

    private final LoggingEnvironment environment;
    private final Map<String, Text> defined = new HashMap<>();
    private final Map<String, Value<String>> unresolved = new HashMap<>();
    private final Map<String, Map<String, Text>> assumed = new LinkedHashMap<>();
    private Optional<String> others = Optional.empty();
    private Optional<String> condition = Optional.empty();

    LogbackProperties(LoggingEnvironment environment) {
        this.environment = environment;
        // Logback defines these.
        define("HOSTNAME", Text.unknown("the host name is unknown before the container runs"));
        define("CONTEXT_NAME", Text.of("default"));
    }

    void define(String name, Text value) {
        defined.put(name, value);
    }

    /** Defines a name as a text whose placeholders are replaced when the name is used. */
    void defineUnresolved(String name, Value.Known<String> text) {
        defined.remove(name);
        unresolved.put(name, text);
    }

    /** Defines a name under a condition that does not hold. */
    void assume(String under, String name, Text value) {
        assumed.computeIfAbsent(under, key -> new HashMap<>()).put(name, value);
    }

    /** The conditions under which names are defined but which do not hold. */
    List<String> assumptions() {
        return List.copyOf(assumed.keySet());
    }

    /** Notes that unknown names may be defined; the reason is half a sentence. */
    void defineOthers(String reason) {
        others = Optional.of(reason);
    }

    /** A text with its placeholders replaced, as far as they are defined now. */
    Text resolve(String text, LogbackReader.Scope scope) {
        return resolve(text, scope.condition());
    }

    /** A text with its placeholders replaced under a condition. */
    Text resolve(String text, Optional<String> under) {
        condition = under;
        return new PlaceholderResolver(this).resolve(text);
    }

    /** The value of a property; absent if it is undefined. */
    Value<String> value(String name) {
        condition = Optional.empty();
        Optional<Text> own = resolved(name);
        if (own.isEmpty()) {
            return lookup(name);
        }
        return own.get().at(Location.of(name));
    }

    @Override
    public String separator() {
        return ":-";
    }

    @Override
    public Optional<Text> resolved(String name) {
        Optional<Text> own = Optional.ofNullable(defined.get(name));
        for (Map.Entry<String, Map<String, Text>> each : assumed.entrySet()) {
            boolean holds = condition
                    .filter(it -> (it + LogbackReader.AND).startsWith(each.getKey() + LogbackReader.AND))
                    .isPresent();
            if (holds && each.getValue().containsKey(name)) {
                own = Optional.of(each.getValue().get(name));
            }
        }
        return own;
    }

    @Override
    public Value<String> lookup(String name) {
        if (unresolved.containsKey(name)) {
            return unresolved.get(name);
        }
        Value<String> value = environment.propertyOrVariable(name);
        return value.isAbsent() && others.isPresent()
                ? new Value.Unknown<>("nothing here defines " + name + ", but " + others.get(), Location.of(name))
                : value;
    }

    @Override
    public Text undefined(String name) {
        return Text.of(name + "_IS_UNDEFINED");
    }
}
