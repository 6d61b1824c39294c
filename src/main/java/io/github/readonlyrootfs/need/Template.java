package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.run.Place;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;

/**
 * Texts of the data files with variables of the container's environment in them, written as a shell has them:
 * {@code ${CATALINA_BASE:-/usr/local/tomcat}/temp}.
 *
 * @param home what {@code HOME} is where the environment does not say
 * @param location where what no variable brings in stands
 */
record Template(Environment environment, Value<ContainerPath> home, Location location) {

    /** The text with the variables' values in it; unknown where one of them is. */
    Value<String> expand(String text) {
        try {
            ShellNode node = ShellParser.parse(": \"" + text + "\"", List.of());
            Scope scope = new Scope(environment, home, Value.absent(), List.of());
            return new Expander(scope, Place.whole(location))
                    .value(((ShellNode.Simple) node).words().get(1));
        } catch (ShellSyntaxException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
