// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path that code constructs from literals, variables and unknown parts. Two literals are never adjacent.
 */
public record PathText(List<Part> parts) {

    /** An unknown text. */
    public static final PathText UNKNOWN = new PathText(List.of(new Part.Unknown()));

    /** No path of a real program has more parts. */
    private static final int MAX_PARTS = 64;

    /** PATH_MAX of Linux; code may double a text in a loop. */
    private static final int MAX_LENGTH = 4096;

    /** A part of a path. */
    public sealed interface Part {

        record Literal(String text) implements Part {}

        /**
         * A value from outside the code.
         *
         * @param name as the code has it, such as {@code java.io.tmpdir}, {@code UPLOAD_DIR} or {@code app.upload-dir}
         * @param otherwise the default that the code uses if it is not set
         */
        record Variable(Kind kind, String name, Optional<String> otherwise) implements Part {}

        /** Where the value of a variable is set. */
        enum Kind {
            SYSTEM_PROPERTY,
            ENVIRONMENT_VARIABLE,
            /** A key of the application's configuration. */
            KEY
        }

        /** A part that the code computes. */
        record Unknown() implements Part {}
    }

    public PathText {
        parts = List.copyOf(parts);
    }

    /** A known text. */
    public static PathText literal(String text) {
        return new PathText(text.isEmpty() ? List.of() : List.of(new Part.Literal(text)));
    }

    /** Parses a text with placeholders {@code ${key:default}}; unknown if it has expressions. */
    public static PathText withPlaceholders(String text) {
        return Injection.expression(text);
    }

    static PathText of(Part part) {
        return new PathText(List.of(part));
    }

    static PathText systemProperty(String name) {
        return variable(Part.Kind.SYSTEM_PROPERTY, name, Optional.empty());
    }

    static PathText variable(Part.Kind kind, String name, Optional<String> otherwise) {
        return of(new Part.Variable(kind, name, otherwise));
    }

    /** A variable with a default; unknown for any other text. */
    PathText orElse(PathText otherwise) {
        return parts.size() == 1
                        && parts.get(0) instanceof Part.Variable variable
                        && otherwise.parts.size() == 1
                        && otherwise.parts.get(0) instanceof Part.Literal text
                ? variable(variable.kind(), variable.name(), Optional.of(text.text()))
                : UNKNOWN;
    }

    /** A text that is one variable, without its default; empty for any other text. */
    Optional<PathText> variable() {
        return parts.size() == 1 ? firstVariable() : Optional.empty();
    }

    /** The variable at the beginning, without its default. */
    Optional<PathText> firstVariable() {
        return !parts.isEmpty() && parts.get(0) instanceof Part.Variable variable
                ? Optional.of(variable(variable.kind(), variable.name(), Optional.empty()))
                : Optional.empty();
    }

    /** This text if the variable at its beginning is not set. */
    PathText withDefault() {
        return !parts.isEmpty()
                        && parts.get(0) instanceof Part.Variable variable
                        && variable.otherwise().isPresent()
                ? literal(variable.otherwise().get()).concat(new PathText(parts.subList(1, parts.size())))
                : this;
    }

    /** The path for a pattern of {@code java.util.logging.FileHandler}, if it begins with a directory. */
    PathText withoutLogPattern() {
        if (parts.isEmpty()
                || !(parts.get(0) instanceof Part.Literal first)
                || !first.text().startsWith("%")) {
            return this;
        }
        String property = first.text().startsWith("%h") ? "user.home" : "java.io.tmpdir";
        boolean known = first.text().startsWith("%h") || first.text().startsWith("%t");
        return known
                ? systemProperty(property)
                        .concat(literal(first.text().substring(2)))
                        .concat(new PathText(parts.subList(1, parts.size())))
                : UNKNOWN;
    }

    /** The text if all of it is known. */
    public Optional<String> text() {
        if (parts.isEmpty()) {
            return Optional.of("");
        }
        return parts.size() == 1 && parts.get(0) instanceof Part.Literal literal
                ? Optional.of(literal.text())
                : Optional.empty();
    }

    /** Whether its beginning is unknown. */
    public boolean beginsUnknown() {
        return !parts.isEmpty() && parts.get(0) instanceof Part.Unknown;
    }

    /** Whether a part of it is computed. */
    public boolean isComputed() {
        return parts.contains(new Part.Unknown());
    }

    /** Whether it certainly begins with a text. */
    boolean begins(String text) {
        return !parts.isEmpty()
                && parts.get(0) instanceof Part.Literal first
                && first.text().startsWith(text);
    }

    /** Whether it begins with the parts of another text whose beginning is known. */
    public boolean begins(PathText start) {
        return !start.parts.isEmpty()
                && !start.beginsUnknown()
                && start.parts.size() <= parts.size()
                && parts.subList(0, start.parts.size()).equals(start.parts);
    }

    /** This text without a beginning that it certainly has. */
    PathText without(String start) {
        return begins(start) && parts.get(0) instanceof Part.Literal first
                ? literal(first.text().substring(start.length())).concat(new PathText(parts.subList(1, parts.size())))
                : this;
    }

    PathText concat(PathText next) {
        if (parts.size() + next.parts.size() > MAX_PARTS) {
            return UNKNOWN;
        }
        List<Part> all = new ArrayList<>(parts);
        for (Part part : next.parts) {
            int last = all.size() - 1;
            if (part instanceof Part.Literal right && last >= 0 && all.get(last) instanceof Part.Literal left) {
                if (left.text().length() + right.text().length() > MAX_LENGTH) {
                    return UNKNOWN;
                }
                all.set(last, new Part.Literal(left.text() + right.text()));
            } else {
                all.add(part);
            }
        }
        return new PathText(all);
    }

    /** Same as {@code Path.resolve}: an absolute child is the result, an empty one gives this path. */
    PathText resolve(PathText child) {
        if (child.parts.isEmpty()) {
            return this;
        }
        if (child.parts.get(0) instanceof Part.Literal first && first.text().startsWith("/")) {
            return child;
        }
        return below(child);
    }

    /** Same as {@code new File(parent, child)}: the child is below the parent even if it is absolute. */
    PathText below(PathText child) {
        if (parts.isEmpty() || child.parts.isEmpty()) {
            return concat(child);
        }
        boolean separated = (parts.get(parts.size() - 1) instanceof Part.Literal last
                        && last.text().endsWith("/"))
                || (child.parts.get(0) instanceof Part.Literal first
                        && first.text().startsWith("/"));
        return separated ? concat(child) : concat(literal("/")).concat(child);
    }

    /** The directory of the path; unknown if its last part has no slash. */
    PathText parent() {
        if (!parts.isEmpty() && parts.get(parts.size() - 1) instanceof Part.Literal last) {
            String path = withoutLastSlashes(last.text());
            int slash = path.lastIndexOf('/');
            if (slash >= 0) {
                String directory = withoutLastSlashes(path.substring(0, slash));
                return directory.isEmpty() && parts.size() == 1
                        ? literal("/")
                        : head(parts.size() - 1).concat(literal(directory));
            }
        }
        return UNKNOWN;
    }

    /** As {@code java.io.File} has it: there may be several slashes in a row, and some at the end. */
    private static String withoutLastSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private PathText head(int count) {
        return new PathText(parts.subList(0, count));
    }
}
