// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.Wildcards;
import io.github.readonlyrootfs.need.catalogue.LibraryPattern.Choice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of libraries and agents: the entries of the files in {@code libraries/}, in their order. A file is read
 * when a project may have something that it is about, and the rest of an entry when a project has its library.
 */
public final class LibraryCatalogue {

    /** About agents only. */
    private static final String AGENTS = "agents";

    /** About wars, whatever libraries they have. */
    private static final String WARS = "wars";

    static final List<String> FILES = List.of("servers", WARS, "natives", "stores", "libraries", AGENTS);

    private static final Map<String, List<Row>> READ = new ConcurrentHashMap<>();

    private LibraryCatalogue() {}

    /** An entry of which only the library is read. */
    private static final class Row {

        private final Json json;
        private final Optional<LibraryPattern> library;
        private @Nullable LibraryEntry entry;

        Row(Json json) {
            this.json = json;
            Optional<String> written = json.get("library").text();
            this.library = written.isPresent() ? Optional.of(LibraryPattern.parse(written.get())) : Optional.empty();
        }

        LibraryEntry entry() {
            LibraryEntry known = entry;
            if (known == null) {
                known = LibraryEntry.read(json);
                entry = known;
            }
            return known;
        }
    }

    /** The names that entries speak of: of a library that none knows, something else is said. */
    private static final class Names {

        static final Set<String> PLAIN = new HashSet<>();
        static final List<Choice> PATTERNS = new ArrayList<>();

        static {
            for (String file : FILES) {
                for (Row row : rows(file)) {
                    row.library.ifPresent(Names::add);
                }
            }
        }

        private static void add(LibraryPattern library) {
            for (Choice choice : library.choices()) {
                PLAIN.add(choice.name());
                if (choice.pattern().isPresent()) {
                    PATTERNS.add(choice);
                }
            }
        }
    }

    private static List<Row> rows(String file) {
        List<Row> known = READ.get(file);
        if (known != null) {
            return known;
        }
        List<Row> rows = new ArrayList<>();
        Json content = DataFiles.read(LibraryCatalogue.class, "libraries/" + file + ".json")
                .orElseThrow();
        for (Json entry : content.get("entries").elements()) {
            rows.add(new Row(entry));
        }
        READ.put(file, rows);
        return rows;
    }

    /** What is known of an application that is packaged so and has these libraries. */
    public static List<LibraryEntry> about(Libraries libraries, String packaging) {
        List<LibraryEntry> entries = new ArrayList<>();
        for (String file : FILES) {
            boolean wanted = file.equals(WARS) ? packaging.equals("war") : !libraries.isEmpty();
            if (wanted && !file.equals(AGENTS)) {
                for (Row row : rows(file)) {
                    if ((row.library.isEmpty() || libraries.has(row.library.get()))
                            && row.entry().subject().isIn(libraries)) {
                        entries.add(row.entry());
                    }
                }
            }
        }
        return entries;
    }

    /** What is known of a Java agent, by the name of its jar. */
    public static List<LibraryEntry> ofAgent(String jar) {
        List<LibraryEntry> entries = new ArrayList<>();
        for (Row row : rows(AGENTS)) {
            for (String pattern : row.entry().subject().agentJars()) {
                if (Wildcards.pattern(pattern).matcher(jar).matches()) {
                    entries.add(row.entry());
                    break;
                }
            }
        }
        return entries;
    }

    /** Whether some entry speaks of a library, so that what holds for unknown ones need not. */
    public static boolean knows(Coordinates library) {
        if (Names.PLAIN.contains(library.groupId() + ":" + library.artifactId())) {
            return true;
        }
        for (Choice choice : Names.PATTERNS) {
            if (choice.isNameOf(library)) {
                return true;
            }
        }
        return false;
    }
}
