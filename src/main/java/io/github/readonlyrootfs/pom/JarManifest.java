// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The manifests of the jars that plugins of a pom make. */
public final class JarManifest {

    private static final Set<String> PLUGINS = Set.of(
            "org.apache.maven.plugins:maven-jar-plugin",
            "org.apache.maven.plugins:maven-assembly-plugin",
            "org.apache.maven.plugins:maven-shade-plugin",
            "org.springframework.boot:spring-boot-maven-plugin");

    private static final String TRANSFORMER = "org.apache.maven.plugins.shade.resource.ManifestResourceTransformer";

    private JarManifest() {}

    /** The classes that they start, with dots; a build may make several jars. */
    public static Set<String> mainClasses(PomBuild build) {
        Set<String> names = new TreeSet<>();
        build.plugins().stream()
                .filter(plugin -> PLUGINS.contains(plugin.key()) && !plugin.off())
                .flatMap(plugin -> Stream.concat(
                        plugin.configuration().stream(),
                        plugin.executions().stream().flatMap(execution -> execution.configuration().stream())))
                .flatMap(JarManifest::parts)
                .flatMap(part -> Stream.of(
                        part.value("mainClass"),
                        part.value("manifest", "mainClass"),
                        part.value("manifestEntries", "Main-Class")))
                .forEach(name -> name.known().ifPresent(names::add));
        return names;
    }

    /** The parts of a configuration that describe a manifest. */
    private static Stream<Element> parts(Element configuration) {
        return Stream.concat(
                Stream.concat(Stream.of(configuration), configuration.all("archive").stream()),
                configuration.all("transformers").stream()
                        .flatMap(all -> all.children().stream())
                        .filter(each -> TRANSFORMER.equals(each.attributes().get("implementation"))));
    }
}
