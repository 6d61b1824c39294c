// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.archive.PackedFiles;
import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.image.tree.FileMode;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.xml.XmlElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A descriptor of maven-assembly-plugin.
 *
 * @see <a href="https://maven.apache.org/plugins/maven-assembly-plugin/assembly.html">its elements</a>; what they leave to
 *     the plugin is as version 3.7.1 makes it
 */
final class AssemblyDescriptor {

    /** Copies of editors and directories of version control, of which the plugin takes none. */
    private static final Pattern LEFT_OUT =
            Pattern.compile("(?:.*/)?(?:[^/]*~|#[^/]*#|\\.#[^/]*|%[^/]*%|\\._[^/]*|\\.DS_Store"
                    + "|(?:CVS|RCS|SCCS|\\.svn|\\.git|\\.hg|\\.bzr)(?:/.*)?)");

    private final XmlElement descriptor;
    private final PomBuild build;
    private final Supplier<List<Dependency>> libraries;
    private final String finalName;
    private final UnaryOperator<String> properties;
    private final AssembledFiles files = new AssembledFiles();

    /** How many files may still be looked at. */
    private int left = PackedFiles.MOST_ENTRIES;

    AssemblyDescriptor(XmlElement descriptor, PomBuild build, Supplier<List<Dependency>> libraries, String finalName) {
        this.descriptor = descriptor;
        this.build = build;
        this.libraries = libraries;
        this.finalName = finalName;
        this.properties = DockerfileFilter.of(Optional.empty(), this::property);
    }

    private Optional<String> property(String name) {
        return switch (name) {
            case "basedir", "project.basedir", "pom.basedir" -> Optional.of(SourceFile.nameOf(build.directory()));
            case "project.build.directory" -> Optional.of(SourceFile.nameOf(build.output()));
            case "artifactId", "version", "groupId" -> build.property("project." + name);
            default -> build.property(name);
        };
    }

    /** The text of an element's child with the pom's properties in it. */
    Optional<String> text(XmlElement element, String child) {
        return element.childText(child).map(value -> properties.apply(value.value()));
    }

    private boolean says(XmlElement element, String child, boolean otherwise) {
        return text(element, child).map(text -> text.equalsIgnoreCase("true")).orElse(otherwise);
    }

    private Optional<Integer> mode(XmlElement element, String child) {
        return text(element, child).filter(text -> text.matches("[0-7]{3,4}")).map(text -> Integer.valueOf(text, 8));
    }

    private Stream<XmlElement> all(String list, String one) {
        return descriptor.children(list).flatMap(element -> element.children(one));
    }

    private static List<String> texts(XmlElement element, String list, String one) {
        return element.children(list)
                .flatMap(found -> found.children(one))
                .map(XmlElement::text)
                .toList();
    }

    PackedFiles files() {
        String base = says(descriptor, "includeBaseDirectory", true)
                ? AssembledFiles.path(text(descriptor, "baseDirectory").orElse(finalName))
                : "";
        files.addDirectory(base);
        all("files", "file").forEach(file -> addFile(file, base));
        all("fileSets", "fileSet").forEach(set -> addFiles(set, base));
        all("dependencySets", "dependencySet").forEach(set -> addLibraries(set, base));
        if (left < 0) {
            return new PackedFiles(List.of());
        }
        for (String other : List.of("moduleSets", "repositories", "componentDescriptors")) {
            if (descriptor
                    .children(other)
                    .anyMatch(element -> !element.children().isEmpty())) {
                return new PackedFiles(List.of());
            }
        }
        return files.packed();
    }

    private UnaryOperator<String> filter(XmlElement element) {
        return says(element, "filtered", false) ? properties : UnaryOperator.identity();
    }

    private void addFile(XmlElement file, String base) {
        Optional<String> source = text(file, "source");
        if (source.isEmpty()) {
            return;
        }
        Path from = build.directory().resolve(source.get());
        String name = text(file, "destName").orElse(String.valueOf(from.getFileName()));
        String path = AssembledFiles.path(base, text(file, "outputDirectory").orElse(""), name);
        if (Files.isRegularFile(from)) {
            files.addCopy(path, from, mode(file, "fileMode"), filter(file));
        } else {
            files.addFile(path, mode(file, "fileMode").orElse(AssembledFiles.FILE_MODE), Optional.empty());
        }
    }

    private void addFiles(XmlElement set, String base) {
        String named = text(set, "directory").orElse("");
        Path from = build.directory().resolve(named).normalize();
        String into = AssembledFiles.path(base, text(set, "outputDirectory").orElse(named));
        List<Pattern> includes = patterns(texts(set, "includes", "include"));
        List<Pattern> excludes = patterns(texts(set, "excludes", "exclude"));
        Optional<Integer> directoryMode = mode(set, "directoryMode");
        if (from.startsWith(build.output()) && !Files.isDirectory(from)) {
            addUnbuilt(from, into, includes);
            return;
        }
        if (!Files.isDirectory(from) || left < 0) {
            return;
        }
        if (includes.isEmpty()) {
            files.addDirectory(into, directoryMode.or(() -> FileMode.of(from)).orElse(0755));
        }
        for (Path file : below(from)) {
            String name = SourceFile.nameOf(from.relativize(file));
            boolean taken = (includes.isEmpty() || matches(includes, name)) && !matches(excludes, name);
            if (!taken || LEFT_OUT.matcher(name).matches()) {
                continue;
            }
            if (Files.isDirectory(file)) {
                files.addDirectory(
                        AssembledFiles.path(into, name),
                        directoryMode.or(() -> FileMode.of(file)).orElse(0755));
            } else {
                files.addCopy(AssembledFiles.path(into, name), file, mode(set, "fileMode"), filter(set));
            }
        }
    }

    /** What of the output directory goes where, before it is there. */
    private void addUnbuilt(Path from, String into, List<Pattern> includes) {
        String artifact = build.property(PomBuild.FINAL_NAME).orElse("") + "." + build.packaging();
        if (from.equals(build.output()) && matches(includes, artifact)) {
            files.addFile(AssembledFiles.path(into, artifact), AssembledFiles.FILE_MODE, Optional.empty());
        } else if (!into.isEmpty()) {
            files.addUnknown(into);
        }
    }

    private List<Path> below(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> found = walk.filter(file -> !file.equals(directory))
                    .limit(left + 1L)
                    .sorted()
                    .toList();
            left -= found.size();
            return found;
        } catch (IOException | UncheckedIOException e) {
            // The plugin reports it.
            return List.of();
        }
    }

    private List<Pattern> patterns(List<String> written) {
        List<Pattern> patterns = new ArrayList<>();
        for (String one : written) {
            String text = properties.apply(one);
            patterns.add(ResourceDirectory.pattern(text.startsWith("/") ? text.substring(1) : text));
        }
        return patterns;
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private void addLibraries(XmlElement set, String base) {
        String into = AssembledFiles.path(base, text(set, "outputDirectory").orElse(""));
        if (says(set, "unpack", false)) {
            if (!into.isEmpty()) {
                files.addUnknown(into);
            }
            return;
        }
        int mode = mode(set, "fileMode").orElse(AssembledFiles.FILE_MODE);
        String mapping = set.childText("outputFileNameMapping")
                .map(text -> text.value())
                .orElse("${artifact.artifactId}-${artifact.version}.${artifact.extension}");
        List<Glob> includes = globs(texts(set, "includes", "include"));
        List<Glob> excludes = globs(texts(set, "excludes", "exclude"));
        String scope = text(set, "scope").orElse("runtime");
        List<Artifact> artifacts = new ArrayList<>();
        if (says(set, "useProjectArtifact", true) && !build.isAggregator()) {
            artifacts.add(Artifact.of(build));
        }
        for (Dependency library : libraries.get()) {
            if (isIn(library, scope)) {
                artifacts.add(Artifact.of(library));
            }
        }
        for (Artifact artifact : artifacts) {
            if ((includes.isEmpty() || artifact.matches(includes)) && !artifact.matches(excludes)) {
                String name = properties.apply(artifact.named(mapping));
                files.addFile(AssembledFiles.path(into, name), mode, Optional.empty());
            }
        }
    }

    private static boolean isIn(Dependency library, String scope) {
        return switch (scope) {
            case "runtime" -> library.isAtRunTime();
            case "compile" -> !library.scope().equals("runtime");
            case "test" -> true;
            default -> library.scope().equals(scope);
        };
    }

    private static List<Glob> globs(List<String> written) {
        return written.stream().map(Glob::new).toList();
    }
}
