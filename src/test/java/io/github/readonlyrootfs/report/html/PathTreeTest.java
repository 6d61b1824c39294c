// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.report.TaskFixture;
import io.github.readonlyrootfs.report.html.PathTree.Standing;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PathTreeTest {

    /** On the fixture's image: /tmp is writable, /usr/local/share is mounted and refused, all else is read-only. */
    private static List<Verdict> verdicts(Need... needs) {
        return TaskFixture.task(List.of(needs), Platform.FARGATE)
                .containers()
                .get(0)
                .verdicts(Platform.FARGATE);
    }

    private static Mount mount(String path) {
        return TaskFixture.volume(path, Ownership.ROOT_0755, TaskFixture.SHARE, Optional.empty());
    }

    private static PathTree tree(List<Mount> mounts, List<Verdict> verdicts, int limit) {
        return PathTree.of(mounts, verdicts, List.of(), List.of(), limit);
    }

    private static List<String> lines(PathTree tree) {
        return tree.nodes().stream()
                .map(node -> " ".repeat(node.depth()) + node.name() + " " + node.standing())
                .toList();
    }

    @Test
    void aCommonParentOfSeveralPathsIsADirectoryOfTheTree() {
        List<Mount> mounts = Stream.of("/var/log/a", "/var/log/b", "/srv", "/var/log-old")
                .map(PathTreeTest::mount)
                .toList();

        assertThat(lines(tree(mounts, List.of(), 100)))
                .containsExactly(
                        "/ READ_ONLY",
                        " /srv SPARE",
                        " /var PLAIN",
                        "  log PLAIN",
                        "   a SPARE",
                        "   b SPARE",
                        "  log-old SPARE");
    }

    @Test
    void aPathIsShownByTheVerdictOnItsNeedAndMount() {
        List<Verdict> verdicts = verdicts(
                CheckedTaskFixture.need("/tmp/x", Need.Impact.FATAL),
                CheckedTaskFixture.need("/opt/a", Need.Impact.FEATURE),
                CheckedTaskFixture.need("/opt/b", Need.Impact.TOLERATED));
        List<Mount> mounts = List.of(mount("/tmp"), mount("/data"));

        assertThat(lines(tree(mounts, verdicts, 100)))
                .containsExactly(
                        "/ READ_ONLY",
                        " /data SPARE",
                        " /opt PLAIN",
                        "  a REFUSED",
                        "  b OPTIONAL",
                        " /tmp HOLDER",
                        "  x MET");
    }

    @Test
    void aMountThatItsUserCannotWriteIsUnusable() {
        var container =
                TaskFixture.task(List.of(), Platform.FARGATE).containers().get(0);

        PathTree tree = PathTree.of(
                container.runtimes().get(Platform.FARGATE).mounts(),
                container.verdicts(Platform.FARGATE),
                container.implied(Platform.FARGATE),
                List.of(),
                100);
        assertThat(lines(tree)).containsExactly("/ READ_ONLY", " /tmp SPARE", " /usr/local/share UNUSABLE");
        assertThat(tree.engine()).extracting(mount -> mount.path().toString()).containsExactly("/dev/shm");
    }

    @Test
    void aPathThatOnlyAFindingIsAboutIsInTheTree() {
        Finding finding = TaskFixture.finding("x", Severity.ERROR, TaskFixture.SHARE, "m", "")
                .at(ContainerPath.of("/app/run.sh"));

        PathTree tree = PathTree.of(List.of(), List.of(), List.of(), List.of(finding), 100);
        assertThat(lines(tree)).containsExactly("/ READ_ONLY", " /app/run.sh PLAIN");
        assertThat(tree.nodes().get(1).findings()).containsExactly(finding);
    }

    @Test
    void refusedPathsAreShownFirstIfThereAreTooMany() {
        List<Mount> mounts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            mounts.add(mount("/v/" + i));
        }

        PathTree tree = tree(mounts, verdicts(CheckedTaskFixture.need("/z", Need.Impact.FATAL)), 10);
        assertThat(tree.left()).isEqualTo(991);
        assertThat(tree.nodes()).hasSize(12);
        assertThat(tree.nodes().get(11).standing()).isEqualTo(Standing.REFUSED);
    }
}
