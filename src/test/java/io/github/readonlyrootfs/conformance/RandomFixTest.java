// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.TaskShape;
import io.github.readonlyrootfs.Thorough;
import io.github.readonlyrootfs.edit.Patch;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.image.stage.ImageBuilder.Builder;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Fixes random tasks, written in every shape in turn. */
@Tag("slow")
class RandomFixTest {

    private static final long SEED = Long.getLong("fix.seed", 20_261_126);
    private static final int CASES = Integer.getInteger("fix.cases", Thorough.rounds(32, 64));

    /** A finding that only a new mount reveals, or that was reported with the finding of the path before, is not new. */
    private static final Set<String> CONSEQUENCES = Set.of(
            "path-not-permitted",
            "mount-not-usable",
            "unneeded-volume",
            "path-not-writable",
            "path-access-unknown",
            "discarded-volume");

    private static int made;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> aFixedTaskHasNothingLeftThatAProgramMayFix() {
        return IntStream.range(0, CASES)
                .boxed()
                .map(index -> DynamicTest.dynamicTest("case " + index, () -> fixes(index)));
    }

    private void fixes(int index) throws Exception {
        ConformanceCase random = RandomCase.of(SEED, index);
        TaskShape shape = TaskShape.values()[index % TaskShape.values().length];
        MountWith with = MountWith.values()[index / TaskShape.values().length % MountWith.values().length];
        Path home = Files.createTempDirectory(scratch, "case");
        CheckRequest request = request(random, shape, with, home);
        CheckResult before = ReadOnlyRootAnalysis.check(request);
        for (Finding finding : before.findings()) {
            if (finding.remedy().isApplicable()) {
                made++;
                assertHelps(request, before, finding, home);
            }
        }
        Fix fix = Fix.of(request, home, Set.of());
        fix.write();

        // Two warnings may have edits that are each right, but useless together.
        assertThat(before.findings())
                .as("offered, and refused by fix, in %s", home)
                .noneMatch(finding -> finding.severity() == Severity.ERROR
                        && finding.remedy().isApplicable()
                        && fix.refused().stream()
                                .anyMatch(refused -> refused.finding().isSame(finding)));
        CheckResult after = ReadOnlyRootAnalysis.check(request);
        assertThat(after.findings())
                .as("in %s", home)
                .noneMatch(finding -> finding.isProblem()
                        && finding.remedy().isApplicable()
                        && fix.refused().stream()
                                .noneMatch(refused -> refused.finding().isSame(finding)))
                .noneMatch(finding -> finding.rule().startsWith("invalid")
                        || finding.rule().equals("duplicate-key")
                        || finding.rule().equals("unknown-field")
                        || finding.rule().equals("wrong-type"));
        assertThat(after.findings())
                .containsExactlyInAnyOrderElementsOf(fix.result().findings());
        assertThat(Fix.of(request, home, Set.of()).changedFiles())
                .as("a second fix of %s", home)
                .isEmpty();
        assertOnlyChangedLinesDiffer(before, after);
    }

    /** Only values in changed lines of the task definition differ. */
    private static void assertOnlyChangedLinesDiffer(CheckResult before, CheckResult after) {
        String old = taskDefinition(before);
        String changed = taskDefinition(after);
        StringBuilder removed = new StringBuilder();
        StringBuilder added = new StringBuilder();
        for (AbstractDelta<String> delta :
                DiffUtils.diff(old.lines().toList(), changed.lines().toList()).getDeltas()) {
            delta.getSource().getLines().forEach(line -> removed.append(line).append('\n'));
            delta.getTarget().getLines().forEach(line -> added.append(line).append('\n'));
        }
        assertOnlyDiffers(old, changed, removed.toString(), added.toString());
    }

    private static String taskDefinition(CheckResult result) {
        return result.tasks()
                .sources()
                .get(result.tasks().all().get(0).taskDefinitionFile())
                .text();
    }

    /** Values that only one of the texts has are in lines that were removed or added. */
    private static void assertOnlyDiffers(String before, String after, String removed, String added) {
        List<Leaf> old = Leaf.of(before);
        List<Leaf> changed = Leaf.of(after);
        assertThat(Leaf.minus(old, changed))
                .as("%s%nbecomes%n%s", before, after)
                .allMatch(leaf -> leaf.isIn(removed));
        assertThat(Leaf.minus(changed, old))
                .as("%s%nbecomes%n%s", before, after)
                .allMatch(leaf -> leaf.isIn(added));
    }

    /** Its edits, applied alone, fix a finding and cause no other one. */
    private static void assertHelps(CheckRequest request, CheckResult before, Finding finding, Path home)
            throws Exception {
        Patch patch = new Patch();
        assertThat(patch.add(finding.remedy().edits()))
                .as("the edits of %s fit together in %s", finding, home)
                .isTrue();
        Map<String, String> texts = new HashMap<>();
        for (String file : patch.files()) {
            SourceFile source = before.tasks().sources().get(file);
            assertThat(source).as("%s", file).isNotNull();
            texts.put(file, patch.apply(source));
            if (file.equals(before.tasks().all().get(0).taskDefinitionFile())) {
                assertOnlyDiffers(
                        source.text(),
                        patch.apply(source),
                        patch.edits(file).stream()
                                .map(edit -> source.text(edit.location()))
                                .collect(Collectors.joining("\n")),
                        patch.edits(file).stream().map(TextEdit::replacement).collect(Collectors.joining("\n")));
            }
        }
        CheckResult after = ReadOnlyRootAnalysis.check(request.with(texts));
        assertThat(after.findings())
                .as("after the edits of %s in %s: %s", finding, home, texts)
                .noneMatch(left -> left.isSame(finding))
                .allMatch(left -> !left.isProblem()
                        || CONSEQUENCES.contains(left.rule())
                        || before.findings().stream().anyMatch(known -> known.isSame(left)));
    }

    @AfterAll
    static void thereAreEditsToMake() {
        assertThat(made).isGreaterThan(CASES);
    }

    private static CheckRequest request(ConformanceCase random, TaskShape shape, MountWith with, Path home)
            throws Exception {
        Path context = OurVerdicts.context(random, home);
        Path taskDefinition = Files.writeString(
                home.resolve(shape.file),
                shape.write(TaskShape.parse(random.taskDefinition()).orElseThrow()));
        RequestBuilder request = new RequestBuilder(taskDefinition)
                .builder(random.builders().contains(ConformanceCase.CLASSIC) ? Builder.CLASSIC : Builder.BUILDKIT)
                .container(random.container())
                .platforms(Platform.EC2, Platform.FARGATE)
                .mountWith(with)
                .noInference();
        for (String container : random.dockerfiles().keySet()) {
            DockerfileBuild build = OurVerdicts.build(random, container, context, home);
            List<String> needed = random.paths().stream()
                    .filter(path -> path.container().equals(container))
                    .map(ConformanceCase.AskedPath::path)
                    .toList();
            if (container.equals(random.container())) {
                request.dockerfile(build).writablePaths(needed.toArray(String[]::new));
            } else {
                request.containers(new ContainerSettings(
                        container,
                        Optional.of(build),
                        needed.stream()
                                .map(path -> new DeclaredPath(path, "<writablePaths>", Optional.empty()))
                                .toList(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));
            }
        }
        return request.build();
    }
}
