// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The archives and directories that plugins of a pom make of the project's files: maven-assembly-plugin. Jars
 * are not among them.
 */
public final class Assemblies {

    /** The plugin that is read. */
    public static final String ASSEMBLY = "org.apache.maven.plugins:maven-assembly-plugin";

    /** The descriptors of the plugin itself that make no jar, and what they say beside their formats. */
    private static final Map<String, String> OWN = Map.of("bin", """
            <fileSet><outputDirectory>/</outputDirectory><includes><include>README*</include><include>LICENSE*</include>
            <include>NOTICE*</include></includes></fileSet><fileSet><directory>${project.build.directory}</directory>
            <outputDirectory>/</outputDirectory><includes><include>*.jar</include></includes></fileSet>""", "src", """
            <fileSet><outputDirectory>/</outputDirectory><includes><include>README*</include><include>LICENSE*</include>
            <include>NOTICE*</include><include>pom.xml</include></includes></fileSet>
            <fileSet><directory>src</directory></fileSet>""", "project", """
            <fileSet><outputDirectory>/</outputDirectory><excludes><exclude>target/**</exclude><exclude>**/target/**</exclude>
            <exclude>**/*.log</exclude></excludes></fileSet>""");

    private final PomBuild build;
    private final Supplier<List<Dependency>> libraries;

    private Assemblies(PomBuild build, Supplier<List<Dependency>> libraries) {
        this.build = build;
        this.libraries = libraries;
    }

    /** @param libraries what the project depends on, but for its tests */
    public static List<Assembly> of(PomBuild build, Supplier<List<Dependency>> libraries) {
        Assemblies assemblies = new Assemblies(build, libraries);
        List<Assembly> all = new ArrayList<>();
        for (BuildPlugin plugin : build.plugins()) {
            try {
                all.addAll(assemblies.of(plugin));
            } catch (InvalidPathException e) {
                // A setting names a path that this machine cannot have: the plugin will say so itself.
            }
        }
        return all;
    }

    private List<Assembly> of(BuildPlugin plugin) {
        return plugin.key().equals(ASSEMBLY)
                ? configurations(plugin).stream()
                        .flatMap(one -> assembled(plugin, one).stream())
                        .toList()
                : List.of();
    }

    /** The configurations of the executions; where there are none, the goal is called by its name. */
    private static List<Element> configurations(BuildPlugin plugin) {
        List<Element> found = new ArrayList<>();
        for (BuildPlugin.Execution execution : plugin.executions()) {
            if (execution.goals().contains("single")) {
                execution.configuration().ifPresent(found::add);
            }
        }
        if (found.isEmpty()) {
            plugin.configuration().ifPresent(found::add);
        }
        return found;
    }

    private List<Assembly> assembled(BuildPlugin plugin, Element configuration) {
        String name = configuration
                .value("finalName")
                .known()
                .orElseGet(() -> build.property(PomBuild.FINAL_NAME).orElse(""));
        Path output = build.directory()
                .resolve(configuration
                        .value("outputDirectory")
                        .known()
                        .orElse(build.output().toString()));
        boolean withId =
                !configuration.value("appendAssemblyId").known().orElse("").equalsIgnoreCase("false");
        List<Assembly> all = new ArrayList<>();
        for (XmlElement descriptor : descriptors(configuration)) {
            AssemblyDescriptor read = new AssemblyDescriptor(descriptor, build, libraries, name);
            String id = read.text(descriptor, "id").orElse("");
            Path base = output.resolve(withId && !id.isEmpty() ? name + "-" + id : name);
            for (XmlElement format : descriptor
                    .children("formats")
                    .flatMap(formats -> formats.children("format"))
                    .toList()) {
                boolean directory = format.text().equals("dir");
                if (directory || format.text().matches("zip|tar|tar\\.gz|tgz")) {
                    Path path = directory ? base : base.resolveSibling(base.getFileName() + "." + format.text());
                    all.add(new Assembly(path, directory, read.files(), plugin.name()));
                }
            }
        }
        return all;
    }

    private List<XmlElement> descriptors(Element configuration) {
        List<XmlElement> read = new ArrayList<>();
        List<Element> named = new ArrayList<>(configuration.all("descriptor"));
        configuration.find("descriptors").ifPresent(list -> named.addAll(list.children()));
        for (Element one : named) {
            try {
                Path file = build.directory().resolve(one.text());
                if (Files.isRegularFile(file)) {
                    read.add(XmlReader.read(SourceFile.read(file, build.shown(file))));
                }
            } catch (UnreadableSourceException e) {
                // The plugin reports it.
            }
        }
        List<Element> known = new ArrayList<>(configuration.all("descriptorId"));
        configuration.find("descriptorRefs").ifPresent(list -> known.addAll(list.children()));
        for (Element one : known) {
            String sets = OWN.get(one.text());
            if (sets != null) {
                read.add(parsed("<assembly><id>" + one.text()
                        + "</id><formats><format>tar.gz</format><format>zip</format></formats><fileSets>" + sets
                        + "</fileSets></assembly>"));
            }
        }
        return read;
    }

    private static XmlElement parsed(String descriptor) {
        try {
            return XmlReader.read(SourceFile.of(ASSEMBLY, descriptor));
        } catch (UnreadableSourceException e) {
            throw new IllegalStateException(e);
        }
    }
}
