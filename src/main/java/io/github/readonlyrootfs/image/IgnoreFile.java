package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A {@code .dockerignore}: the last pattern that matches a path or one of its parents decides. */
final class IgnoreFile {

    private record Rule(Pattern pattern, boolean exception) {}

    private final List<Rule> rules = new ArrayList<>();

    private IgnoreFile() {}

    /** Reads {@code <Dockerfile>.dockerignore}, else {@code .dockerignore}, else nothing. */
    static IgnoreFile read(Path context, String dockerfile) {
        IgnoreFile file = new IgnoreFile();
        for (String name : List.of(dockerfile + ".dockerignore", ".dockerignore")) {
            Path path = context.resolve(name);
            if (Files.isRegularFile(path)) {
                try {
                    SourceFile.read(path, name).text().lines().forEach(file::add);
                } catch (UnreadableSourceException e) {
                    // Unreadable to us; nothing is left out then.
                    return new IgnoreFile();
                }
                break;
            }
        }
        return file;
    }

    void add(String line) {
        String pattern = line.trim();
        if (pattern.isEmpty() || pattern.startsWith("#")) {
            return;
        }
        boolean exception = pattern.startsWith("!");
        String cleaned = (exception ? pattern.substring(1).trim() : pattern)
                .replaceFirst("^(\\./|/)+", "")
                .replaceFirst("/+$", "");
        if (!cleaned.isEmpty() && !cleaned.equals(".")) {
            rules.add(new Rule(Pattern.compile(regex(cleaned)), exception));
        }
    }

    boolean hasExceptions() {
        return rules.stream().anyMatch(Rule::exception);
    }

    /** @param path relative to the context, with slashes */
    boolean excludes(String path) {
        boolean excluded = false;
        for (Rule rule : rules) {
            if (rule.exception == excluded && rule.pattern.matcher(path).matches()) {
                excluded = !rule.exception;
            }
        }
        return excluded;
    }

    /** Matches the path itself and everything below it. */
    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex + "(?:/.*)?";
    }
}
