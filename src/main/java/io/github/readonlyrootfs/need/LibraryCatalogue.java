package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.need.LibraryPattern.Choice;
import io.github.readonlyrootfs.need.ProjectFacts.Coordinates;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is known of libraries and agents: the entries of the files in {@code libraries/}, in their order. */
final class LibraryCatalogue {

    private static final List<String> FILES = List.of("servers", "natives", "stores", "libraries", "agents");

    private final List<LibraryEntry> entries;
    private final Set<String> names = new HashSet<>();
    private final List<Choice> patterns;

    private LibraryCatalogue(List<LibraryEntry> entries) {
        this.entries = List.copyOf(entries);
        List<Choice> choices = entries.stream()
                .flatMap(entry -> entry.library().stream())
                .flatMap(library -> library.choices().stream())
                .toList();
        choices.forEach(choice -> names.add(choice.name()));
        this.patterns =
                choices.stream().filter(choice -> choice.pattern().isPresent()).toList();
    }

    /** Read when the first container is looked at: without inference, nobody asks. */
    private static final class Loaded {

        static final LibraryCatalogue CATALOGUE = new LibraryCatalogue(FILES.stream()
                .flatMap(name -> DataFiles.read(LibraryCatalogue.class, "libraries/" + name + ".json")
                        .orElseThrow()
                        .get("entries")
                        .elements()
                        .stream())
                .map(LibraryEntry::read)
                .toList());
    }

    static LibraryCatalogue load() {
        return Loaded.CATALOGUE;
    }

    List<LibraryEntry> entries() {
        return entries;
    }

    /** Whether some entry speaks of a library, so that what holds for unknown ones need not. */
    boolean knows(Coordinates library) {
        return names.contains(library.groupId() + ":" + library.artifactId())
                || patterns.stream().anyMatch(choice -> choice.isNameOf(library));
    }
}
