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
 * What is known of software that writes: small files of entries. A file is read when something that it is about is there;
 * {@code index.txt} says which, and is made from the files. A line of it has a file's name and its subjects:
 *
 * <ul>
 *   <li>{@code groupId:artifactId} of a library, {@code -javaagent:agent.jar} of an agent, {@code packaging=war}
 *   <li>the name of an image, or of a program
 *   <li>with an asterisk at its end, all that begin so
 * </ul>
 *
 * <p>Of all entries, {@code name} is their own name, {@code sources} says where they are known from, and {@code extends}
 * names an entry before it in the same file whose keys it takes, but for those that it has itself. One of its {@code writes}
 * that has {@code extends} takes the keys of the write of that name in the same way.
 */
public final class Catalogue {

    private static final String DIRECTORY = "/io/github/readonlyrootfs/need/catalogue/";

    private static final Map<String, List<Entry>> READ = new ConcurrentHashMap<>();

    private Catalogue() {}

    /** An entry; there is one object for each, which can be a key. */
    public static final class Entry {

        private final String file;
        private final Json json;

        private Entry(String file, Json json) {
            this.file = file;
            this.json = json;
        }

        /** Without its ending. */
        public String file() {
            return file;
        }

        public Json json() {
            return json;
        }

        public String name() {
            return json.get("name").string();
        }

        /** Makes something of it; a failure names the file and the entry. */
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

    /** Read when the first container is looked at; not at all without inference. */
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

        /** The file that is read has a subject. */
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
            // The groupId of a library inside an archive may not be known.
            if (subject.startsWith(":")) {
                for (Map.Entry<String, List<Integer>> known : EXACT.entrySet()) {
                    if (known.getKey().endsWith(subject)) {
                        files.addAll(known.getValue());
                    }
                }
            }
        }
    }

    /** The entries of the files that are about one of these subjects, in the order of the files. */
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

    /** The entries of one file, with what they extend. */
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
            throw new IllegalStateException("nothing before it is called " + name);
        }
        return found;
    }
}
