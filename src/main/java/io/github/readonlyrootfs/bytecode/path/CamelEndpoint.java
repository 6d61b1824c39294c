// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.bytecode.path.PathText.Part;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an endpoint of Apache Camel's component {@code file}: {@code file:directory?options}, with {@code {{key:default}}} for
 * values of the configuration.
 */
public final class CamelEndpoint {

    private static final Pattern SCHEME = Pattern.compile("file:(?://)?");

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
    private static final Pattern NOOP = Pattern.compile("[?&;]noop=true(?:&|$)");

    private CamelEndpoint() {}

    /**
     * The directory that an endpoint writes to: a producer writes files, and a consumer moves the ones it has read.
     *
     * @param uri in the code or a file of routes
     * @return empty if it belongs to another component, or writes nothing
     */
    public static Optional<PathText> directory(PathText uri, boolean consumer) {
        if (!uri.begins("file:") || (consumer && isNoop(uri))) {
            return Optional.empty();
        }
        PathText directory = PathText.literal("");
        for (Part part : uri.parts()) {
            if (!(part instanceof Part.Literal literal)) {
                directory = directory.concat(PathText.of(part));
                continue;
            }
            String text = literal.text();
            if (part == uri.parts().get(0)) {
                text = SCHEME.matcher(text).replaceFirst("");
            }
            int options = text.indexOf('?', text.lastIndexOf("}}") + 1);
            directory = directory.concat(withKeys(options < 0 ? text : text.substring(0, options)));
            if (options >= 0) {
                break;
            }
        }
        return Optional.of(directory);
    }

    private static boolean isNoop(PathText uri) {
        return uri.parts().stream()
                .anyMatch(part -> part instanceof Part.Literal literal
                        && NOOP.matcher(literal.text()).find());
    }

    /** Whether a value of the configuration contains placeholders of Camel. */
    public static boolean hasKeys(String text) {
        return text.contains(OPEN);
    }

    /** The value of a placeholder. */
    private static Part value(String key, Optional<String> rest) {
        if (rest.isPresent() && (key.equals("sys") || key.equals("env"))) {
            String[] name = rest.get().split(":", 2);
            Optional<String> otherwise = name.length > 1 ? Optional.of(name[1]) : Optional.empty();
            Part.Kind kind = key.equals("sys") ? Part.Kind.SYSTEM_PROPERTY : Part.Kind.ENVIRONMENT_VARIABLE;
            return new Part.Variable(kind, name[0], otherwise);
        }
        return rest.isPresent() && FUNCTIONS.contains(key)
                ? new Part.Unknown()
                : new Part.Variable(Part.Kind.KEY, key, rest);
    }

    /** Parses a text with placeholders. */
    public static PathText withKeys(String text) {
        PathText path = PathText.literal("");
        Matcher key = KEY.matcher(text);
        int from = 0;
        while (key.find()) {
            path = path.concat(PathText.literal(text.substring(from, key.start())))
                    .concat(PathText.of(value(key.group(1), Optional.ofNullable(key.group(2)))));
            from = key.end();
        }
        String rest = text.substring(from);
        return path.concat(rest.contains(OPEN) || rest.contains("${") ? PathText.UNKNOWN : PathText.literal(rest));
    }
}
