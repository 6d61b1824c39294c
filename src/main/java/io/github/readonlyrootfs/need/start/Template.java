// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.start;

import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.run.Field;
import io.github.readonlyrootfs.shell.run.QuotedText;
import io.github.readonlyrootfs.shell.run.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * Texts of the data files with variables of the container's environment in them, written as a shell has them:
 * {@code ${CATALINA_BASE:-/usr/local/tomcat}/temp}.
 *
 * @param program the program that is started, if it is named with its directory: {@code PROGRAM_HOME} is where it is
 *     installed, {@code /opt/tomcat} of {@code /opt/tomcat/bin/catalina.sh}
 * @param home what {@code HOME} is where the environment does not say
 * @param location where what no variable brings in stands
 */
public record Template(
        Environment environment, Optional<ContainerPath> program, Value<ContainerPath> home, Location location) {

    private static final String PROGRAM_HOME = "PROGRAM_HOME";

    /** The text with the variables' values in it; unknown where one of them is. */
    public Value<String> expand(String text) {
        try {
            Text atHome = home.known().map(path -> Text.of(path.toString())).orElse(Text.UNKNOWN);
            Field field = QuotedText.expand(text, name -> StartHost.variable(get(name)), atHome, location);
            Location where = field.location() == null ? location : field.location();
            return field.value()
                    .known()
                    .<Value<String>>map(known -> new Value.Known<>(known, where))
                    .orElseGet(() -> new Value.Unknown<>("part of its value is not known", where));
        } catch (ShellSyntaxException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private Value<String> get(String name) {
        return name.equals(PROGRAM_HOME)
                ? program.<Value<String>>map(
                                path -> new Value.Known<>(path.parent().parent().toString(), location))
                        .orElse(Value.absent())
                : environment.get(name);
    }
}
