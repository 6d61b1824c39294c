// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.need.catalogue.ConfigurationPaths.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that changes the path of a write, in the key {@code moved} of the write:
 *
 * <ul>
 *   <li>a text: a variable, see {@link Variable}, and the path that the software appends to its value: {@code $IGNITE_HOME/work}
 *   <li>the key {@code options}: the value of one of these options
 *   <li>{@code pattern}: the first group of a regular expression
 *   <li>{@code directive}: the first word after one of these directives of nginx; with {@code absolute}, only a path that
 *       begins with a slash
 *   <li>with either of the last two, {@code in}: the {@link Scope} that is searched, by default the main configuration files;
 *       {@code nowhere}: values, with asterisks, that mean no file at all
 * </ul>
 */
public sealed interface Mover {

    record Setting(Variable variable, String rest) implements Mover {}

    /** An option's value. */
    record Option(List<String> names) implements Mover {}

    /** The first group of a pattern in an argument. */
    record InArgument(Pattern pattern) implements Mover {}

    /** The first group of a pattern in a file. */
    record InFile(ConfigurationPaths files, Pattern pattern, List<Wildcard> nowhere) implements Mover {

        boolean isNowhere(String value) {
            return Wildcard.any(nowhere, value);
        }
    }

    /**
     * Reads a mover.
     *
     * @param files the configuration files of the entry's program
     * @param each the replacement of <code>{each}</code>
     */
    static Mover read(Json json, ConfigurationPaths files, String each) {
        Optional<String> setting = json.text();
        if (setting.isPresent()) {
            int slash = setting.get().indexOf('/');
            return slash < 0
                    ? new Setting(Variable.parse(setting.get()), "")
                    : new Setting(
                            Variable.parse(setting.get().substring(0, slash)),
                            setting.get().substring(slash + 1));
        }
        if (json.has("options")) {
            return new Option(json.strings("options"));
        }
        Scope scope = json.has("in") ? json.get("in").constant(Scope.class) : Scope.MAIN;
        String pattern = json.has("directive")
                ? directive(
                        String.join("|", json.strings("directive")).replace("{each}", each),
                        json.get("absolute").isTrue(),
                        scope)
                : json.get("pattern").string();
        return scope == Scope.ARGUMENTS
                ? new InArgument(Pattern.compile(pattern))
                : new InFile(
                        files.in(scope),
                        Pattern.compile(pattern, Pattern.MULTILINE),
                        Wildcard.exact(json.strings("nowhere")));
    }

    /** A directive of any of these names, in a file. */
    static Pattern directive(List<String> names) {
        return Pattern.compile(directive(String.join("|", names), false, Scope.MAIN), Pattern.MULTILINE);
    }

    /** A directive begins a line or follows another one, outside of comments; {@code -g} has no comments. */
    private static String directive(String names, boolean absolute, Scope scope) {
        String value = absolute ? "(/[^;\\s\"]+)" : "([^;\\s\"]+)";
        return scope == Scope.ARGUMENTS
                ? "(?:^|;)\\s*(?:" + names + ")\\s+" + value
                : "(?:^|[{};])[ \\t\\r]*+(?:" + names + ")(?<!#[^\\n]{0,200})\\s++\"?" + value;
    }
}
