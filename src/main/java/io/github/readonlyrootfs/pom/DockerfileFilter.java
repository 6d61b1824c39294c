// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fabric8's plugin and JKube do to a Dockerfile before they build it: they put Maven's properties into it, and leave
 * what no property is called.
 *
 * @see <a href="https://fabric8io.github.io/docker-maven-plugin/#build-filtering">filtering</a>
 */
record DockerfileFilter(Pattern placeholder, Function<String, Optional<String>> properties)
        implements UnaryOperator<String> {

    private static final String NAME = "([\\w.-]{1,200})";
    private static final String DEFAULT = "${*}";

    /**
     * The filter of a build.
     *
     * @param written {@code ${*}}, {@code @}, another pair of delimiters around an asterisk, {@code none} or {@code false}
     */
    static UnaryOperator<String> of(Optional<String> written, Function<String, Optional<String>> properties) {
        String delimiters = written.orElse(DEFAULT);
        if (delimiters.equalsIgnoreCase("none") || delimiters.equalsIgnoreCase("false")) {
            return UnaryOperator.identity();
        }
        int asterisk = delimiters.indexOf('*');
        String start = asterisk < 0 ? delimiters : delimiters.substring(0, asterisk);
        String end = asterisk < 0 ? delimiters : delimiters.substring(asterisk + 1);
        return new DockerfileFilter(Pattern.compile(Pattern.quote(start) + NAME + Pattern.quote(end)), properties);
    }

    @Override
    public String apply(String text) {
        return placeholder.matcher(text).replaceAll(match -> {
            String name = Objects.requireNonNull(match.group(1));
            return Matcher.quoteReplacement(properties.apply(name).orElse(match.group()));
        });
    }
}
