// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.need.catalogue.ConfigurationPaths.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may say that a path is another one, as {@code moved} of a write has it:
 *
 * <ul>
 *   <li>a text: a setting, see {@link Variable}, and what the software puts behind its value: {@code $IGNITE_HOME/work}
 *   <li>the key {@code options}: the value of one of these options
 *   <li>{@code pattern}: the first group of a regular expression
 *   <li>{@code directive}: the first word behind one of these directives of nginx; with {@code absolute}, only a path that
 *       begins with a slash
 *   <li>beside either, {@code in}: the {@link Scope} in which it is looked for, the program's own configuration files where
 *       nothing else is said; {@code nowhere}: values that stand for no file at all, with asterisks
 * </ul>
 */
public sealed interface Mover {

    /** A setting. */
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
     * Reads one.
     *
     * @param files what the entry calls its program's configuration
     * @param each what stands for <code>{each}</code>
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

    /** A directive begins a line or stands behind another one, and in no comment; {@code -g} has no comments. */
    private static String directive(String names, boolean absolute, Scope scope) {
        String value = absolute ? "(/[^;\\s\"]+)" : "([^;\\s\"]+)";
        return scope == Scope.ARGUMENTS
                ? "(?:^|;)\\s*(?:" + names + ")\\s+" + value
                : "(?:^|[{};])[ \\t\\r]*+(?:" + names + ")(?<!#[^\\n]{0,200})\\s++\"?" + value;
    }
}
