// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Hole;
import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an endpoint of Apache Camel's component {@code file}: {@code file:directory?options}, with {@code {{key:default}}} for
 * values of the configuration.
 */
public final class CamelEndpoint {

    /** Placeholders may have question marks; any other one begins the options. */
    private static final Pattern FILE = Pattern.compile("file:(?://)?((?:\\{\\{[^{}]*+}}|[^?])*+).*", Pattern.DOTALL);

    private static final Pattern KEY = Pattern.compile("\\{\\{\\??([\\w.-]+)(?::([^{}]*))?}}");

    private static final String OPEN = "{{";

    /** Functions in placeholders that compute a value, except {@code sys} and {@code env}. */
    private static final Set<String> FUNCTIONS = Set.of(
            "bean",
            "service",
            "service.name",
            "service.host",
            "service.port",
            "aws",
            "azure",
            "gcp",
            "hashicorp",
            "ibm",
            "cyberark",
            "secret",
            "secret-binary",
            "configmap",
            "configmap-binary");

    /** A consumer with this option leaves files in place; without it, it moves them into a subdirectory. */
    private static final Pattern NOOP = Pattern.compile("[?&;]noop=true(?:[&" + Text.HOLE + "]|$)");

    private CamelEndpoint() {}

    /**
     * The directory that an endpoint writes to: a producer writes files, and a consumer moves the ones it has read.
     *
     * @param uri in the code or a file of routes
     * @return empty if it belongs to another component, or writes nothing
     */
    public static Optional<Text> directory(Text uri, boolean consumer) {
        Matcher file = FILE.matcher(uri.raw());
        return file.matches() && !(consumer && NOOP.matcher(uri.raw()).find())
                ? Optional.of(withKeys(uri.slice(file.start(1), file.end(1))))
                : Optional.empty();
    }

    /** Whether a value of the configuration contains placeholders of Camel. */
    public static boolean hasKeys(String text) {
        return text.contains(OPEN);
    }

    /** The value of a placeholder. */
    private static Hole value(String key, Optional<String> rest) {
        if (rest.isPresent() && (key.equals("sys") || key.equals("env"))) {
            String[] name = rest.get().split(":", 2);
            Optional<String> otherwise = name.length > 1 ? Optional.of(name[1]) : Optional.empty();
            Kind kind = key.equals("sys") ? Kind.SYSTEM_PROPERTY : Kind.ENVIRONMENT_VARIABLE;
            return new Hole.Variable(kind, name[0], otherwise);
        }
        return rest.isPresent() && FUNCTIONS.contains(key)
                ? new Hole.Unknown("Camel computes it")
                : new Hole.Variable(Kind.KEY, key, rest);
    }

    /** Parses a text with placeholders; it is unknown if one of them is not understood. */
    public static Text withKeys(Text text) {
        Text path = text.replaceAll(KEY, key -> Text.of(value(key.group(1), Optional.ofNullable(key.group(2)))));
        return hasKeys(path.raw()) || path.raw().contains("${") ? Text.UNKNOWN : path;
    }
}
