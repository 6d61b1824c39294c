// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchTest {

    private static final SourceFile FILE = SourceFile.of("a.txt", "one\ntwo\nthree\n");

    private final Patch patch = new Patch();

    /** Replaces the text between two offsets. */
    private static TextEdit edit(int start, int end, String text) {
        return TextEdit.replace(FILE, start, end, text);
    }

    private boolean add(TextEdit... edits) {
        return patch.add(List.of(edits));
    }

    @Test
    void editsAreAppliedAtTheirLocationsInAnyOrder() {
        assertThat(add(edit(8, 13, "3"))).isTrue();
        assertThat(add(edit(0, 3, "1"), edit(4, 7, "2"))).isTrue();

        assertThat(patch.apply(FILE)).isEqualTo("1\n2\n3\n");
        assertThat(patch.files()).containsExactly("a.txt");
    }

    @Test
    void withoutEditsAFileStaysAsItIs() {
        assertThat(patch.isEmpty()).isTrue();
        assertThat(patch.edits("a.txt")).isEmpty();
        assertThat(patch.apply(FILE)).isEqualTo(FILE.text());
    }

    @Test
    void anEditThatOverlapsAnEarlierOneIsRejectedWithItsGroup() {
        add(edit(4, 7, "2"));

        assertThat(add(edit(0, 3, "1"), edit(6, 9, "x"))).isFalse();
        assertThat(patch.apply(FILE)).isEqualTo("one\n2\nthree\n");
    }

    @Test
    void replacedTextCannotBeEditedAgain() {
        add(edit(0, 7, "12"));

        assertThat(add(edit(4, 7, "2"))).isFalse();
        assertThat(add(edit(4, 4, "2"))).isFalse();
    }

    @Test
    void editsThatOverlapEachOtherAreRejected() {
        assertThat(add(edit(0, 5, "a"), edit(3, 7, "b"))).isFalse();
        assertThat(patch.isEmpty()).isTrue();
    }

    @Test
    void theSameEditIsAppliedOnce() {
        assertThat(add(edit(4, 7, "2"), edit(4, 4, "x"))).isTrue();
        assertThat(add(edit(4, 4, "x"), edit(8, 13, "3"))).isTrue();
        assertThat(add(edit(4, 7, "2"), edit(4, 7, "2"))).isTrue();

        assertThat(patch.apply(FILE)).isEqualTo("one\nx2\n3\n");
    }

    @Test
    void insertionsAtOnePlaceKeepTheirOrder() {
        add(edit(4, 4, "b\n"));
        add(edit(4, 4, "a\n"));
        add(edit(4, 4, "c\n"));

        assertThat(patch.apply(FILE)).isEqualTo("one\nb\na\nc\ntwo\nthree\n");
    }

    @Test
    void anInsertionIsMadeBetweenTheReplacementsBeforeAndAtItsPlace() {
        add(edit(4, 8, "2\n"));
        add(edit(4, 4, "a\n"));
        add(edit(8, 8, "b\n"));

        assertThat(patch.apply(FILE)).isEqualTo("one\na\n2\nb\nthree\n");
    }

    @Test
    void editsOfOtherFilesDoNotOverlap() {
        SourceFile other = SourceFile.of("b.txt", "ONE\n");

        assertThat(add(edit(0, 3, "1"), TextEdit.replace(other, 0, 3, "I"))).isTrue();
        assertThat(patch.apply(FILE)).isEqualTo("1\ntwo\nthree\n");
        assertThat(patch.apply(other)).isEqualTo("I\n");
        assertThat(patch.files()).containsExactly("a.txt", "b.txt");
    }

    @Test
    void insertedLinesHaveTheLineEndsOfTheFile() {
        SourceFile windows = SourceFile.of("a.txt", "one\r\ntwo\r\n");
        add(TextEdit.insertLines(windows, 2, List.of("a", "b")));
        add(TextEdit.insertLines(windows, 3, List.of("c")));

        assertThat(patch.apply(windows)).isEqualTo("one\r\na\r\nb\r\ntwo\r\nc\r\n");
    }

    @Test
    void aFileWithoutAFinalNewlineDoesNotGetOne() {
        SourceFile open = SourceFile.of("a.txt", "one\r\ntwo");
        add(TextEdit.insertLines(open, 3, List.of("a", "b")));

        assertThat(patch.apply(open)).isEqualTo("one\r\ntwo\r\na\r\nb");
    }

    @Test
    void linesCanBeInsertedIntoAnEmptyFile() {
        SourceFile empty = SourceFile.of("a.txt", "");
        add(TextEdit.insertLines(empty, 1, List.of("a")));

        assertThat(patch.apply(empty)).isEqualTo("a\n");
    }
}
