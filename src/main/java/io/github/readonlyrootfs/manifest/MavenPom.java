// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@code pom.xml} with the parents that are beside it. Profiles are not read, and boms are known by their versions only. */
final class MavenPom {

    private static final String FILE = "pom.xml";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([\\w.-]+)}");
    private static final int MAX_PARENTS = 10;
    private static final int MAX_MODULES = 100;

    /** The groups of a bom's libraries, by the bom's group. */
    private static final Map<String, String> GROUPS = Map.of("io.quarkus.platform", "io.quarkus");

    private final Path directory;

    /** This one first. */
    private final List<XmlElement> chain;

    /** What was read of this build, by file. */
    private final Map<Path, Optional<XmlElement>> read;

    private final Map<String, String> properties = new TreeMap<>();

    private MavenPom(Path directory, List<XmlElement> chain, Map<Path, Optional<XmlElement>> read) {
        this.directory = directory;
        this.chain = chain;
        this.read = read;
        for (XmlElement pom : chain) {
            pom.children("properties")
                    .flatMap(all -> all.children().stream())
                    .forEach(property -> properties.putIfAbsent(property.name(), property.text()));
        }
        for (String name : List.of("groupId", "artifactId", "version")) {
            properties.put("project." + name, coordinate(name));
            parent(chain.get(0))
                    .flatMap(parent -> parent.childText(name))
                    .ifPresent(text -> properties.put("project.parent." + name, text.value()));
        }
    }

    /** That of a directory; empty if there is none that can be read. */
    static Optional<MavenPom> in(Path directory) {
        return in(directory, new HashMap<>());
    }

    private static Optional<MavenPom> in(Path directory, Map<Path, Optional<XmlElement>> read) {
        List<XmlElement> chain = new ArrayList<>();
        Optional<Path> file = Optional.of(directory.resolve(FILE));
        while (file.isPresent() && chain.size() < MAX_PARENTS) {
            Optional<XmlElement> pom = read.computeIfAbsent(file.get(), MavenPom::read);
            if (pom.isEmpty()) {
                break;
            }
            chain.add(pom.get());
            file = parentFile(file.get(), pom.get(), read);
        }
        return chain.isEmpty() ? Optional.empty() : Optional.of(new MavenPom(directory, chain, read));
    }

    private static Optional<XmlElement> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            XmlElement pom = XmlReader.read(SourceFile.read(file, file.toString()));
            return pom.is("project") ? Optional.of(pom) : Optional.empty();
        } catch (UnreadableSourceException e) {
            // Maven says what is wrong with it.
            return Optional.empty();
        }
    }

    private static Optional<XmlElement> parent(XmlElement pom) {
        return pom.children("parent").findFirst();
    }

    private static Optional<Path> parentFile(Path file, XmlElement pom, Map<Path, Optional<XmlElement>> read) {
        return parent(pom).flatMap(parent -> {
            String path =
                    parent.childText("relativePath").map(Value.Known::value).orElse("../pom.xml");
            try {
                Path named = file.resolveSibling(path).normalize();
                Path there = Files.isDirectory(named) ? named.resolve(FILE) : named;
                return !path.isEmpty()
                                && read.computeIfAbsent(there, MavenPom::read)
                                        .filter(other -> isSame(other, parent))
                                        .isPresent()
                        ? Optional.of(there)
                        : Optional.empty();
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }

    private static boolean isSame(XmlElement pom, XmlElement parent) {
        return pom.childText("artifactId")
                .map(Value.Known::value)
                .equals(parent.childText("artifactId").map(Value.Known::value));
    }

    private String coordinate(String name) {
        return chain.get(0)
                .childText(name)
                .or(() -> parent(chain.get(0)).flatMap(parent -> parent.childText(name)))
                .map(text -> value(text.value()))
                .orElse("");
    }

    private String value(String written) {
        String text = written;
        for (int i = 0; i < MAX_PARENTS && text.contains("${"); i++) {
            text = EXPRESSION.matcher(text).replaceAll(found -> {
                String value = properties.get(found.group(1));
                return Matcher.quoteReplacement(value == null ? found.group() : value);
            });
        }
        return text;
    }

    private String text(XmlElement element, String child) {
        return element.childText(child).map(found -> value(found.value())).orElse("");
    }

    /** The project, with the modules of the same build where it is the parent of some. */
    ProjectFacts facts(Path base, Optional<Path> context) {
        List<ProjectFacts> others = new ArrayList<>();
        modules().forEach(module -> others.add(module.facts(base, context, List.of())));
        return facts(base, context, others);
    }

    private ProjectFacts facts(Path base, Optional<Path> context, List<ProjectFacts> others) {
        String packaging =
                chain.get(0).childText("packaging").map(Value.Known::value).orElse("jar");
        Coordinates own = new Coordinates(coordinate("groupId"), coordinate("artifactId"), coordinate("version"));
        Dependencies dependencies =
                BroughtLibraries.with(declared(), SourceFile.nameOf(base.relativize(directory.resolve(FILE))));
        return new ProjectFacts(
                own,
                packaging,
                Manifests.directories(directory, base, context, "target/classes"),
                properties,
                () -> dependencies,
                others);
    }

    /** The modules below it that can be read. */
    private List<MavenPom> modules() {
        Set<Path> seen = new HashSet<>();
        List<MavenPom> modules = new ArrayList<>();
        List<MavenPom> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            MavenPom pom = open.remove(open.size() - 1);
            pom.chain
                    .get(0)
                    .children("modules")
                    .flatMap(all -> all.children("module"))
                    .forEach(name -> {
                        Path module = pom.directory
                                .resolve(name.text().replaceFirst("/pom\\.xml$", ""))
                                .normalize();
                        if (module.startsWith(directory) && seen.size() < MAX_MODULES && seen.add(module)) {
                            in(module, read).ifPresent(found -> {
                                modules.add(found);
                                open.add(found);
                            });
                        }
                    });
        }
        return modules;
    }

    private Stream<XmlElement> dependencies(boolean managed) {
        return chain.stream()
                .flatMap(pom -> managed
                        ? pom.children("dependencyManagement").flatMap(all -> all.children("dependencies"))
                        : pom.children("dependencies"))
                .flatMap(all -> all.children("dependency"));
    }

    private List<Declared> declared() {
        Map<String, String> versions = new TreeMap<>();
        Map<String, String> ofGroups = new TreeMap<>();
        for (XmlElement pom : chain) {
            parent(pom).ifPresent(parent -> ofGroups.putIfAbsent(text(parent, "groupId"), text(parent, "version")));
        }
        dependencies(true).forEach(managed -> {
            String group = text(managed, "groupId");
            if (text(managed, "scope").equals("import")) {
                ofGroups.putIfAbsent(GROUPS.getOrDefault(group, group), text(managed, "version"));
            } else {
                versions.putIfAbsent(group + ":" + text(managed, "artifactId"), text(managed, "version"));
            }
        });
        List<Declared> all = new ArrayList<>();
        dependencies(false).forEach(dependency -> {
            String group = text(dependency, "groupId");
            String artifact = text(dependency, "artifactId");
            String version = text(dependency, "version");
            String managed = versions.getOrDefault(group + ":" + artifact, ofGroups.getOrDefault(group, ""));
            String scope = text(dependency, "scope");
            Set<String> excluded = new HashSet<>();
            dependency
                    .children("exclusions")
                    .flatMap(exclusions -> exclusions.children("exclusion"))
                    .forEach(exclusion -> excluded.add(text(exclusion, "artifactId")));
            all.add(new Declared(
                    new Coordinates(group, artifact, version.isEmpty() ? managed : version),
                    scope.isEmpty() ? "compile" : scope,
                    text(dependency, "optional").equals("true"),
                    excluded));
        });
        return all;
    }
}
