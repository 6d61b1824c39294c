// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code decides by types; it may join and show a sentence, but not read it. */
class SentencesAreOnlyShownTest {

    private static final String SENTENCE = "(?<!access\\(\\))\\s*\\.(?:message|detail|reason|help|advice)\\(\\)";

    private static final String READS = "(?:equals|equalsIgnoreCase|contains|startsWith|endsWith|indexOf|lastIndexOf"
            + "|substring|replace|replaceAll|replaceFirst|matches|split|strip|trim|charAt|compareTo|hashCode)\\(";

    private static final Pattern READ =
            Pattern.compile(SENTENCE + "\\s*\\.\\s*" + READS + "|\\b" + READS + "[\\w.()]*" + SENTENCE + "\\s*\\)");

    @Test
    void noCodeComparesCutsOrSearchesASentence() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                Matcher matcher = READ.matcher(text);
                while (matcher.find()) {
                    found.add(file + ":"
                            + text.substring(0, matcher.start()).lines().count() + " " + matcher.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theCheckDetectsEachWayToReadASentence() {
        assertThat(List.of(
                        "unknown.reason().equals(TOO_MUCH)",
                        "finding.message()\n    .contains(\"root\")",
                        "text.startsWith(problem.help())",
                        "detail.equals(other.detail())"))
                .allMatch(code -> READ.matcher(code).find());
        assertThat(List.of("access().reason().equals(other.access().reason())", "text.append(finding.message())"))
                .noneMatch(code -> READ.matcher(code).find());
    }
}
