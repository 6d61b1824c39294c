// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document of the project, as GitHub reads it. */
record Markdown(Path file, String text) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|(?m)^\\[[^]]+]: (\\S+)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    /** A block of code without its common indentation. */
    record Snippet(Path file, String language, String code) {

        @Override
        public String toString() {
            return file + ": " + code.lines().findFirst().orElse("");
        }
    }

    static Markdown read(Path file) {
        try {
            return new Markdown(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** README and the files beside it, in {@code docs} and in {@code .github}. */
    static List<Markdown> all() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of(""))) {
            top.forEach(files::add);
        }
        for (String directory : List.of("docs", ".github")) {
            try (Stream<Path> below = Files.walk(Path.of(directory))) {
                below.forEach(files::add);
            }
        }
        return files.stream()
                .filter(file -> file.toString().endsWith(".md"))
                .sorted()
                .map(Markdown::read)
                .toList();
    }

    List<Snippet> snippets(String language) {
        return FENCED.matcher(text)
                .results()
                .filter(block -> block.group(2).equals(language))
                .map(block -> new Snippet(file, language, block.group(3).replaceAll("(?m)^" + block.group(1), "")))
                .toList();
    }

    /** The targets of its links within the project. */
    List<String> links() {
        return LINK.matcher(prose())
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(target -> !target.matches("(https?|mailto):.*"))
                .toList();
    }

    /** The anchors that GitHub gives its headings. */
    Set<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The texts between backticks. */
    List<String> codes() {
        return CODE.matcher(prose()).results().map(code -> code.group(1)).toList();
    }

    /** The part between two comments with this name. */
    String section(String name) {
        MatchResult section = Pattern.compile("(?s)<!-- " + name + " -->\\n(.*?)<!-- /" + name + " -->")
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " has no section " + name));
        return section.group(1);
    }

    /** The document with another text in that part. */
    Markdown withSection(String name, String content) {
        return new Markdown(file, text.replace(section(name), content));
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }
}
