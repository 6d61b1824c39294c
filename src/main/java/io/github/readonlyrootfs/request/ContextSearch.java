// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Finds what the COPY instructions of a Dockerfile read from, where nobody says it: the directory that has their sources. */
final class ContextSearch {

    /** Files that a project of its own has at its top. */
    private static final List<String> MANIFESTS = List.of(
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "package.json",
            "requirements.txt",
            "pyproject.toml",
            "Pipfile",
            "composer.json",
            "Gemfile",
            "go.mod",
            "Cargo.toml");

    private ContextSearch() {}

    static boolean isProject(Path directory) {
        return MANIFESTS.stream().anyMatch(name -> Files.isRegularFile(directory.resolve(name)));
    }

    /** The directory with most of the sources; of several the first. */
    static Path of(Path dockerfile, List<Path> directories) {
        List<String> sources = directories.size() == 1 ? List.of() : sources(dockerfile);
        Path best = directories.get(0);
        long most = -1;
        for (Path directory : directories) {
            long present =
                    sources.stream().filter(source -> isIn(directory, source)).count();
            if (present > most) {
                best = directory;
                most = present;
            }
        }
        return best;
    }

    private static List<String> sources(Path dockerfile) {
        try {
            return DockerfileParser.parse(SourceFile.read(dockerfile, dockerfile.toString()))
                    .copied();
        } catch (UnreadableSourceException e) {
            // The check says so.
            return List.of();
        }
    }

    private static boolean isIn(Path directory, String source) {
        String relative = source.replaceFirst("^/+", "");
        try {
            Path path = directory.resolve(relative).normalize();
            Path parent = path.getParent();
            if (!relative.matches(".*[*?\\[].*") || parent == null) {
                return Files.exists(path);
            }
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(parent, path.getFileName().toString())) {
                return found.iterator().hasNext();
            }
        } catch (IOException | InvalidPathException | PatternSyntaxException e) {
            // A URL, a variable, or nothing that is there.
            return false;
        }
    }
}
