// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each entry of the catalogue, in a project in which it applies, and in projects where one missing condition prevents
 * that.
 */
class LibraryCatalogueTest {

    /** Versions that cover each range in the catalogue. */
    private static final List<String> VERSIONS = List.of("3.5.7", "4.1.108.Final", "10.0.1", "15.0.10.Final");

    /** A project with a page of each file extension that the catalogue asks for. */
    private static final Path PROJECT_WITH_PAGES = Path.of("src/test/resources/libraries/pages");

    private static final Path COORDINATES = Path.of("src/test/resources/libraries/coordinates.txt");

    private static List<LibraryPattern> patterns() {
        return CatalogueFiles.libraries().stream()
                .flatMap(entry -> entry.as(LibraryEntry::all).stream())
                .map(LibraryEntry::subject)
                .flatMap(it -> Stream.of(it.library().stream(), it.with().stream(), it.without().stream())
                        .flatMap(patterns -> patterns))
                .toList();
    }

    @Test
    void everyLibraryHasCoordinatesOnMavenCentral() throws IOException {
        List<ProjectFacts.Coordinates> verified = Files.readAllLines(COORDINATES).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Situation::coordinates)
                .toList();

        List<LibraryPattern.Choice> named = patterns().stream()
                .flatMap(pattern -> pattern.choices().stream())
                .toList();

        assertThat(named).allMatch(choice -> verified.stream().anyMatch(choice::isNameOf));
        assertThat(verified).allMatch(library -> named.stream().anyMatch(choice -> choice.isNameOf(library)));
    }

    @TestFactory
    Stream<DynamicTest> anEntryAppliesExactlyIfAllItsConditionsAreMet() {
        return CatalogueFiles.libraries().stream()
                .flatMap(entry -> entry.as(LibraryEntry::all).stream()
                        .map(read -> dynamicTest(entry.name(), () -> new Trial(entry.json(), read).run())));
    }

    private record Trial(Json entry, LibraryEntry read) {

        void run() {
            boolean canBeCertain =
                    !read.fact().isAssumed() && !entry.strings("used").contains("unknown");
            Impact impact = canBeCertain ? read.fact().impact() : Impact.TOLERATED;
            for (String used : usedOrNothing()) {
                assertThat(impacts(complete(used))).as("with %s", used).contains(impact);
            }
            if (!read.usage().used().isEmpty()) {
                assertThat(impacts(complete(""))).as("unused").containsOnly(Impact.TOLERATED);
            }
            for (String left : all()) {
                assertThat(impacts(without(left))).as("without %s", left).isEmpty();
            }
            entry.strings("without").forEach(extra -> {
                Situation more = complete("");
                library(more, extra);
                assertThat(impacts(more)).as("with %s", extra).isEmpty();
            });
            entry.strings("unless").forEach(condition -> {
                Situation more = complete(usedOrNothing().get(0));
                set(more, condition.replaceFirst("^perhaps ", ""));
                // What is perhaps so leaves a doubt, and so does an entry with the same words that is not used.
                boolean leavesDoubt = condition.startsWith("perhaps ")
                        || entry.get("extends").text().isPresent();
                assertThat(impacts(more))
                        .as("with %s", condition)
                        .isSubsetOf(leavesDoubt ? List.of(Impact.TOLERATED, Impact.FEATURE) : List.of());
            });
            movers().forEach(this::moves);
        }

        /** The conditions of its write. */
        private List<String> movers() {
            return entry.get("writes").elements().stream()
                    .filter(write -> write.get("why")
                            .string()
                            .equals(read.fact().explanation().why()))
                    .flatMap(write -> write.strings("moved").stream())
                    .toList();
        }

        private void moves(String mover) {
            Situation moved = complete(usedOrNothing().get(0));
            set(moved, mover.replaceFirst("/.*", "") + " = /elsewhere");
            assertThat(needs(moved))
                    .as("with %s", mover)
                    .allMatch(need -> need.alternatives().stream()
                            .allMatch(path -> path.toString().startsWith("/elsewhere")));
        }

        private List<String> usedOrNothing() {
            List<String> used = entry.strings("used");
            return used.isEmpty() || used.contains("unknown") ? List.of("") : used;
        }

        /** All required conditions. */
        private List<String> all() {
            List<String> all = new ArrayList<>();
            entry.get("library").text().ifPresent(all::add);
            entry.get("agent").text().ifPresent(agent -> all.add("-javaagent:/opt/" + first(agent)));
            all.addAll(entry.strings("with"));
            // An application starts itself by default.
            entry.strings("when").stream()
                    .filter(condition -> !condition.equals("starts itself"))
                    .forEach(all::add);
            return all;
        }

        private Situation complete(String used) {
            return with(all(), used);
        }

        private Situation without(String left) {
            List<String> rest = all();
            rest.remove(left);
            return with(rest, usedOrNothing().get(0));
        }

        private static Situation with(List<String> parts, String used) {
            Situation situation = new Situation();
            parts.forEach(part -> set(situation, part));
            if (!used.isEmpty()) {
                set(situation, used);
            }
            return situation;
        }

        private List<Impact> impacts(Situation situation) {
            return needs(situation).stream().map(Need::impact).toList();
        }

        /** The needs of this entry. */
        private List<Need> needs(Situation situation) {
            String clause = read.fact()
                    .explanation()
                    .why()
                    .substring(0, read.fact().explanation().why().indexOf("{where}"));
            return situation.found().needs().stream()
                    .filter(need -> need.evidence().stream()
                            .anyMatch(evidence -> evidence.detail().contains("(" + clause)))
                    .toList();
        }
    }

    private static String first(String choices) {
        return choices.split(" \\| ", -1)[0].replace("*", "1");
    }

    private static void library(Situation situation, String pattern) {
        LibraryPattern.Choice choice = LibraryPattern.parse(pattern).choices().get(0);
        String version = VERSIONS.stream()
                .filter(choice.versions()::contains)
                .findFirst()
                .orElseThrow();
        situation.library(choice.name().replace("*", "1") + ":" + version);
    }

    /** Makes a condition true, or adds a library that matches a pattern. */
    private static void set(Situation situation, String condition) {
        String part = condition.replace(" switched off", " = false");
        String name = part.split(" = ", 2)[0].replace("*", "x");
        String value = part.contains(" = ") ? first(part.split(" = ", 2)[1]) : "/given";
        if (part.startsWith("-javaagent:")) {
            situation.option(part);
        } else if (part.startsWith("-D")) {
            situation.option(name + "=" + value);
        } else if (part.startsWith("$")) {
            situation.variable(name.substring(1), value);
        } else if (part.startsWith("code ")) {
            situation.hands(part.substring("code ".length()).split(" = ", 2)[0], value);
        } else if (part.startsWith("uses ")) {
            situation.uses(part.substring("uses ".length()));
        } else if (part.startsWith("pages ")) {
            situation.in(PROJECT_WITH_PAGES);
        } else if (part.equals("packaging = war")) {
            situation.packaging("war");
        } else if (part.startsWith("starts ")) {
            situation.argument(part.substring("starts ".length()));
        } else if (part.startsWith("jdbc:")) {
            situation.argument("--spring.datasource.url=" + first(part));
        } else if (part.contains(":") && !part.contains(" = ")) {
            library(situation, part);
        } else {
            // Every framework reads its keys from system properties.
            situation.option("-D" + name + "=" + value);
        }
    }
}
