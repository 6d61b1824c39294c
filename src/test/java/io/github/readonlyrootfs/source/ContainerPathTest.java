// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerPathTest {

    @ParameterizedTest
    @CsvSource({
        "/tmp/, /tmp",
        "//tmp///x, /tmp/x",
        "/a/./b/., /a/b",
        "/a/b/../c, /a/c",
        "/../.., /",
        "/, /",
        "'', /",
        "cache, /cache",
        "./cache, /cache",
        "/a /b, '/a /b'",
        "/..a/b.., /..a/b.."
    })
    void pathsAreCleanedAsTheEngineCleansThem(String written, String clean) {
        assertThat(ContainerPath.of(written)).hasToString(clean);
    }

    @Test
    void containmentComparesWholeSegments() {
        ContainerPath tmp = ContainerPath.of("/tmp");
        assertThat(ContainerPath.of("/tmp").isAtOrBelow(tmp)).isTrue();
        assertThat(ContainerPath.of("/tmp/x").isAtOrBelow(tmp)).isTrue();
        assertThat(ContainerPath.of("/tmpfs").isAtOrBelow(tmp)).isFalse();
        assertThat(ContainerPath.ROOT.isAtOrBelow(tmp)).isFalse();
        assertThat(tmp.isAtOrBelow(ContainerPath.ROOT)).isTrue();
    }

    @Test
    void resolvingKeepsAbsolutePathsAndAppendsOthers() {
        ContainerPath app = ContainerPath.of("/app");
        assertThat(app.resolve("/x")).hasToString("/x");
        assertThat(app.resolve("x/../y")).hasToString("/app/y");
        assertThat(app.resolve("../..")).hasToString("/");
        assertThat(app.resolve("")).isEqualTo(app);
    }

    @Test
    void cleaningAPathTwiceChangesNothing() {
        Random random = new Random(42);
        String[] pieces = {"/", "//", ".", "..", "a", "b c", "/a", "./", "../", "é", ".hidden"};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            ContainerPath path = ContainerPath.of(text.toString());
            assertThat(ContainerPath.of(path.toString())).as("%s", text).isEqualTo(path);
            assertThat(path.toString()).startsWith("/").doesNotContain("//");
            assertThat(path.isAtOrBelow(path.parent())).isTrue();
            assertThat(path.depth()).isEqualTo(path.segments().size());
            assertThat(path.isRoot() ? path : path.parent().resolve(path.name()))
                    .isEqualTo(path);
        }
    }

    @Test
    void theOutermostPathsAreThoseThatNoOtherHolds() {
        assertThat(ContainerPath.outermost(Stream.of("/a/c", "/a", "/a-b", "/a/c/d", "/b/c", "/a-b/x")
                        .map(ContainerPath::of)
                        .toList()))
                .extracting(ContainerPath::toString)
                .containsExactly("/a", "/a-b", "/b/c");
    }
}
