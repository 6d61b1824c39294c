// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest of npm, Python, Composer, Bundler, Go, Cargo or NuGet: the libraries that it names for the running application. The
 * groupId of a library is its ecosystem: {@code npm:express}, {@code pypi:django}, {@code gem:rails}, {@code nuget:serilog}.
 *
 * <p>Its expressions are compiled only for a file that has such a name: each file that a Dockerfile copies is asked for its name.
 *
 * @param part what each name of such a file contains
 * @param file the names of such files
 * @param sections where it names them: group 1 has the lines; empty for everywhere
 * @param library group 1 is a name, group 2 the version, if it is plain
 */
record LibraryManifest(String ecosystem, String part, String file, String sections, String library) {

    private static final int MAX_INCLUDED = 10;

    /** In TOML, from a section's name up to the next one. */
    private static final String SECTION = "(?m)^\\[%s][ \\t]*+$((?:\\n(?!\\[)[^\\n]*+)*+)";

    private static final String JSON_SECTION = "\"(?:%s)\"\\s*+:\\s*+\\{([^{}]*+)}";
    private static final String JSON_LIBRARY = "\"([@\\w./-]++)\"\\s*+:\\s*+\"[~^>=v ]*+(\\d[\\w.]*+)?";
    private static final String TOML_LIBRARY =
            "(?m)^[ \\t]*+\"?([A-Za-z][\\w.-]*+)\"?[ \\t]*+=[^\\n\"]{0,60}+\"[~^>= ]*+([\\d.]*+)";

    private static final List<LibraryManifest> ALL = List.of(
            of("npm", "package.json", section(JSON_SECTION, "dependencies|optionalDependencies"), JSON_LIBRARY),
            of("composer", "composer.json", section(JSON_SECTION, "require"), JSON_LIBRARY),
            new LibraryManifest(
                    "pypi",
                    "requirements",
                    "[\\w.-]*requirements[\\w.-]*\\.(?:txt|in)",
                    "",
                    "(?m)^[ \\t]*+([A-Za-z][\\w.-]*+)(?:\\[[^]\\n]*+])?[ \\t]*+(?:[=~>]=[ \\t]*+([\\d.]++))?"),
            of(
                    "pypi",
                    "pyproject.toml",
                    "(?m)^dependencies[ \\t]*+=[ \\t]*+\\[((?:[^\\]\"']|\"[^\"]*+\"|'[^']*+')*+)]",
                    "[\"']([A-Za-z][\\w.-]*+)(?:\\[[^]\\n]*+])?[ \\t(]*+(?:[=~>]=[ \\t]*+([\\d.]++))?"),
            of("pypi", "pyproject.toml", section(SECTION, "tool\\.poetry\\.dependencies"), TOML_LIBRARY),
            of("pypi", "Pipfile", section(SECTION, "packages"), TOML_LIBRARY),
            of("cargo", "Cargo.toml", section(SECTION, "dependencies"), TOML_LIBRARY),
            of(
                    "gem",
                    "Gemfile",
                    "",
                    "(?m)^(?:group[^\\n]{0,200}?(?:development|test)[^\\n]*+\\n(?:(?!end)[^\\n]*+\\n)*+end"
                            + "|[ \\t]*+gem[ \\t(]++[\"']([\\w.-]++)[\"'](?:,[ \\t]*+[\"'][~>= ]*+([\\d.]++))?)"),
            of("go", "go.mod", "", "(?m)^(?:require[ \\t]++|\\t)([\\w-]++\\.[\\w./-]++)[ \\t]++v([\\d.]++)[^\\n/]*+$"),
            new LibraryManifest(
                    "nuget",
                    ".csproj",
                    "[\\w.-]+\\.csproj",
                    "",
                    "<PackageReference\\s++Include=\"([\\w.-]++)\"(?:\\s++Version=\"([\\d.]++))?"));

    private static final Pattern INCLUDED = Pattern.compile("(?m)^[ \\t]*+(?:-r|--requirement)[ \\t=]++(\\S++)");

    private static LibraryManifest of(String ecosystem, String name, String sections, String library) {
        return new LibraryManifest(ecosystem, name, Pattern.quote(name), sections, library);
    }

    private static String section(String form, String name) {
        return form.replace("%s", name);
    }

    /** Whether a file is one, by its name. */
    static boolean isOne(Path file) {
        return ALL.stream().anyMatch(form -> form.isFor(file));
    }

    private boolean isFor(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.contains(part) && name.matches(file);
    }

    /** The libraries of a file; none if it is no manifest, or cannot be read. */
    static List<Coordinates> read(Path manifest) {
        List<Coordinates> found = new ArrayList<>();
        List<Path> files = new ArrayList<>(List.of(manifest));
        for (int i = 0; i < files.size() && i < MAX_INCLUDED; i++) {
            String text = text(files.get(i));
            for (LibraryManifest form : ALL) {
                if (form.isFor(files.get(i))) {
                    form.add(text, found);
                    Matcher included = INCLUDED.matcher(form.ecosystem.equals("pypi") ? text : "");
                    while (included.find()) {
                        sibling(files.get(i), included.group(1))
                                .filter(other -> form.isFor(other) && !files.contains(other))
                                .ifPresent(files::add);
                    }
                }
            }
        }
        return found;
    }

    /** A file beside or below another one; empty for a URL, or one that is elsewhere. */
    private static Optional<Path> sibling(Path file, String name) {
        try {
            Path other = file.resolveSibling(name).normalize();
            Path parent = file.normalize().getParent();
            Path above = parent == null ? null : parent.getParent();
            return above != null && other.startsWith(above) ? Optional.of(other) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String text(Path file) {
        try {
            return SourceFile.read(file, file.toString()).text();
        } catch (UnreadableSourceException e) {
            // Whoever installs from it says what is wrong.
            return "";
        }
    }

    private void add(String text, List<Coordinates> found) {
        if (sections.isEmpty()) {
            addAll(text, found);
        } else {
            Matcher section = Pattern.compile(sections).matcher(text);
            while (section.find()) {
                addAll(section.group(1), found);
            }
        }
    }

    private void addAll(String lines, List<Coordinates> found) {
        Matcher each = Pattern.compile(library).matcher(lines);
        while (each.find()) {
            if (each.group(1) != null) {
                String version = each.group(2) == null ? "" : each.group(2);
                found.add(new Coordinates(ecosystem, name(each.group(1)), version));
            }
        }
    }

    /** The name as its registry compares it. */
    private String name(String written) {
        return switch (ecosystem) {
            case "pypi" -> written.toLowerCase(Locale.ROOT).replaceAll("[-_.]++", "-");
            case "nuget", "composer" -> written.toLowerCase(Locale.ROOT);
            case "cargo" -> written.replace('_', '-');
            default -> written;
        };
    }
}
