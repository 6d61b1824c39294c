// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.rule.engine.RulePage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

    static List<RulePage> pages() {
        return Rules.pages();
    }

    @Test
    void idsAreSortedUniqueAndInKebabCase() {
        assertThat(Rules.ids()).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void everyRuleHasAPageAndEveryPageHasARule() throws IOException, URISyntaxException {
        Path directory = Path.of(RulesTest.class
                        .getResource("/io/github/readonlyrootfs/rule/pages/unused-ignore.md")
                        .toURI())
                .getParent();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(Rules.ids());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasItsSectionsInOrder(RulePage page) {
        assertThat(page.lines()).noneMatch(line -> line.startsWith("#") || line.contains("```"));
        assertThat(page.markdown().lines().filter(line -> line.matches("#+ .*")))
                .containsExactly("# " + page.id(), "## What", "## Why", "## How to fix", "## Example");
        assertThat(page.markdown())
                .startsWith("# " + page.id() + "\n\n" + page.summary() + "\n\nSeverity: "
                        + page.severity().name().toLowerCase(Locale.ROOT) + "\n\n## What\n\n");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aSummaryIsOneSentence(RulePage page) {
        assertThat(page.summary()).matches("[^.]+(\\.\\S[^.]*)*\\.");
    }
}
