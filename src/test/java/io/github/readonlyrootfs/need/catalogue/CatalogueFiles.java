// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.Catalogue.Entry;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All files of the catalogue, whether the index names them or not. */
public final class CatalogueFiles {

    static final Path DIRECTORY = Path.of("src/main/resources/io/github/readonlyrootfs/need/catalogue");

    private CatalogueFiles() {}

    /** Their names in the index. */
    static List<String> names() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.map(file -> DIRECTORY.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.contains("/") && name.endsWith(".json"))
                    .map(name -> name.replaceFirst("\\.json$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries of the files in one of the directories. */
    private static Stream<Entry> in(String directory) {
        return names().stream()
                .filter(name -> name.startsWith(directory + "/"))
                .flatMap(name -> Catalogue.in(name).stream());
    }

    /** Entries about libraries, agents and packagings. */
    static List<Entry> libraries() {
        return Stream.concat(in("libraries"), in("agents")).toList();
    }

    /** Entries about images and programs. */
    public static List<Entry> programs() {
        return in("programs").toList();
    }

    /** Entries about settings. */
    static List<Entry> settings() {
        return in("settings").toList();
    }

    /** The writes of an entry about an image or a program. */
    public static PublishedWriter writer(Entry entry) {
        return PublishedWriter.read(entry);
    }

    /** The facts of each write. */
    public static List<WriteFact> writes(Entry entry) {
        return writer(entry).writes();
    }

    /** The patterns for configuration files. */
    public static Set<Pattern> patterns() {
        Map<String, Pattern> patterns = new TreeMap<>();
        for (Entry entry : programs()) {
            for (WriteFact fact : writes(entry)) {
                for (Mover mover : fact.moved()) {
                    if (mover instanceof Mover.InFile inFile) {
                        patterns.put(inFile.pattern().pattern(), inFile.pattern());
                    }
                }
                Stream.of(fact.conditions().when(), fact.conditions().unless())
                        .flatMap(List::stream)
                        .flatMap(CatalogueFiles::pattern)
                        .forEach(pattern -> patterns.put(pattern.pattern(), pattern));
            }
        }
        return Set.copyOf(patterns.values());
    }

    private static Stream<Pattern> pattern(Condition condition) {
        return condition instanceof Condition.Configured configured
                ? Stream.of(configured.pattern())
                : condition instanceof Condition.Sources sources ? Stream.of(sources.pattern()) : Stream.empty();
    }

    /** The subjects that lead to the entries of a file. */
    static Set<String> subjects(String file) {
        Set<String> subjects = new TreeSet<>();
        for (Entry entry : Catalogue.in(file)) {
            Json json = entry.json();
            if (file.startsWith("settings/")) {
                subjects.add(file.replace("settings/", "framework="));
            } else if (json.has("library")) {
                LibraryPattern.parse(json.get("library").string())
                        .choices()
                        .forEach(choice -> subjects.add(choice.name()));
            } else if (json.has("ecosystem")) {
                subjects.add("ecosystem=" + json.get("ecosystem").string());
            } else if (json.has("agent")) {
                for (String jar : json.get("agent").string().split(" \\| ", -1)) {
                    subjects.add("-javaagent:" + jar);
                }
            } else if (json.has("images") && !json.has("packages")) {
                subjects.addAll(json.strings("images"));
            } else if (json.has("programs")) {
                subjects.addAll(json.strings("programs"));
            } else {
                json.strings("when").stream()
                        .filter(condition -> condition.startsWith("packaging = "))
                        .forEach(condition -> subjects.add(condition.replace(" ", "")));
            }
        }
        Set<String> written = new TreeSet<>();
        subjects.forEach(subject -> written.add(subject.replaceFirst("\\*.*", "*")));
        return written;
    }
}
