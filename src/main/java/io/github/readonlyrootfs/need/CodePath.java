// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.path.CamelEndpoint;
import io.github.readonlyrootfs.bytecode.path.PathText;
import io.github.readonlyrootfs.bytecode.path.PathText.Part;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * A path as code puts it together, evaluated in a container.
 *
 * @param text what is known of its beginning
 * @param unknown why the rest is not known; empty where all of it is
 */
public record CodePath(String text, Optional<String> unknown) {

    /** Before the path of a Spring resource, and of a URI. */
    static final String COMPUTED = "the code computes it";

    /** Values of the configuration name others; deeper than that, they name themselves. */
    private static final int MAX_DEPTH = 10;

    /**
     * Evaluates a path.
     *
     * @param location the call's
     */
    public static CodePath of(PathText path, ContainerContext container, Location location) {
        CodePath evaluated = evaluated(path, container, location, MAX_DEPTH);
        return new CodePath(ContainerFiles.path(evaluated.text), evaluated.unknown);
    }

    private static CodePath evaluated(PathText path, ContainerContext container, Location location, int depth) {
        StringBuilder text = new StringBuilder();
        for (Part part : path.parts()) {
            Value<String> value = value(part, container, location);
            if (value instanceof Value.Unknown<String> unknown) {
                return new CodePath(text.toString(), Optional.of(unknown.reason()));
            }
            // A variable that is not set is null, which Java prints as such; that is never meant as a path.
            if (value.isAbsent()) {
                return new CodePath(text.toString(), Optional.of("nothing sets " + name(part)));
            }
            String known = value.known().orElseThrow();
            if (part instanceof Part.ConfigurationKey && CamelEndpoint.hasKeys(known)) {
                CodePath named = depth == 0
                        ? new CodePath("", Optional.of(COMPUTED))
                        : evaluated(CamelEndpoint.withKeys(known), container, location, depth - 1);
                if (named.unknown.isPresent()) {
                    return new CodePath(text + named.text, named.unknown);
                }
                known = named.text;
            }
            text.append(known);
        }
        return new CodePath(text.toString(), Optional.empty());
    }

    private static Value<String> value(Part part, ContainerContext container, Location location) {
        if (part instanceof Part.Literal literal) {
            return new Value.Known<>(literal.text(), location);
        }
        if (part instanceof Part.SystemProperty property) {
            return orElse(container.property(property.name()), property.otherwise(), location);
        }
        if (part instanceof Part.EnvironmentVariable variable) {
            return orElse(container.environment().get(variable.name()), variable.otherwise(), location);
        }
        if (part instanceof Part.ConfigurationKey key) {
            return orElse(container.settings().configuration().value(key.key()), key.otherwise(), location);
        }
        return new Value.Unknown<>(COMPUTED, location);
    }

    private static Value<String> orElse(Value<String> value, Optional<String> otherwise, Location location) {
        return value.isAbsent() && otherwise.isPresent() ? new Value.Known<>(otherwise.get(), location) : value;
    }

    private static String name(Part part) {
        return part instanceof Part.EnvironmentVariable variable
                ? variable.name()
                : part instanceof Part.SystemProperty property
                        ? property.name()
                        : part instanceof Part.ConfigurationKey key ? key.key() : "it";
    }

    /** The directory that certainly holds it, where only the beginning is known; empty where not even that is. */
    public Optional<String> knownDirectory() {
        int slash = text.lastIndexOf('/');
        return slash < 0 || (slash == 0 && unknown.isPresent() && text.length() == 1)
                ? Optional.empty()
                : Optional.of(slash == 0 ? "/" : text.substring(0, slash));
    }
}
