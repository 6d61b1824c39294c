// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.PathText.Part;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an endpoint of Apache Camel's component {@code file}, as its documentation has it: {@code
 * file:directory?options}, with {@code {{key:default}}} for what the configuration says.
 */
public final class CamelEndpoint {

    private static final Pattern SCHEME = Pattern.compile("file:(?://)?");

    private static final Pattern KEY = Pattern.compile("\\{\\{\\??([\\w.-]+)(?::([^{}]*))?}}");

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

    private static PathText withKeys(String text) {
        PathText path = PathText.literal("");
        Matcher key = KEY.matcher(text);
        int from = 0;
        while (key.find()) {
            path = path.concat(PathText.literal(text.substring(from, key.start())))
                    .concat(PathText.of(new Part.ConfigurationKey(key.group(1), Optional.ofNullable(key.group(2)))));
            from = key.end();
        }
        String rest = text.substring(from);
        return path.concat(rest.contains("{{") || rest.contains("${") ? PathText.UNKNOWN : PathText.literal(rest));
    }
}
