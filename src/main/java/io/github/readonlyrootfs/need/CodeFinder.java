package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.WriteSite;
import io.github.readonlyrootfs.bytecode.WriteSite.Effect;
import io.github.readonlyrootfs.bytecode.WriteSites;
import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the project's own classes write. Code that exists need not run: only what certainly runs at start is fatal, the
 * rest makes a feature fail when it is used.
 */
final class CodeFinder implements NeedFinder {

    private static final List<String> SOURCE_DIRECTORIES =
            List.of("src/main/java", "src/main/kotlin", "src/main/groovy", "src/main/scala");

    @Override
    public String name() {
        return "code";
    }

    @Override
    public void find(ContainerContext container, Found found) {
        container.project().ifPresent(project -> new Search(container, project, found).run());
    }

    private record Search(
            ContainerContext container,
            ProjectFacts project,
            Found found,
            Map<String, Location> places,
            Set<String> told) {

        Search(ContainerContext container, ProjectFacts project, Found found) {
            this(container, project, found, new HashMap<>(), new HashSet<>());
        }

        void run() {
            WriteSites sites = WriteSites.in(List.of(project.outputDirectory()), mainClass());
            sites.sites().forEach(this::add);
            for (String unreadable : sites.unreadable()) {
                found.unresolved(new UnresolvedNeed(
                        "what a class writes", unreadable, found.evidence("the project's classes", Optional.empty())));
            }
        }

        /** The class that the start command names; most name a jar instead. */
        private Optional<String> mainClass() {
            return container.java().jvms().stream()
                    .flatMap(jvm -> jvm.command().arguments().stream())
                    .flatMap(argument -> argument.known().stream())
                    .filter(word -> word.matches("[\\w$]+(\\.[\\w$]+)*"))
                    .filter(word ->
                            Files.isRegularFile(project.outputDirectory().resolve(word.replace('.', '/') + ".class")))
                    .findFirst();
        }

        private void add(WriteSite site) {
            Location location = location(site);
            CodePath path = CodePath.of(site.path(), container, location);
            Evidence evidence = found.evidence(
                    site.call() + " in " + site.describe() + (site.start() ? ", which runs at start" : ""),
                    Optional.of(location));
            Impact impact = site.start() ? Impact.FATAL : Impact.FEATURE;
            if (path.unknown().isEmpty()) {
                Value<ContainerPath> at = absolute(path.text(), location);
                if (!isThere(site.effect(), at)) {
                    found.write(at, path.text(), impact, site.effect() == Effect.DIRECTORIES, evidence);
                }
                return;
            }
            // With only the beginning known, a file in that directory, or below one that the writer has to make.
            Optional<String> directory = path.knownDirectory().filter(text -> !text.equals("/"));
            if (directory.isPresent()) {
                found.write(absolute(directory.get(), location), directory.get(), Impact.FEATURE, true, evidence);
            } else if (told.add(site.className() + "." + site.method())) {
                found.unresolved(new UnresolvedNeed(
                        "the path of " + site.call(), path.unknown().get(), evidence));
            }
        }

        private Value<ContainerPath> absolute(String text, Location location) {
            return Command.path(Argument.of(text, location), container.java().current());
        }

        /** Making a directory that the image has does nothing. */
        private boolean isThere(Effect effect, Value<ContainerPath> path) {
            return effect == Effect.DIRECTORIES
                    && path.known()
                            .map(at -> container.image().files().at(at))
                            .filter(FileNode.Directory.class::isInstance)
                            .isPresent();
        }

        /** The call's line in the source, where that is at hand; else the class file. */
        private Location location(WriteSite site) {
            int dot = site.className().lastIndexOf('.');
            String folder = dot < 0 ? "" : site.className().substring(0, dot).replace('.', '/') + "/";
            Optional<Location> inSource = site.sourceFile()
                    .flatMap(file -> SOURCE_DIRECTORIES.stream()
                            .map(directory -> directory + "/" + folder + file)
                            .filter(name ->
                                    Files.isRegularFile(project.directory().resolve(name)))
                            .findFirst())
                    .flatMap(name -> line(name, site.line()));
            return inSource.orElseGet(() -> Location.of(classFile(site)));
        }

        private String classFile(WriteSite site) {
            Path file = project.outputDirectory().resolve(site.className().replace('.', '/') + ".class");
            Path shown =
                    file.startsWith(project.directory()) ? project.directory().relativize(file) : file;
            return shown.toString().replace(file.getFileSystem().getSeparator(), "/");
        }

        private Optional<Location> line(String name, int line) {
            return Optional.of(places.computeIfAbsent(name + ":" + line, key -> {
                try {
                    SourceFile source = SourceFile.read(project.directory().resolve(name), name);
                    if (line < 1 || line > source.lineCount()) {
                        return Location.of(name);
                    }
                    found.source(source);
                    String text = source.line(line);
                    int start = text.length() - text.stripLeading().length();
                    int offset = source.lineStart(line);
                    return source.location(
                            offset + start,
                            offset + Math.max(start, text.stripTrailing().length()));
                } catch (UnreadableSourceException e) {
                    return Location.of(name);
                }
            }));
        }
    }
}
