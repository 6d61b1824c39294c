// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TerraformFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a container is that {@code merge} makes: in the object that an edit may add to, else in the call. */
class TerraformMergeTest {

    private static final String LOCALS = """
            locals {
              scalars = { essential = true, user = "1" }
              empty   = { environment = [], mountPoints = null }
              lists   = { environment = [{ name = "A", value = "b" }] }
              tmpfs   = { linuxParameters = { tmpfs = [] } }
              text    = { links = ["a"] }
            }
            variable "unknown" {}
            """;

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '\u0001', textBlock = """
            merge({ name = "app", image = "i" }, { user = "1" })                              → { name
            merge(local.scalars, { name = "app", image = "i" })                               → { name
            merge(local.empty, local.text, { name = "app", image = "i" })                     → { name
            merge({ name = "app", image = "i" }, null)                                        → { name
            merge({ name = "app", image = "i", environment = [{ name = "A" }] }, { user = 1 }) → { name
            merge({ name = "app", image = "i" }, local.lists)                                 → merge
            merge(local.tmpfs, { name = "app", image = "i" })                                 → merge
            merge(var.unknown, { name = "app", image = "i" })                                 → merge
            merge([{ name = "app", image = "i" }, { user = "1" }]...)                         → merge
            merge(local.scalars, { for k in ["name", "image"] : k => "app" })                 → merge
            """)
    void aContainerIsWhereAnEditMayAddToIt(String containers, String place) throws IOException {
        String text = resource("container_definitions = jsonencode([" + containers + "])") + LOCALS;

        ContainerDefinition container = new TerraformFixture(root)
                .with("main.tf", text)
                .read("")
                .tasks()
                .get(0)
                .definition()
                .orElseThrow()
                .containerDefinitions()
                .get(0);

        assertThat(SourceFile.of("main.tf", text).text(container.metadata().location()))
                .startsWith(place);
    }
}
