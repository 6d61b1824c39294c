// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.NearestName;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * The names that the plugin's goals understand, all goals together since they share one configuration. Maven itself
 * ignores a misspelt property and at most warns about a misspelt element.
 */
final class KnownNames {

    static final String PREFIX = "readonly-rootfs.";

    /** Ends the names of parameters that exist for the command line only, because Maven cannot fill a map from there. */
    private static final String TWIN = "Property";

    private final Set<String> elements = new TreeSet<>();
    private final Set<String> properties = new TreeSet<>();

    KnownNames(MojoExecution execution) {
        for (MojoDescriptor goal :
                execution.getMojoDescriptor().getPluginDescriptor().getMojos()) {
            if (goal.getGoal().equals("help")) {
                // Its parameters say how to print; they configure nothing.
                continue;
            }
            for (Parameter parameter : goal.getParameters()) {
                if (parameter.isEditable()) {
                    add(parameter.getName(), parameter.getExpression());
                }
            }
        }
    }

    private void add(String name, @Nullable String expression) {
        if (!name.endsWith(TWIN)) {
            elements.add(name);
        }
        if (expression != null && expression.startsWith("${" + PREFIX)) {
            properties.add(expression.substring(2 + PREFIX.length(), expression.length() - 1));
        }
    }

    /**
     * Looks at everything the user wrote.
     *
     * @throws ConfigurationException at the first name that is not known, with the nearest one that is
     */
    void check(MavenBuild place, Properties userProperties) throws ConfigurationException {
        Optional<Xpp3Dom> configuration = place.configuration();
        if (configuration.isPresent()) {
            for (Xpp3Dom element : configuration.get().getChildren()) {
                String where = place.pomLocations()
                        .tag(element)
                        .map(location -> location + ": ")
                        .orElse("");
                checkElement(element.getName(), where);
            }
        }
        for (String name : new TreeSet<>(userProperties.stringPropertyNames())) {
            if (name.startsWith(PREFIX)) {
                checkProperty(name.substring(PREFIX.length()));
            }
        }
    }

    private void checkElement(String name, String where) throws ConfigurationException {
        if (elements.contains(name)) {
            return;
        }
        throw new ConfigurationException(
                where + "<" + name + "> is not a parameter of this plugin" + nearest("", name, elements));
    }

    private void checkProperty(String name) throws ConfigurationException {
        if (properties.contains(name)) {
            return;
        }
        String written = "-D" + PREFIX + name;
        if (elements.contains(name)) {
            throw new ConfigurationException(written + " has no effect: <" + name
                    + "> is for the plugin's <configuration> in the pom, it does not fit into a property");
        }
        throw new ConfigurationException(
                written + " is not a property of this plugin" + nearest("-D" + PREFIX, name, properties));
    }

    /** What to say of an element in an entry of a list, such as {@code <rulez>} in {@code <ignore>}. */
    static String unknownChild(String entry, String name, Collection<String> known) {
        return "<" + entry + "> has no <" + name + ">" + nearest("", name, known);
    }

    private static String nearest(String prefix, String name, Collection<String> known) {
        return NearestName.of(name, known)
                .map(near -> "; did you mean " + prefix + near + "?")
                .orElseGet(() -> "; there are " + String.join(", ", known));
    }
}
