// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the data files that lie beside the classes which use them. */
public final class DataFiles {

    /** Builds with many modules, and tasks with many containers, need the same few files repeatedly. */
    private static final Map<String, Optional<Json>> READ = new ConcurrentHashMap<>();

    private DataFiles() {}

    /**
     * Reads a text file.
     *
     * @param owner the class beside which the file lies
     */
    public static String text(Class<?> owner, String name) {
        Optional<String> content = content(owner, name);
        if (content.isEmpty()) {
            throw new IllegalStateException(name + " is missing");
        }
        return content.get();
    }

    /**
     * Reads the lines of a text that are neither blank nor a comment.
     *
     * @param owner the class beside which it is
     */
    public static List<String> lines(Class<?> owner, String name) {
        List<String> lines = new ArrayList<>();
        for (String line : text(owner, name).split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line.stripTrailing());
            }
        }
        return lines;
    }

    /**
     * Reads the words of a text, comments left out.
     *
     * @param owner the class beside which it is
     */
    public static Set<String> words(Class<?> owner, String name) {
        Set<String> words = new HashSet<>();
        for (String line : lines(owner, name)) {
            words.addAll(Arrays.asList(line.split(" ", -1)));
        }
        return words;
    }

    /**
     * Reads a JSON file.
     *
     * @param owner the class beside which the file lies
     * @return empty if there is no file of that name
     */
    public static Optional<Json> read(Class<?> owner, String name) {
        String path = owner.getPackageName() + "/" + name;
        Optional<Json> known = READ.get(path);
        if (known == null) {
            known = parsed(owner, name);
            READ.put(path, known);
        }
        return known;
    }

    private static Optional<Json> parsed(Class<?> owner, String name) {
        Optional<String> text = content(owner, name);
        try {
            return text.isPresent() ? Optional.of(Json.parse(text.get())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static Optional<String> content(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
