// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known about software that writes: small files with entries. A file is read if one of its subjects is present. The
 * generated {@code index.txt} lists the subjects: each line has a file's name and its subjects:
 *
 * <ul>
 *   <li>{@code groupId:artifactId} of a library, {@code -javaagent:agent.jar} of an agent, {@code packaging=war}
 *   <li>the name of an image, or of a program
 *   <li>with an asterisk at its end, all subjects with this prefix
 * </ul>
 *
 * <p>In every entry, {@code name} is its name, {@code sources} lists where the facts come from, and {@code extends} names an
 * earlier entry of the same file from which it inherits the keys that it lacks. A write in {@code writes} with {@code extends}
 * inherits from the write of that name in the same way.
 */
public final class Catalogue {

    private static final String DIRECTORY = "/io/github/readonlyrootfs/need/catalogue/";

    private static final Map<String, List<Entry>> READ = new ConcurrentHashMap<>();

    private Catalogue() {}

    /** An entry. There is one object for each, so it can be the key of a map. */
    public static final class Entry {

        private final String file;
        private final Json json;

        private Entry(String file, Json json) {
            this.file = file;
            this.json = json;
        }

        /** Its file's name, without the extension. */
        public String file() {
            return file;
        }

        public Json json() {
            return json;
        }

        public String name() {
            return json.get("name").string();
        }

        /** Converts the entry; an exception names the file and the entry. */
        public <T> T as(Function<Json, T> reader) {
            try {
                return reader.apply(json);
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        file + ".json, entry " + json.get("name").text().orElse("without a name") + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }

    /** Loaded with the first container that is checked; never without inference. */
    private static final class Index {

        static final List<String> FILES = new ArrayList<>();

        /** The positions of the files that are about a subject. */
        private static final Map<String, List<Integer>> EXACT = new HashMap<>();

        private static final Map<String, List<Integer>> PREFIXES = new HashMap<>();

        static {
            for (String line :
                    DataFiles.text(Catalogue.class, DIRECTORY + "index.txt").split("\n", -1)) {
                if (!line.isEmpty()) {
                    String[] words = line.split(" ", -1);
                    for (int i = 1; i < words.length; i++) {
                        add(words[i]);
                    }
                    FILES.add(words[0]);
                }
            }
        }

        /** Adds a subject of the file that is being read. */
        private static void add(String subject) {
            int star = subject.indexOf('*');
            Map<String, List<Integer>> subjects = star < 0 ? EXACT : PREFIXES;
            String key = star < 0 ? subject : subject.substring(0, star);
            List<Integer> files = subjects.get(key);
            if (files == null) {
                files = new ArrayList<>(1);
                subjects.put(key, files);
            }
            files.add(FILES.size());
        }

        static void collect(String subject, Collection<Integer> files) {
            files.addAll(EXACT.getOrDefault(subject, List.of()));
            for (Map.Entry<String, List<Integer>> prefix : PREFIXES.entrySet()) {
                if (subject.startsWith(prefix.getKey())) {
                    files.addAll(prefix.getValue());
                }
            }
            // The groupId of a library inside an archive may be unknown.
            if (subject.startsWith(":")) {
                for (Map.Entry<String, List<Integer>> known : EXACT.entrySet()) {
                    if (known.getKey().endsWith(subject)) {
                        files.addAll(known.getValue());
                    }
                }
            }
        }
    }

    /** The entries of all files about one of these subjects, in the order of the files. */
    public static List<Entry> about(Collection<String> subjects) {
        TreeSet<Integer> files = new TreeSet<>();
        for (String subject : subjects) {
            Index.collect(subject, files);
        }
        List<Entry> entries = new ArrayList<>();
        for (int file : files) {
            entries.addAll(in(Index.FILES.get(file)));
        }
        return entries;
    }

    /** The entries of one file, with inherited keys. */
    public static List<Entry> in(String file) {
        List<Entry> known = READ.get(file);
        if (known == null) {
            known = read(file);
            READ.put(file, known);
        }
        return known;
    }

    private static List<Entry> read(String file) {
        Map<String, Json> named = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        Optional<Json> content = DataFiles.read(Catalogue.class, DIRECTORY + file + ".json");
        if (content.isEmpty()) {
            throw new IllegalStateException(file + ".json is missing");
        }
        for (Json written : content.get().get("entries").elements()) {
            Entry entry = new Entry(file, written);
            if (written.has("extends")) {
                entry = new Entry(file, entry.as(json -> extended(json, named)));
            }
            named.put(entry.name(), entry.json());
            entries.add(entry);
        }
        return List.copyOf(entries);
    }

    private static Json extended(Json entry, Map<String, Json> named) {
        Json extended = found(entry.get("extends").string(), named);
        Map<String, Json> writes = new LinkedHashMap<>();
        for (Json write : extended.get("writes").elements()) {
            write.get("name").text().ifPresent(name -> writes.put(name, write));
        }
        List<Json> own = new ArrayList<>();
        for (Json write : entry.get("writes").elements()) {
            Optional<String> other = write.get("extends").text();
            own.add(other.isPresent() ? write.over(found(other.get(), writes)) : write);
        }
        Json merged = entry.over(extended);
        return own.isEmpty() ? merged : merged.with("writes", own);
    }

    private static Json found(String name, Map<String, Json> named) {
        @Nullable Json found = named.get(name);
        if (found == null) {
            throw new IllegalStateException("no earlier entry is called " + name);
        }
        return found;
    }
}
