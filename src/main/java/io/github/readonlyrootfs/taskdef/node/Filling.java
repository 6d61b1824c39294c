// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in the place of a file's placeholders, and remembers which placeholders there are. */
public final class Filling {

    /** More names are not kept. */
    private static final int MAX_NAMES = 1000;

    /** Empty where nothing is to be filled in. */
    private final Optional<TemplateValues> values;

    private final boolean variables;
    private final Optional<Pattern> words;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> asked = new HashSet<>();

    /**
     * A text whose placeholders have been looked up.
     *
     * @param open the first placeholder that has no value
     */
    record Filled(String text, Optional<String> open) {}

    private Filling(Optional<TemplateValues> values, boolean variables, Collection<String> words) {
        this.values = values;
        this.variables = variables;
        this.words = words.isEmpty()
                ? Optional.empty()
                : Optional.of(Pattern.compile("(?<!\\w)(?:" + String.join("|", words) + ")(?!\\w)"));
    }

    /** @param variables whether {@code ${x}} is a placeholder; in a CloudFormation template it is the template's own */
    public static Filling with(TemplateValues values, boolean variables) {
        return new Filling(Optional.of(values), variables, Set.of());
    }

    /** For a text without placeholders, even if it looks like one: a value that was filled in. */
    public static Filling none() {
        return new Filling(Optional.empty(), false, Set.of());
    }

    /**
     * The filling of the same file once more, with the names that no mark in it has and that are words in it: what
     * {@code sed s/IMAGE/…/} replaces. Empty where it has no such words.
     */
    public Optional<Filling> withWords(String text) {
        Set<String> found = new TreeSet<>();
        for (String name : unknownNames()) {
            if (Placeholder.isWord(name)
                    && Pattern.compile("(?<!\\w)" + name + "(?!\\w)")
                            .matcher(text)
                            .find()) {
                found.add(name);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new Filling(values, variables, found));
    }

    /** The text of a string, or of a part of one. */
    Filled fill(String text) {
        return values.isEmpty() ? new Filled(text, Optional.empty()) : fill(text, values.get());
    }

    private Filled fill(String text, TemplateValues from) {
        Placeholder.Finder placeholder = new Placeholder.Finder(text);
        Optional<Matcher> word = words.isEmpty()
                ? Optional.empty()
                : Optional.of(words.get().matcher(text).useTransparentBounds(true));
        StringBuilder filled = new StringBuilder();
        Optional<String> open = Optional.empty();
        int done = 0;
        int i = 0;
        while (i < text.length()) {
            Optional<String> found = found(placeholder, word, text, i);
            if (found.isEmpty()) {
                i++;
                continue;
            }
            String written = found.get();
            Optional<String> value = value(written, from);
            filled.append(text, done, i).append(value.orElse(written));
            open = open.isPresent() || value.isPresent() ? open : found;
            i += written.length();
            done = i;
        }
        return new Filled(done == 0 ? text : filled.append(text, done, i).toString(), open);
    }

    private static Optional<String> found(Placeholder.Finder placeholder, Optional<Matcher> word, String text, int at) {
        if (placeholder.isAt(at, text.length())) {
            return Optional.of(placeholder.group());
        }
        return word.isPresent() && word.get().region(at, text.length()).lookingAt()
                ? Optional.of(word.get().group())
                : Optional.empty();
    }

    /** The value of a text without quotes. */
    Filled fillUnquoted(String written) {
        if (values.isEmpty() || !Placeholder.isWord(written)) {
            return fill(written);
        }
        Optional<String> value = value(written, values.get());
        return new Filled(value.orElse(written), value.isPresent() ? Optional.empty() : Optional.of(written));
    }

    private Optional<String> value(String placeholder, TemplateValues from) {
        if (!variables && placeholder.startsWith("${") && !placeholder.startsWith("${{")) {
            return Optional.empty();
        }
        Optional<String> name = Placeholder.name(placeholder);
        Optional<String> given = name.isPresent() ? named(name.get()) : Optional.empty();
        Optional<String> property = given.isPresent() ? Optional.empty() : Placeholder.property(placeholder);
        return property.isPresent() ? from.property(property.get()) : given;
    }

    /** The value of a name that the file has; it is the user's mistake to give one to a name that it has not. */
    public Optional<String> named(String name) {
        asked.add(name);
        if (names.size() < MAX_NAMES) {
            names.add(name);
        }
        return values.isPresent() ? values.get().of(name) : Optional.empty();
    }

    /** The names that the file has, in order. */
    public Set<String> names() {
        return names;
    }

    /** The names with a value that the file has not. */
    public Set<String> unknownNames() {
        Set<String> unknown = new TreeSet<>(values.isPresent() ? values.get().names() : Set.of());
        unknown.removeAll(asked);
        return unknown;
    }
}
