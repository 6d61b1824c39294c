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
 * A path that code constructs, evaluated in a container.
 *
 * @param text its known beginning
 * @param unknown why the rest is unknown; empty if all of it is known
 */
public record CodePath(String text, Optional<String> unknown) {

    static final String COMPUTED = "the code computes it";

    /** The most levels of settings that refer to other settings; deeper ones refer to themselves. */
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
            // Java concatenates null for an unset variable; that is never meant as a path.
            if (value.isAbsent()) {
                String name = part instanceof Part.Variable variable ? variable.name() : "it";
                return new CodePath(text.toString(), Optional.of("nothing sets " + name));
            }
            String known = value.known().orElseThrow();
            if (part instanceof Part.Variable variable
                    && variable.kind() == Part.Kind.KEY
                    && CamelEndpoint.hasKeys(known)) {
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
        if (part instanceof Part.Variable variable) {
            Value<String> value = switch (variable.kind()) {
                case SYSTEM_PROPERTY -> container.property(variable.name());
                case ENVIRONMENT_VARIABLE -> container.environment().get(variable.name());
                case KEY -> container.settings().configuration().value(variable.name());
            };
            return value.isAbsent() && variable.otherwise().isPresent()
                    ? new Value.Known<>(variable.otherwise().get(), location)
                    : value;
        }
        return new Value.Unknown<>(COMPUTED, location);
    }

    /** The directory that certainly contains the path if only its beginning is known; empty if that is unknown too. */
    public Optional<String> knownDirectory() {
        int slash = text.lastIndexOf('/');
        return slash < 0 || (slash == 0 && unknown.isPresent() && text.length() == 1)
                ? Optional.empty()
                : Optional.of(slash == 0 ? "/" : text.substring(0, slash));
    }
}
