// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.CodePath;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.partial.Hole.Variable;
import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An endpoint of Apache Camel's file component, {@code file:directory?options}. A producer makes the directory with the first file; a
 * consumer makes it at start, where a refusal is only logged, and moves each file that it has read to a directory in it. Source: Camel
 * 4.8, FileEndpoint, GenericFileEndpoint and GenericFileProducer.
 */
final class CamelEndpoint {

    /** The library that has the component. */
    static final LibraryPattern LIBRARY =
            LibraryPattern.parse("org.apache.camel:camel-file | org.apache.camel:camel-core (,3)");

    private static final String SCHEME = "file:";

    /** A property placeholder with its default. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??(?:(env|sys):)?([^{}:]++)(?::([^{}]*+))?}}");

    private CamelEndpoint() {}

    /** The directory that an endpoint writes to; empty if it is of another component, or only reads. */
    static Optional<Text> directory(Text given, ContainerContext container) {
        Text uri = CodePath.text(
                CodePath.text(given, container).replaceAll(PLACEHOLDER, CamelEndpoint::variable), container);
        if (!uri.raw().startsWith(SCHEME)) {
            return uri.first().isPresent() && Text.isHole(uri.raw().charAt(0)) ? Optional.of(uri) : Optional.empty();
        }
        int options = uri.raw().indexOf('?');
        int end = options < 0 ? uri.raw().length() : options;
        // Of an expression, which each message may have another value of, nothing is known.
        int expression = uri.raw().substring(0, end).indexOf("${");
        int from = uri.raw().startsWith("//", SCHEME.length()) ? SCHEME.length() + 2 : SCHEME.length();
        Text directory = expression < 0
                ? uri.slice(from, end)
                : uri.slice(from, Math.max(from, expression)).plus(Text.UNKNOWN);
        return uri.raw().indexOf("noop=true", end) < 0 ? Optional.of(directory) : Optional.empty();
    }

    private static Text variable(MatchResult placeholder) {
        Kind kind = placeholder.group(1) == null
                ? Kind.KEY
                : placeholder.group(1).equals("env") ? Kind.ENVIRONMENT_VARIABLE : Kind.SYSTEM_PROPERTY;
        return Text.of(new Variable(kind, placeholder.group(2), Optional.ofNullable(placeholder.group(3))));
    }
}
