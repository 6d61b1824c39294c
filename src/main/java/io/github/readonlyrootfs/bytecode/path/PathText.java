// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path as code puts it together: pieces that are known at build time, and pieces that have a name at least. Two
 * literals never stand side by side.
 */
public record PathText(List<Part> parts) {

    /** What nothing is known of. */
    public static final PathText UNKNOWN = new PathText(List.of(new Part.Unknown()));

    /** More pieces than that are no path of a real program. */
    private static final int MAX_PARTS = 64;

    /** Code may double a text in a loop; PATH_MAX of Linux is as long as a path gets. */
    private static final int MAX_LENGTH = 4096;

    /** One piece. */
    public sealed interface Part {

        record Literal(String text) implements Part {}

        /** A value from outside the code. */
        sealed interface Variable extends Part {

            /** What the code takes where it is not set. */
            Optional<String> otherwise();

            /** The same with this default. */
            Variable or(Optional<String> text);
        }

        /** {@code System.getProperty(name, otherwise)}. */
        record SystemProperty(String name, Optional<String> otherwise) implements Variable {

            @Override
            public SystemProperty or(Optional<String> text) {
                return new SystemProperty(name, text);
            }
        }

        /** {@code System.getenv(name)}, and what the code takes where that is not set. */
        record EnvironmentVariable(String name, Optional<String> otherwise) implements Variable {

            @Override
            public EnvironmentVariable or(Optional<String> text) {
                return new EnvironmentVariable(name, text);
            }
        }

        /**
         * The value of a configuration key, as a framework injects it.
         *
         * @param key as the code names it, such as {@code app.upload-dir}
         * @param otherwise the default that the code gives
         */
        record ConfigurationKey(String key, Optional<String> otherwise) implements Variable {

            @Override
            public ConfigurationKey or(Optional<String> text) {
                return new ConfigurationKey(key, text);
            }
        }

        /** What the code computes, which is unknown here. */
        record Unknown() implements Part {}
    }

    public PathText {
        parts = List.copyOf(parts);
    }

    /** A text that is known. */
    public static PathText literal(String text) {
        return new PathText(text.isEmpty() ? List.of() : List.of(new Part.Literal(text)));
    }

    /** A text with {@code ${key:default}} of a configuration in it; where that cannot be determined, an unknown one. */
    public static PathText withPlaceholders(String text) {
        return Injection.expression(text);
    }

    static PathText of(Part part) {
        return new PathText(List.of(part));
    }

    static PathText systemProperty(String name) {
        return of(new Part.SystemProperty(name, Optional.empty()));
    }

    /** The same with a default for where the variable or property that it is has no value. */
    PathText orElse(PathText otherwise) {
        return parts.size() == 1
                        && parts.get(0) instanceof Part.Variable variable
                        && otherwise.parts.size() == 1
                        && otherwise.parts.get(0) instanceof Part.Literal text
                ? of(variable.or(Optional.of(text.text())))
                : UNKNOWN;
    }

    /** The variable, property or key that it is, without a default; empty for any other text. */
    Optional<PathText> variable() {
        return parts.size() == 1 ? firstVariable() : Optional.empty();
    }

    /** The variable, property or key that it begins with, without a default. */
    Optional<PathText> firstVariable() {
        return !parts.isEmpty() && parts.get(0) instanceof Part.Variable variable
                ? Optional.of(of(variable.or(Optional.empty())))
                : Optional.empty();
    }

    /** The same where the variable that it begins with is not set. */
    PathText withDefault() {
        return !parts.isEmpty()
                        && parts.get(0) instanceof Part.Variable variable
                        && variable.otherwise().isPresent()
                ? literal(variable.otherwise().get()).concat(new PathText(parts.subList(1, parts.size())))
                : this;
    }

    /** The path that a pattern of {@code java.util.logging.FileHandler} stands for, as far as it begins with a directory. */
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

    /** The text where all of it is known. */
    public Optional<String> text() {
        if (parts.isEmpty()) {
            return Optional.of("");
        }
        return parts.size() == 1 && parts.get(0) instanceof Part.Literal literal
                ? Optional.of(literal.text())
                : Optional.empty();
    }

    /** Whether it says nothing at all about where the path begins. */
    public boolean beginsUnknown() {
        return !parts.isEmpty() && parts.get(0) instanceof Part.Unknown;
    }

    /** Whether the code computes a part of it. */
    public boolean isComputed() {
        return parts.contains(new Part.Unknown());
    }

    /** Whether it certainly begins with a text. */
    boolean begins(String text) {
        return !parts.isEmpty()
                && parts.get(0) instanceof Part.Literal first
                && first.text().startsWith(text);
    }

    /** Whether it begins with the pieces of another text that says something. */
    public boolean begins(PathText start) {
        return !start.parts.isEmpty()
                && !start.beginsUnknown()
                && start.parts.size() <= parts.size()
                && parts.subList(0, start.parts.size()).equals(start.parts);
    }

    /** The same without what it certainly begins with. */
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

    /** As {@code Path.resolve} does: an absolute child stands for itself, an empty one for this. */
    PathText resolve(PathText child) {
        if (child.parts.isEmpty()) {
            return this;
        }
        if (child.parts.get(0) instanceof Part.Literal first && first.text().startsWith("/")) {
            return child;
        }
        return below(child);
    }

    /** As {@code new File(parent, child)} does: the child is below the parent even where it is absolute. */
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

    /** The directory of the path; the path itself where its last piece has no slash that is known. */
    PathText parent() {
        if (!parts.isEmpty() && parts.get(parts.size() - 1) instanceof Part.Literal last) {
            int slash = last.text().lastIndexOf('/');
            if (slash > 0 || (slash == 0 && parts.size() > 1)) {
                return head(parts.size() - 1).concat(literal(last.text().substring(0, slash)));
            }
            if (slash == 0) {
                return literal("/");
            }
        }
        return UNKNOWN;
    }

    private PathText head(int count) {
        return new PathText(parts.subList(0, count));
    }
}
