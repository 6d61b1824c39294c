// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.Catalogue.Entry;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The catalogue's entries for libraries and agents, in {@code libraries/} and {@code agents/}. */
public final class LibraryCatalogue {

    private static final Map<Entry, List<LibraryEntry>> READ = new ConcurrentHashMap<>();

    private LibraryCatalogue() {}

    private static List<LibraryEntry> read(Entry entry) {
        List<LibraryEntry> known = READ.get(entry);
        if (known == null) {
            known = entry.as(LibraryEntry::all);
            READ.put(entry, known);
        }
        return known;
    }

    private static List<LibraryEntry> about(Set<String> subjects) {
        List<LibraryEntry> entries = new ArrayList<>();
        for (Entry entry : Catalogue.about(subjects)) {
            entries.addAll(read(entry));
        }
        return entries;
    }

    /** The entries for an application with these libraries and this packaging. */
    public static List<LibraryEntry> about(Libraries libraries, String packaging) {
        Set<String> subjects = new LinkedHashSet<>(libraries.names());
        subjects.add("packaging=" + packaging);
        List<LibraryEntry> entries = new ArrayList<>();
        for (LibraryEntry entry : about(subjects)) {
            if (entry.subject().isIn(libraries)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** The entries for a Java agent, by the name of its jar. */
    public static List<LibraryEntry> ofAgent(String jar) {
        List<LibraryEntry> entries = about(Set.of("-javaagent:" + jar));
        entries.removeIf(entry -> !Wildcard.any(entry.subject().agentJars(), jar));
        return entries;
    }

    /** Whether an entry describes a library, so that the defaults for unknown ones do not apply. */
    public static boolean knows(Coordinates library) {
        for (LibraryEntry entry : about(Set.of(library.groupId() + ":" + library.artifactId()))) {
            if (entry.subject().library().isPresent()
                    && entry.subject().library().get().isNameOf(library)) {
                return true;
            }
        }
        return false;
    }
}
