// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlCommentTest {

    /** Each comment with the lines that it applies to. */
    private static List<String> comments(String text) {
        return TaskDefinitionReader.comments(SourceFile.of("taskdef.yaml", text), "note").stream()
                .map(comment -> comment.location().line() + " " + comment.text() + ": "
                        + comment.subject()
                                .map(subject -> subject.line() + "-" + subject.endLine())
                                .orElse("nothing"))
                .toList();
    }

    @Test
    void aCommentAppliesToTheLargestNodeThatStartsBelowIt() {
        assertThat(comments("""
                family: shop
                # note whole list
                containerDefinitions:
                  # note container

                  # another remark
                  - name: app
                    image: shop
                    # note key
                    readonlyRootFilesystem: false
                    mountPoints:
                      #note mount
                      - { sourceVolume: a, containerPath: /a }
                      - sourceVolume: b
                        containerPath: /b
                """))
                .containsExactly(
                        "2 note whole list: 3-15",
                        "4 note container: 7-15",
                        "9 note key: 10-10",
                        "12 note mount: 13-13");
    }

    @Test
    void aCommentSignInsideATextIsNotAComment() {
        assertThat(comments("""
                containerDefinitions:
                  - name: app
                    command:
                      - |
                        # note in a script
                        sleep 1
                      - "a
                        # note in quotes"
                      - 'x # note in a line'
                # notes of another tool
                """)).isEmpty();
    }

    @Test
    void aCommentWithNothingBelowIsIgnored() {
        assertThat(comments("""
                containerDefinitions:
                  - name: app # note behind something
                # note at the end
                """)).containsExactly("2 note behind something: nothing", "3 note at the end: nothing");
    }

    @Test
    void jsonHasNoComments() {
        assertThat(comments("{\"family\": \"a # note b\", \"containerDefinitions\": []}"))
                .isEmpty();
    }
}
