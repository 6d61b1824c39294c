package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.need.LibraryPattern.Choice;
import io.github.readonlyrootfs.need.ProjectFacts.Coordinates;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is known of libraries and agents: the entries of the files in {@code catalogue/}, in their order. */
final class Catalogue {

    private static final List<String> FILES = List.of("servers", "natives", "stores", "libraries", "agents");

    private final List<CatalogueEntry> entries;
    private final Set<String> names = new HashSet<>();
    private final List<Choice> patterns;

    private Catalogue(List<CatalogueEntry> entries) {
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

        static final Catalogue CATALOGUE =
                new Catalogue(FILES.stream()
                        .flatMap(name -> DataFiles.read(Catalogue.class, "catalogue/" + name + ".json")
                                .orElseThrow()
                                .get("entries")
                                .elements()
                                .stream())
                        .map(CatalogueEntry::read)
                        .toList());
    }

    static Catalogue load() {
        return Loaded.CATALOGUE;
    }

    List<CatalogueEntry> entries() {
        return entries;
    }

    /** Whether some entry speaks of a library, so that what holds for unknown ones need not. */
    boolean knows(Coordinates library) {
        return names.contains(library.groupId() + ":" + library.artifactId())
                || patterns.stream().anyMatch(choice -> choice.isNameOf(library));
    }
}
