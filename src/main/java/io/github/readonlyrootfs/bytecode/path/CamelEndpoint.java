// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.bytecode.path.PathText.Part;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an endpoint of Apache Camel's component {@code file}, as its documentation has it: {@code
 * file:directory?options}, with {@code {{key:default}}} for what the configuration says.
 */
public final class CamelEndpoint {

    private static final Pattern SCHEME = Pattern.compile("file:(?://)?");

    private static final Pattern KEY = Pattern.compile("\\{\\{\\??([\\w.-]+)(?::([^{}]*))?}}");

    private static final String OPEN = "{{";

    /** What computes the value of a placeholder, such as {@code {{sys:java.io.tmpdir}}}, but for those of the system. */
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

    /** A consumer that leaves the files where they are: without it, it moves them into a directory below. */
    private static final Pattern NOOP = Pattern.compile("[?&;]noop=true(?:&|$)");

    private CamelEndpoint() {}

    /**
     * The directory that an endpoint writes to: of a producer the files, of a consumer those that it is done with.
     *
     * @param uri as the code or a file of routes has it
     * @return empty where it is another component's, or writes nothing
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

    /** Whether a value of the configuration has placeholders of Camel's in it. */
    public static boolean hasKeys(String text) {
        return text.contains(OPEN);
    }

    /** What a placeholder stands for. */
    private static Part value(String key, Optional<String> rest) {
        if (rest.isPresent() && (key.equals("sys") || key.equals("env"))) {
            String[] name = rest.get().split(":", 2);
            Optional<String> otherwise = name.length > 1 ? Optional.of(name[1]) : Optional.empty();
            return key.equals("sys")
                    ? new Part.SystemProperty(name[0], otherwise)
                    : new Part.EnvironmentVariable(name[0], otherwise);
        }
        return rest.isPresent() && FUNCTIONS.contains(key) ? new Part.Unknown() : new Part.ConfigurationKey(key, rest);
    }

    /** A text with placeholders in it. */
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
