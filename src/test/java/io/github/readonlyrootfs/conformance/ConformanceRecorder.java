// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Asks the engine for the answers to all cases that are new or have changed, and records them.
 *
 * <pre>
 * sudo src/test/conformance/engine up
 * mvn -Pconformance-record test
 * </pre>
 *
 * {@code -Dconformance.again=topic/} asks again for the cases whose names start like this; with an empty value, for
 * all.
 */
@Tag("engine")
class ConformanceRecorder {
    private static final Path RECORDED = Path.of("src/test/resources/conformance/recorded.json");

    private final DockerEngine engine = DockerEngine.standard().orThrowIfDown();
    private final EngineAnswers engineAnswers = new EngineAnswers(engine);

    @Test
    void record() throws IOException {
        Map<String, RecordedCase> old =
                Files.exists(RECORDED) ? Recording.read(RECORDED).cases() : Map.of();
        String again = System.getProperty("conformance.again");
        Map<String, String> description = describeEngine();
        Map<String, RecordedCase> answers = new TreeMap<>();
        List<ConformanceCase> open = new ArrayList<>();
        List<ConformanceCase> cases = ConformanceCase.all();
        for (ConformanceCase conformanceCase : cases) {
            RecordedCase known = old.get(conformanceCase.name());
            boolean current = known != null && known.digest().equals(conformanceCase.digest());
            if (current) {
                answers.put(conformanceCase.name(), known);
            }
            if (!current || (again != null && conformanceCase.name().startsWith(again))) {
                open.add(conformanceCase);
            }
        }
        List<String> failures = new ArrayList<>();
        for (ConformanceCase conformanceCase : open) {
            try {
                answers.put(conformanceCase.name(), engineAnswers.to(conformanceCase));
            } catch (RuntimeException e) {
                failures.add(conformanceCase.name() + ": " + e.getMessage());
            }
            // If the run is interrupted, the answers so far are kept.
            new Recording("EC2", description, answers).write(RECORDED);
        }
        new Recording("EC2", description, answers).write(RECORDED);
        System.out.printf("%d cases, %d of them asked now%n", cases.size(), open.size());
        assertThat(failures).isEmpty();
    }

    private Map<String, String> describeEngine() {
        Map<String, String> description = new TreeMap<>();
        engine.docker(List.of("version", "--format", "{{range .Server.Components}}{{println .Name .Version}}{{end}}"))
                .orThrow("no version")
                .out()
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2)
                .forEach(words -> description.put(words[0], words[1]));
        return description;
    }
}
