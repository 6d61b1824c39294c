// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The version of Java that a project is compiled for, where Jib looks for it. */
final class JavaTarget {

    private static final Pattern VERSION = Pattern.compile("(?:1\\.)?(\\d{1,3})(?:\\.\\d+)*");

    /** The compiler plugin's own default of old, which Jib assumes where nothing is said. */
    private static final int DEFAULT = 6;

    private JavaTarget() {}

    /** The version; empty if the text is not a version. */
    static Optional<Integer> of(PomBuild build) {
        Optional<Element> compiler = build.plugin("org.apache.maven.plugins:maven-compiler-plugin")
                .flatMap(plugin -> plugin.configuration().or(() -> plugin.configurationOf(Set.of("compile"))));
        return Stream.of(
                        build.property("maven.compiler.target"),
                        build.property("maven.compiler.release"),
                        compiler.flatMap(element -> element.find("target")).map(Element::text),
                        compiler.flatMap(element -> element.find("release")).map(Element::text))
                .flatMap(Optional::stream)
                .filter(written -> !written.isEmpty())
                .findFirst()
                .map(JavaTarget::parse)
                .orElse(Optional.of(DEFAULT));
    }

    private static Optional<Integer> parse(String written) {
        Matcher version = VERSION.matcher(written);
        return version.matches()
                ? Optional.of(Integer.valueOf(Objects.requireNonNull(version.group(1))))
                : Optional.empty();
    }
}
