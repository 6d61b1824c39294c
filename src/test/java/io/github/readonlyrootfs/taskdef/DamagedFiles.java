// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.Random;

/** Files with some missing, additional or replaced characters. */
public record DamagedFiles(String alphabet) {

    /** Reads a damaged file: it is a task definition or has a problem, and all locations are in the file. */
    public void read(String whole, int seed) {
        SourceFile source = SourceFile.of("taskdef.json", damaged(whole, new Random(seed)));

        var result = TaskFile.read(source);

        assertThat(result.taskDefinition().isPresent()
                        || result.problems().stream().anyMatch(problem -> problem.kind() == SchemaProblem.Kind.INVALID))
                .as("seed %s", seed)
                .isTrue();
        result.problems().forEach(problem -> source.text(problem.problem().location()));
        result.taskDefinition()
                .ifPresent(task -> task.containerDefinitions()
                        .forEach(it -> source.text(it.metadata().location())));
    }

    private String damaged(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 2 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(200)));
            }
        }
        return text.toString();
    }
}
