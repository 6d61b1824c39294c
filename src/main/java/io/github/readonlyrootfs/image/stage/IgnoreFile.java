// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A {@code .dockerignore}: the last pattern that matches a path or one of its parents decides. */
public final class IgnoreFile {

    /** Files that people write have some dozens; each entry of the context is compared with all of them. */
    private static final int MAX_PATTERNS = 10_000;

    private record Rule(IgnorePattern pattern, boolean exception) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean told = true;
    private boolean exceptions;

    private IgnoreFile() {}

    /**
     * What the builder does not see of a context; nothing where that is not understood.
     *
     * @return whether it excludes a path, relative to the context, with slashes
     */
    public static Predicate<String> excluded(Path context, String dockerfile) {
        IgnoreFile file = read(context, dockerfile, "");
        Effort effort = new Effort(BuildContext.MAX_STEPS);
        return path -> file.told && file.excludes(path, effort);
    }

    /**
     * Reads {@code <Dockerfile>.dockerignore}, else {@code .dockerignore}, else nothing.
     *
     * @param prefix the prefix of the names of files in messages
     */
    static IgnoreFile read(Path context, String dockerfile, String prefix) {
        IgnoreFile file = new IgnoreFile();
        for (String name : List.of(dockerfile + ".dockerignore", ".dockerignore")) {
            Path path = context.resolve(name);
            if (Files.isRegularFile(path)) {
                try {
                    file.read(SourceFile.read(path, prefix + name));
                } catch (UnreadableSourceException e) {
                    file.problems.add(e.problem());
                    file.told = false;
                }
                break;
            }
        }
        return file;
    }

    private void read(SourceFile source) {
        for (int line = 1; line <= source.lineCount(); line++) {
            String written = source.line(line).trim();
            if (written.isEmpty() || written.startsWith("#")) {
                continue;
            }
            int start = source.lineStart(line);
            int end = start + source.line(line).length();
            if (rules.size() == MAX_PATTERNS) {
                problems.add(new Problem(
                        source.location(start, end),
                        "there are " + MAX_PATTERNS + " patterns before this one, and no more are read",
                        "write patterns that match more, such as **/*.log"));
                told = false;
                return;
            }
            try {
                add(written);
            } catch (IgnorePattern.SyntaxException e) {
                problems.add(new Problem(
                        source.location(start, end),
                        "syntax error in pattern: " + e.getMessage(),
                        "escape special characters with a backslash"));
            }
        }
    }

    private void add(String written) throws IgnorePattern.SyntaxException {
        boolean exception = written.startsWith("!");
        String pattern = exception ? written.substring(1).trim() : written;
        if (pattern.isEmpty()) {
            throw new IgnorePattern.SyntaxException("nothing follows the exclamation mark");
        }
        Optional<String> cleaned = cleaned(pattern);
        if (cleaned.isEmpty()) {
            return;
        }
        Optional<IgnorePattern> read = IgnorePattern.of(cleaned.get());
        told &= read.isPresent();
        read.ifPresent(known -> rules.add(new Rule(known, exception)));
        exceptions |= exception;
    }

    /** Without {@code .}, {@code ..} and superfluous slashes; empty if it names nothing in the context. */
    private static Optional<String> cleaned(String pattern) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : pattern.split("/", -1)) {
            if (name.equals("..")) {
                if (names.pollLast() == null && !pattern.startsWith("/")) {
                    return Optional.empty();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join("/", names));
    }

    /** Why the builder rejects it, or why it is not read completely. */
    List<Problem> problems() {
        return problems;
    }

    /** Whether all of its patterns are understood. */
    boolean isTold() {
        return told;
    }

    boolean hasExceptions() {
        return exceptions;
    }

    /** @param path relative to the context, with slashes */
    boolean excludes(String path, Effort effort) {
        boolean excluded = false;
        for (Rule rule : rules) {
            effort.spend(1);
            if (rule.exception == excluded && !effort.isSpent()) {
                effort.spend(Math.min(path.length(), rule.pattern.length()));
                excluded = rule.pattern.matches(path) != excluded;
            }
        }
        return excluded;
    }
}
