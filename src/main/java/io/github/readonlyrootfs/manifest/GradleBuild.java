// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Gradle project as its build file has it, in Groovy or Kotlin: the plugins and dependencies that it names as texts, or by an
 * alias of the version catalog. What code computes is not seen.
 */
final class GradleBuild {

    private static final List<String> FILES = List.of("build.gradle.kts", "build.gradle");
    private static final String CATALOG = "gradle/libs.versions.toml";
    private static final int MAX_PROJECTS = 50;

    private static final Pattern COMMENT =
            Pattern.compile("/\\*(?:[^*]|\\*(?!/))*+\\*/|(?m)^[ \\t]*+//[^\\n]*+|(?<=[\\s;)}])//[^\\n]*+");

    private static final String CONFIGURATION =
            "\\b(implementation|api|compile|runtimeOnly|runtime|providedRuntime|providedCompile|compileOnly)\\b";

    private static final Pattern TEXT = Pattern.compile(CONFIGURATION
            + "[ \\t(]+(?:(?:enforcedP|p)latform\\s*\\(\\s*)?[\"']([\\w.-]+):([\\w.-]+)(?::([\\w.+-]*))?");

    private static final Pattern PARTS = Pattern.compile(CONFIGURATION
            + "[ \\t(]+group\\s*[:=]\\s*[\"']([\\w.-]+)[\"']\\s*,\\s*name\\s*[:=]\\s*[\"']([\\w.-]+)[\"']"
            + "(?:\\s*,\\s*version\\s*[:=]\\s*[\"']([\\w.+-]*))?");

    private static final Pattern ALIAS = Pattern.compile(CONFIGURATION + "[ \\t(]+libs\\.((?:\\w+\\.)*\\w+)");

    private static final Pattern PROJECT =
            Pattern.compile(CONFIGURATION + "[ \\t(]+project\\s*\\(\\s*(?:path\\s*[:=]\\s*)?[\"']:([\\w.:-]+)[\"']");

    private static final Pattern EXCLUDE =
            Pattern.compile("\\bexclude\\b[^\\n]{0,200}?\\bmodule\\s*[:=]\\s*[\"']([\\w.-]+)[\"']");

    private static final Pattern PLUGIN = Pattern.compile(
            "(?m)(?:\\bid[ \\t(]+|\\bapply plugin:[ \\t]*)[\"']([\\w.-]+)[\"']\\)?(?:[ \\t]+version[ \\t(]+[\"']([\\w.+-]+)[\"'])?"
                    + "|^[ \\t]*(war)[ \\t]*$");

    private static final Pattern CATALOG_ENTRY = Pattern.compile(
            "(?m)^[ \\t]*([\\w-]+)[ \\t]*=[ \\t]*(?:\"([\\w.-]+):([\\w.-]+)(?::[^\"]*)?\"|\\{[^}\\n]*?\\bmodule[ \\t]*=[ \\t]*\""
                    + "([\\w.-]+):([\\w.-]+)\"|\\{[^}\\n]*?\\bgroup[ \\t]*=[ \\t]*\"([\\w.-]+)\"[^}\\n]*?\\bname[ \\t]*=[ \\t]*\"([\\w.-]+)\")");

    private static final Pattern BUNDLE = Pattern.compile("(?m)^[ \\t]*([\\w-]+)[ \\t]*=[ \\t]*\\[([^\\]]*)]");

    private static final String SPRING_BOOT = "org.springframework.boot";

    private final Path directory;
    private final Path file;
    private final Path root;
    private final String text;

    /** The plugins, with their versions where they are known. */
    private final Map<String, String> plugins = new HashMap<>();

    private GradleBuild(Path file, Path root, String text) {
        this.file = file;
        this.directory = file.resolveSibling("");
        this.root = root;
        this.text = text;
        Matcher plugin = PLUGIN.matcher(text);
        while (plugin.find()) {
            String name = plugin.group(3) == null ? plugin.group(1) : plugin.group(3);
            plugins.merge(
                    name, plugin.group(2) == null ? "" : plugin.group(2), (one, other) -> one.isEmpty() ? other : one);
        }
    }

    /** That of a directory, with what the build's root gives all projects; empty if there is none that can be read. */
    static Optional<GradleBuild> in(Path directory) {
        Path root = root(directory);
        Optional<Path> own = file(directory);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        String shared =
                root.equals(directory) ? "" : file(root).map(GradleBuild::read).orElse("");
        return Optional.of(new GradleBuild(own.get(), root, read(own.get()) + "\n" + shared));
    }

    /** The nearest directory with settings. */
    private static Path root(Path directory) {
        Path above = directory;
        for (int i = 0; i < 4 && above != null; i++) {
            if (Files.isRegularFile(above.resolve("settings.gradle"))
                    || Files.isRegularFile(above.resolve("settings.gradle.kts"))) {
                return above;
            }
            above = above.getParent();
        }
        return directory;
    }

    private static Optional<Path> file(Path directory) {
        return FILES.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String read(Path file) {
        return COMMENT.matcher(text(file)).replaceAll("");
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? SourceFile.read(file, file.toString()).text()
                    : "";
        } catch (UnreadableSourceException e) {
            // Gradle says what is wrong with it.
            return "";
        }
    }

    ProjectFacts facts(Path base, Optional<Path> context) {
        List<Declared> declared = new ArrayList<>();
        addDeclared(declared, new LinkedHashSet<>());
        Dependencies dependencies = BroughtLibraries.with(declared, SourceFile.nameOf(base.relativize(file)));
        String packaging = plugins.containsKey("war") ? "war" : "jar";
        return new ProjectFacts(
                new Coordinates(
                        "",
                        directory.getFileName() == null
                                ? ""
                                : directory.getFileName().toString(),
                        ""),
                packaging,
                Manifests.directories(directory, base, context, output()),
                Map.of(),
                () -> dependencies,
                List.of());
    }

    private String output() {
        return Stream.of("java", "kotlin", "groovy", "scala")
                .map(language -> "build/classes/" + language + "/main")
                .filter(classes -> Files.isDirectory(directory.resolve(classes)))
                .findFirst()
                .orElse("build/classes/java/main");
    }

    private void addDeclared(List<Declared> all, Set<Path> read) {
        if (!read.add(directory) || read.size() > MAX_PROJECTS) {
            return;
        }
        Set<String> excluded = new HashSet<>();
        Matcher exclude = EXCLUDE.matcher(text);
        while (exclude.find()) {
            excluded.add(exclude.group(1));
        }
        for (Pattern form : List.of(TEXT, PARTS)) {
            Matcher found = form.matcher(text);
            while (found.find()) {
                add(all, found.group(1), found.group(2), found.group(3), found.group(4), excluded);
            }
        }
        Map<String, List<String>> catalog = text.contains("libs.") ? catalog() : Map.of();
        Matcher alias = ALIAS.matcher(text);
        while (alias.find()) {
            for (String library : catalog.getOrDefault(alias.group(2).toLowerCase(Locale.ROOT), List.of())) {
                int colon = library.indexOf(':');
                add(all, alias.group(1), library.substring(0, colon), library.substring(colon + 1), null, excluded);
            }
        }
        if (plugins.containsKey("io.micronaut.application") && text.contains("netty")) {
            add(all, "runtimeOnly", "io.micronaut", "micronaut-http-server-netty", null, excluded);
        }
        Matcher project = PROJECT.matcher(text);
        while (project.find()) {
            in(root.resolve(project.group(2).replace(':', '/'))).ifPresent(other -> other.addDeclared(all, read));
        }
    }

    private void add(
            List<Declared> all,
            String configuration,
            String group,
            String artifact,
            @Nullable String version,
            Set<String> excluded) {
        String managed = group.equals(SPRING_BOOT) ? plugins.getOrDefault(SPRING_BOOT, "") : "";
        String scope =
                configuration.startsWith("provided") || configuration.equals("compileOnly") ? "provided" : "compile";
        all.add(new Declared(
                new Coordinates(group, artifact, version == null || version.isEmpty() ? managed : version),
                scope,
                false,
                excluded));
    }

    /** The libraries of an alias, with dots and in lower case. */
    private Map<String, List<String>> catalog() {
        String catalog = text(root.resolve(CATALOG));
        Map<String, List<String>> aliases = new HashMap<>();
        Matcher entry = CATALOG_ENTRY.matcher(catalog);
        while (entry.find()) {
            for (int group = 2; group <= 6; group += 2) {
                if (entry.group(group) != null) {
                    aliases.put(dotted(entry.group(1)), List.of(entry.group(group) + ":" + entry.group(group + 1)));
                }
            }
        }
        Matcher bundle = BUNDLE.matcher(catalog);
        while (bundle.find()) {
            List<String> libraries = new ArrayList<>();
            for (String alias : bundle.group(2).split("[\\s,\"']+", -1)) {
                libraries.addAll(aliases.getOrDefault(dotted(alias), List.of()));
            }
            aliases.put("bundles." + dotted(bundle.group(1)), libraries);
        }
        return aliases;
    }

    private static String dotted(String alias) {
        return alias.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
    }
}
