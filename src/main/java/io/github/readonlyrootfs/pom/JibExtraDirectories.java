// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directories of the project that Jib copies into the image: {@code extraDirectories}, by default
 * {@code src/main/jib}.
 */
final class JibExtraDirectories {

    private static final String ELEMENT = "extraDirectories";
    private static final String DEFAULT = "src/main/jib";
    private static final int MOST_ENTRIES = 20_000;
    private static final int FILE_MODE = 0644;
    private static final int DIRECTORY_MODE = 0755;

    private final PomBuild build;
    private final BuildPlugin plugin;
    private final Optional<Element> configuration;

    /**
     * One of them.
     *
     * @param from empty where it cannot be determined
     */
    private record Copied(Optional<Path> from, ContainerPath into, List<String> includes, List<String> excludes) {}

    JibExtraDirectories(PomBuild build, BuildPlugin plugin, Optional<Element> configuration) {
        this.build = build;
        this.plugin = plugin;
        this.configuration = configuration;
    }

    /** @return why there may be further files; empty if there are none */
    Optional<Provenance> addTo(JibLayer layer) {
        Map<String, String> modes = modes();
        boolean complete = true;
        for (Copied directory : directories()) {
            complete &= directory.from().isPresent()
                    && add(directory, directory.from().get(), modes, layer);
        }
        return complete
                ? Optional.empty()
                : Optional.of(Provenance.at("extraDirectories that cannot be looked through", plugin.location()));
    }

    private List<Copied> directories() {
        Optional<String> property = build.property("jib.extraDirectories.paths");
        if (property.isPresent()) {
            return PropertyLists.split(property.get()).stream()
                    .map(path -> whole(Element.value(path.strip(), plugin.location())))
                    .toList();
        }
        Optional<Element> paths = configuration.flatMap(element -> element.find(ELEMENT, "paths"));
        if (paths.isEmpty()) {
            return List.of(whole(new Value.Known<>(DEFAULT, plugin.location())));
        }
        if (paths.get().children().isEmpty()) {
            return paths.get().items().stream().map(this::whole).toList();
        }
        return paths.get().children().stream().map(this::directory).toList();
    }

    private Copied whole(Value<String> from) {
        return new Copied(from.known().map(build.directory()::resolve), ContainerPath.ROOT, List.of(), List.of());
    }

    private Copied directory(Element path) {
        if (path.children().isEmpty()) {
            return whole(path.value());
        }
        Value<String> into = path.value("into");
        return new Copied(
                path.value("from").known().map(build.directory()::resolve),
                into.known().map(ContainerPath::of).orElse(ContainerPath.ROOT),
                texts(path, "includes"),
                texts(path, "excludes"));
    }

    private static List<String> texts(Element path, String list) {
        return path.find(list).stream()
                .flatMap(element -> element.items().stream())
                .flatMap(item -> item.known().stream())
                .toList();
    }

    /** Modes by path or pattern, as written. */
    private Map<String, String> modes() {
        Optional<String> property = build.property("jib.extraDirectories.permissions");
        if (property.isPresent()) {
            return PropertyLists.pairs(property.get());
        }
        Map<String, String> modes = new LinkedHashMap<>();
        configuration.flatMap(element -> element.find(ELEMENT, "permissions")).stream()
                .flatMap(all -> all.children().stream())
                .forEach(permission -> modes.put(
                        permission.value("file").known().orElse(""),
                        permission.value("mode").known().orElse("")));
        return modes;
    }

    /** @return whether all of it was added */
    private boolean add(Copied directory, Path from, Map<String, String> modes, JibLayer layer) {
        if (!Files.isDirectory(from)) {
            return true;
        }
        List<PathMatcher> includes = matchers(directory.includes());
        List<PathMatcher> excludes = matchers(directory.excludes());
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.filter(file -> !file.equals(from))
                    .limit(MOST_ENTRIES + 1)
                    .sorted()
                    .forEach(files::add);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
        if (files.size() > MOST_ENTRIES) {
            return false;
        }
        for (Path file : files) {
            Path relative = from.relativize(file);
            boolean included = includes.isEmpty() || includes.stream().anyMatch(glob -> glob.matches(relative));
            if (included && excludes.stream().noneMatch(glob -> glob.matches(relative))) {
                add(file, directory.into().resolve(SourceFile.nameOf(relative)), modes, layer);
            }
        }
        return true;
    }

    private void add(Path file, ContainerPath path, Map<String, String> modes, JibLayer layer) {
        if (Files.isDirectory(file)) {
            layer.addDirectory(path, mode(path, modes, DIRECTORY_MODE), true);
        } else {
            layer.addFile(path, mode(path, modes, FILE_MODE), new FileContent.Copied(file, build.shown(file)));
        }
    }

    private static List<PathMatcher> matchers(List<String> globs) {
        return globs.stream()
                .flatMap(glob -> JibOwnership.matcher(glob).stream())
                .toList();
    }

    /** An entry for the path itself overrides patterns. */
    private static @Nullable Integer mode(ContainerPath path, Map<String, String> modes, int otherwise) {
        String own = modes.get(path.toString());
        if (own != null) {
            return octal(own);
        }
        for (Map.Entry<String, String> entry : modes.entrySet()) {
            Optional<PathMatcher> glob = JibOwnership.matcher(entry.getKey());
            if (glob.isPresent() && glob.get().matches(Path.of(path.toString()))) {
                return octal(entry.getValue());
            }
        }
        return otherwise;
    }

    private static @Nullable Integer octal(String mode) {
        return mode.matches("[0-7]{3}") ? Integer.valueOf(mode, 8) : null;
    }
}
