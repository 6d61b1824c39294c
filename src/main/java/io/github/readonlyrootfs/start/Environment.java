// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a container's program: the image's ENV under the task definition's {@code environment},
 * {@code secrets} and {@code environmentFiles}. Their values may be secret: only a path found in one may be printed.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html">which of them
 *     wins: {@code environment} over a file, a file over the image</a>
 */
public final class Environment {

    /** The engine sets it, unless the project does, to a value that is unknown before the container runs. */
    private static final String HOST_NAME = "HOSTNAME";

    private Map<String, Value<String>> variables;
    /** The unknown ones that are not empty: secrets, and those that a deployment fills in. A secret has at least one character. */
    private final Set<String> filled;
    /** The source of further variables, such as an environment file; absent if there is none. */
    private final Value<String> others;
    /** Whether that source is the image, whose variables are unknown. */
    private final boolean imageMaySetOthers;
    /** What a shell exports besides, and the command that gets it; null once it is among the variables. */
    private Shell.@Nullable Exported exported;

    private Location command = Location.of("");

    private Environment(
            Map<String, Value<String>> variables, Set<String> filled, Value<String> others, boolean imageMaySetOthers) {
        this.variables = variables;
        this.filled = filled;
        this.others = others;
        this.imageMaySetOthers = imageMaySetOthers;
    }

    public static Environment of(ContainerDefinition container, Image image) {
        Map<String, Value<String>> variables = new HashMap<>();
        Set<String> filled = new HashSet<>();
        Value<String> others = Value.absent();
        Location name = container.metadata().nameLocation();
        boolean imageMaySetOthers = !image.config().complete();
        if (imageMaySetOthers) {
            others = new Value.Known<>("base image " + image.base(), name);
        }
        variables.put(HOST_NAME, new Value.Unknown<>("only the running container knows it", name));
        variables.putAll(image.config().environment());
        if (!container.environment().files().isEmpty()) {
            imageMaySetOthers = false;
            others = new Value.Known<>(
                    "an environment file", container.environment().files().get(0));
        }
        for (KeyValue entry : container.environment().variables()) {
            if (isName(entry.key())) {
                variables.put(entry.key(), entry.value());
                if (entry.value() instanceof Value.Unknown<String> unknown
                        && unknown.placeholder().isPresent()) {
                    filled.add(entry.key());
                }
            } else {
                imageMaySetOthers = false;
                others = new Value.Known<>("a placeholder in environment", entry.location());
            }
        }
        for (Located<String> secret : container.environment().secrets()) {
            if (isName(secret.value())) {
                variables.put(secret.value(), new Value.Unknown<>("it is a secret", secret.location()));
                filled.add(secret.value());
            } else {
                imageMaySetOthers = false;
                others = new Value.Known<>("a placeholder in secrets", secret.location());
            }
        }
        return new Environment(variables, filled, others, imageMaySetOthers);
    }

    /** Whether a key is a variable's name; a placeholder stands for entries with other names. */
    private static boolean isName(String key) {
        return key.matches("[\\w.\\-]+");
    }

    /** Whether a variable is unknown but not empty. */
    boolean isFilled(String name) {
        return filled.contains(name) && getNamed(name).isUnknown();
    }

    /** A variable's value. */
    public Value<String> get(String name) {
        Value<String> named = getNamed(name);
        return named.isAbsent() && others instanceof Value.Known<String> setter
                ? new Value.Unknown<>(setter.value() + " may set it", setter.location())
                : named;
    }

    /** A variable's value if there are no further variables. */
    Value<String> getNamed(String name) {
        return variables().getOrDefault(name, Value.absent());
    }

    /** The source that may set a variable which no file names, such as {@code an environment file}. */
    public Optional<String> unseenSetter(String name) {
        return variables().containsKey(name) ? Optional.empty() : others.known();
    }

    /** Why there may be further variables, such as {@code an environment file may set it}. */
    public Optional<String> incomplete() {
        return others.known().map(setter -> setter + " may set it");
    }

    /** The variables that files name, by name. */
    public Map<String, Value<String>> named() {
        return new TreeMap<>(variables());
    }

    /** This environment under the assumption that the image sets no further variables. */
    public Environment withKnownImage() {
        return imageMaySetOthers ? new Environment(variables(), filled, Value.absent(), false) : this;
    }

    /** This environment under the assumption that there are no further variables. */
    public Environment withoutOthers() {
        return new Environment(variables(), filled, Value.absent(), false);
    }

    /** This environment with what a shell exports to a command; few commands are asked for it. */
    Environment with(Shell.Exported set, Location command) {
        Environment environment = new Environment(variables(), filled, others, imageMaySetOthers);
        environment.exported = set;
        environment.command = command;
        return environment;
    }

    private Map<String, Value<String>> variables() {
        if (exported != null) {
            Map<String, Value<String>> all = new HashMap<>(variables);
            exported.forEach((name, variable) -> all.put(name, value(variable)));
            variables = all;
            exported = null;
        }
        return variables;
    }

    private Value<String> value(ShellVariable variable) {
        Location where = variable.location() == null ? command : variable.location();
        if (variable.value().isEmpty()) {
            return Value.absent();
        }
        Text value = variable.value().get();
        return value.isKnown()
                ? new Value.Known<>(value.raw(), where)
                : new Value.Unknown<>("part of its value is not known", where);
    }
}
