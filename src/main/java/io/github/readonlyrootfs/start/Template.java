// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.expand.QuotedText;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * Expands texts of the data files with variables of the container's environment, in the syntax of shells:
 * {@code ${CATALINA_BASE:-/usr/local/tomcat}/temp}.
 *
 * @param program the program that starts, if it is named with its directory: of {@code /opt/tomcat/bin/catalina.sh},
 *     {@code PROGRAM_DIRECTORY} is {@code /opt/tomcat/bin} and {@code PROGRAM_HOME} {@code /opt/tomcat}
 * @param home the value of {@code HOME} if the environment does not set it
 * @param location of text that comes from no variable
 */
public record Template(
        Environment environment, Optional<ContainerPath> program, Value<ContainerPath> home, Location location) {

    private static final String PROGRAM_HOME = "PROGRAM_HOME";
    private static final String PROGRAM_DIRECTORY = "PROGRAM_DIRECTORY";

    /** The text with its variables expanded; unknown if one of them is. */
    public Value<String> expand(String text) {
        try {
            Text atHome = home.known().map(path -> Text.of(path.toString())).orElse(Text.UNKNOWN);
            Field field = QuotedText.expand(text, name -> StartHost.variable(name, get(name)), atHome, location);
            Location where = field.location() == null ? location : field.location();
            return field.value().at(where);
        } catch (ShellSyntaxException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Whether a variable exists in templates only. */
    public static boolean isComputed(String name) {
        return name.equals(PROGRAM_HOME) || name.equals(PROGRAM_DIRECTORY);
    }

    private Value<String> get(String name) {
        return switch (name) {
            case PROGRAM_DIRECTORY -> known(program.map(ContainerPath::parent));
            case PROGRAM_HOME -> known(program.map(path -> path.parent().parent()));
            default -> environment.get(name);
        };
    }

    private Value<String> known(Optional<ContainerPath> directory) {
        return directory
                .<Value<String>>map(path -> new Value.Known<>(path.toString(), location))
                .orElse(Value.absent());
    }
}
