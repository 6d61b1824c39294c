// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.DOCKERFILE;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.image.stage.ImageBuilder.Builder;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.taskdef.RootNotReadOnly;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

    private static final Location POM = new Location("pom.xml", 50, 9, 50, 17);

    /** A task with one finding of root-not-read-only, in container log. */
    private static CheckedTaskFixture writableSidecar() {
        return task().container("app", app -> {}).container("log", log -> log.readOnlyRoot(known(false, 16)));
    }

    /** A task with findings of change-after-volume at /data/cache on line 5 and at /var/lib on line 6. */
    private static CheckedTaskFixture lateChanges() {
        return task().builtBy(Builder.CLASSIC)
                .container("app", app -> app.lateChange("/data/cache", 5, 3).lateChange("/var/lib", 6, 3));
    }

    private static Ignore ignore(String rule) {
        return ignore(rule, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Ignore ignore(
            String rule, Optional<String> container, Optional<String> path, Optional<Location> subject) {
        return new Ignore(
                rule, Optional.empty(), container, path.map(ContainerPath::of), subject, "we know", "<ignores>", POM);
    }

    private static List<Finding> judge(
            Analysis tasks, Map<String, Severity> severities, Set<String> off, List<Ignore> ignores) {
        return Judgement.of(Rules.all(), tasks, severities, off, ignores, MountWith.AUTO, List.of());
    }

    private static List<Finding> judge(CheckedTaskFixture task, Ignore... ignores) {
        return judge(task.analysis(), Map.of(), Set.of(), List.of(ignores));
    }

    /** A rule with the same message for each container on each platform, and a different reason for each platform. */
    private static final class SaysWhy implements ContainerRule {

        @Override
        public String id() {
            return "path-not-permitted";
        }

        @Override
        public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
            Finding.Related why = new Finding.Related("because", "it is " + on.platform(), Optional.empty());
            findings.accept(
                    finding(on, at(3), "nobody can write it", Remedy.NONE).with(List.of(why)));
        }
    }

    @Test
    void aFindingWithDifferentReasonsOnSeveralPlatformsIsReportedOnceWithAllReasons() {
        Analysis task = task().on(Platform.EC2, Platform.FARGATE)
                .container("app", app -> {})
                .container("sidecar", sidecar -> {})
                .analysis();
        assertThat(Judgement.of(List.of(new SaysWhy()), task, Map.of(), Set.of(), List.of(), MountWith.AUTO, List.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.containers()).containsExactly("app", "sidecar");
                    assertThat(finding.platforms()).containsExactly(Platform.EC2, Platform.FARGATE);
                    assertThat(finding.related())
                            .extracting(Finding.Related::text)
                            .containsExactlyInAnyOrder("it is EC2", "it is FARGATE");
                });
    }

    /** A rule that reports a finding and then throws. */
    private record Failing(Throwable error) implements TaskRule {

        @Override
        public String id() {
            return "unused-volume";
        }

        @Override
        public Severity defaultSeverity() {
            return Severity.INFO;
        }

        @Override
        public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
            findings.accept(finding(at(3), "found before", Remedy.NONE));
            if (error instanceof StackOverflowError overflow) {
                throw overflow;
            }
            throw new IllegalStateException("hunter2", error);
        }
    }

    @Test
    void anExceptionInARuleIsAnErrorAndTheOtherRulesStillRun() {
        Analysis tasks = writableSidecar().analysis();
        for (Throwable error : List.of(new RuntimeException(), new StackOverflowError())) {
            List<Rule> rules = List.of(new Failing(error), new RootNotReadOnly());

            assertThat(Judgement.of(
                            rules,
                            tasks,
                            Map.of("invalid-task-definition", Severity.INFO),
                            Set.of(),
                            List.of(),
                            MountWith.AUTO,
                            List.of()))
                    .extracting(Finding::rule, Finding::severity, Finding::message)
                    .contains(tuple("unused-volume", Severity.INFO, "found before"))
                    .contains(tuple(
                            "invalid-task-definition",
                            Severity.ERROR,
                            "rule unused-volume could not be checked: the plugin failed with "
                                    + (error instanceof StackOverflowError
                                            ? "StackOverflowError"
                                            : "IllegalStateException")))
                    .anySatisfy(found -> assertThat(found.toList()).contains("root-not-read-only"))
                    .hasSize(3);
        }
    }

    private static final String NO_FIX =
            "there is no fix to offer: the plugin failed with NullPointerException; this is a bug of the plugin:"
                    + " report it, with a file that shows it";

    private static CheckedTaskFixture refusedTmp(Consumer<CheckedTaskFixture.Container> with) {
        return task().container("app", app -> {
            app.need(declared("/tmp"))
                    .access("/tmp", refused(WriteAccess.READ_ONLY, Access.Cause.NONE, "it is read-only", "/"));
            with.accept(app);
        });
    }

    @Test
    void aFindingWithoutAFixIsReported() {
        Analysis tasks = refusedTmp(app -> {}).analysis();

        assertThat(Judgement.of(Rules.all(), tasks, Map.of(), Set.of(), List.of(), null, List.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("path-not-writable");
                    assertThat(finding.remedy()).isEqualTo(Remedy.advice(NO_FIX));
                });
    }

    @Test
    void ifTheSearchForTheNearestMistakeFailsTheFindingHasTheUsualFix() {
        Mount broken = new Mount(
                null,
                ContainerPath.of("/tmpp"),
                new Mount.Declaration(Mount.Kind.TMPFS, Mount.Origin.PROJECT, Optional.empty(), Optional.of(at(20))),
                false,
                true,
                new Mount.Root(
                        Ownership.of(0, 0, 0755), Mount.Content.EMPTY, new OwnerReason.OfImage(Provenance.of("test"))));

        assertThat(judge(refusedTmp(app -> app.mount(broken))))
                .filteredOn(finding -> finding.rule().equals("path-not-writable"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy().advice())
                        .contains(
                                "add `\"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"/tmp\", \"size\": 64}]}` to"
                                        + " container app"));
    }

    @Test
    void aTaskWithoutProblemsHasNoFindings() {
        assertThat(judge(task().container("app", app -> {}))).isEmpty();
    }

    @Test
    void findingsAreSortedByLocation() {
        assertThat(judge(writableSidecar()
                        .volume("b", new Storage.Empty(), 31)
                        .volume("a", new Storage.Empty(), 30)
                        .dockerfileProblem(new Problem(inDockerfile(99), "no", "yes"))))
                .extracting(Finding::location)
                .containsExactly(inDockerfile(99), at(16), at(30), at(31));
    }

    @Test
    void twoContainersOfOneImageHaveOneFindingAboutTheImage() {
        assertThat(judge(task().builtBy(Builder.CLASSIC)
                        .container("app", app -> app.lateChange("/data", 5, 3))
                        .container("worker", worker -> worker.lateChange("/data", 5, 3))))
                .hasSize(1);
    }

    @Test
    void aFindingOnSeveralPlatformsIsReportedOnce() {
        assertThat(judge(task().on(Platform.MANAGED_INSTANCES, Platform.FARGATE, Platform.EC2)
                        .container("app", app -> app.capability("SYS_ADMIN", 20))))
                .extracting(Finding::rule, Finding::platforms)
                .containsExactly(tuple("read-only-root-defeated", List.of(Platform.EC2, Platform.MANAGED_INSTANCES)));
    }

    @Test
    void aFindingInSeveralContainersIsReportedOnceAndNamesThem() {
        StartFailure failure = new StartFailure(
                new StartProblem.VolumesFromCircle("volumesFrom", List.of("app", "web")), at(5), Optional.empty());

        assertThat(judge(task().on(Platform.EC2, Platform.EXTERNAL)
                        .container("app", app -> app.startFailure(failure))
                        .container("web", web -> web.startFailure(failure))))
                .extracting(Finding::rule, Finding::containers, Finding::platforms)
                .containsExactly(tuple(
                        "container-cannot-start", List.of("app", "web"), List.of(Platform.EC2, Platform.EXTERNAL)));
    }

    @Test
    void theUserChoosesTheSeverity() {
        assertThat(judge(
                        writableSidecar().analysis(), Map.of("root-not-read-only", Severity.INFO), Set.of(), List.of()))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void aRuleThatIsOffFindsNothing() {
        assertThat(judge(writableSidecar().analysis(), Map.of(), Set.of("root-not-read-only"), List.of()))
                .isEmpty();
    }

    @Test
    void anUnreadableFileIsAnErrorWhateverTheSettings() {
        Analysis task = task().dockerfileProblem(new Problem(inDockerfile(1), "no", "yes"))
                .analysis();

        assertThat(judge(
                        task,
                        Map.of("invalid-dockerfile", Severity.INFO),
                        Set.of("invalid-dockerfile"),
                        List.of(ignore("invalid-dockerfile"))))
                .extracting(Finding::rule, Finding::severity, Finding::isSuppressed, Finding::message)
                .containsExactly(
                        tuple("invalid-dockerfile", Severity.ERROR, false, "no"),
                        tuple(
                                "unused-ignore",
                                Severity.WARNING,
                                false,
                                "<ignores> names invalid-dockerfile, which cannot be ignored: it has no effect"));
    }

    @Test
    void findingsThatOnlyMatterOnAReadOnlyRootAreWarningsWhileItIsWritable() {
        for (Value<Boolean> flag :
                List.<Value<Boolean>>of(known(false, 6), unknown("${RO} is a placeholder", 6), Value.absent())) {
            assertThat(judge(task().on(Platform.EC2)
                            .container("app", app -> app.privileged(true).readOnlyRoot(flag))))
                    .filteredOn(finding -> finding.rule().equals("read-only-root-defeated"))
                    .extracting(Finding::severity, Finding::message)
                    .containsExactly(tuple(
                            Severity.WARNING,
                            "container app is privileged and runs as root: it can remount its root file system "
                                    + "writable once readonlyRootFilesystem is true"));
        }
    }

    @Test
    void theUserCanLowerThoseWarningsButNotRaiseThemToErrors() {
        Analysis task = task().on(Platform.EC2)
                .container(
                        "app",
                        app -> app.privileged(true)
                                .readOnlyRoot(known(false, 6))
                                .runsAs(user("node", 1000)))
                .analysis();

        assertThat(judge(task, Map.of("read-only-root-defeated", Severity.ERROR), Set.of(), List.of()))
                .filteredOn(finding -> finding.rule().equals("read-only-root-defeated"))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        assertThat(judge(task, Map.of("read-only-root-defeated", Severity.INFO), Set.of(), List.of()))
                .filteredOn(finding -> finding.rule().equals("read-only-root-defeated"))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void anIgnoredFindingStaysWithItsReason() {
        assertThat(judge(writableSidecar(), ignore("root-not-read-only")))
                .extracting(Finding::rule, Finding::suppressed)
                .containsExactly(
                        tuple("root-not-read-only", Optional.of(new Suppression(Suppression.Kind.IGNORED, "we know"))));
    }

    @Test
    void anIgnoreAppliesToItsContainerOnly() {
        Optional<String> log = Optional.of("log");
        Optional<String> app = Optional.of("app");

        assertThat(judge(writableSidecar(), ignore("root-not-read-only", log, Optional.empty(), Optional.empty())))
                .allMatch(Finding::isSuppressed);
        assertThat(judge(writableSidecar(), ignore("root-not-read-only", app, Optional.empty(), Optional.empty())))
                .noneMatch(Finding::isSuppressed);
    }

    @Test
    void anIgnoredPathIncludesThePathsBelowIt() {
        assertThat(judge(
                        lateChanges(),
                        ignore("change-after-volume", Optional.empty(), Optional.of("/data"), Optional.empty())))
                .extracting(finding -> finding.path().orElseThrow().toString(), Finding::isSuppressed)
                .containsExactly(tuple("/data/cache", true), tuple("/var/lib", false));
    }

    @Test
    void aFindingWithoutAPathIsNotIgnoredByAPath() {
        assertThat(judge(
                        writableSidecar(),
                        ignore("root-not-read-only", Optional.empty(), Optional.of("/"), Optional.empty())))
                .noneMatch(Finding::isSuppressed);
    }

    @Test
    void aCommentAppliesToTheInstructionBelowIt() {
        Location linesFourToFive = new Location(DOCKERFILE, 4, 1, 5, 30);

        assertThat(judge(
                        lateChanges(),
                        ignore(
                                "change-after-volume",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(linesFourToFive))))
                .extracting(finding -> finding.location().line(), Finding::isSuppressed)
                .containsExactly(tuple(5, true), tuple(6, false));
    }

    @Test
    void anIgnoreThatMatchesNothingIsReported() {
        assertThat(judge(task().container("app", app -> {}), ignore("root-not-read-only")))
                .containsExactly(finding(
                                new UnusedIgnore(),
                                POM,
                                "<ignores> matches no finding of root-not-read-only: it is out of date or misspelt",
                                "remove it")
                        .about("root-not-read-only"));
    }

    @Test
    void anIgnoreOfAContainerThatIsMisspeltNamesTheNearestOne() {
        assertThat(judge(
                        task().container("orders", app -> {}),
                        ignore("root-not-read-only", Optional.of("order"), Optional.empty(), Optional.empty())))
                .filteredOn(finding -> finding.rule().equals("unused-ignore"))
                .containsExactly(finding(
                                new UnusedIgnore(),
                                POM,
                                "<ignores> matches no finding of root-not-read-only: there is no container order",
                                "did you mean orders? Else remove it")
                        .about("root-not-read-only"));
    }

    @Test
    void anIgnoreOfAPathThatIsMisspeltNamesTheNearestOne() {
        assertThat(judge(
                        task().container(
                                        "app",
                                        app -> app.need(declared("/var/cache/shop"))
                                                .access(
                                                        "/var/cache/shop",
                                                        refused(
                                                                WriteAccess.READ_ONLY,
                                                                Access.Cause.NO_MOUNT,
                                                                "nothing is mounted",
                                                                "/"))),
                        ignore("path-not-writable", Optional.empty(), Optional.of("/var/cache/shp"), Optional.empty())))
                .filteredOn(finding -> finding.rule().equals("unused-ignore"))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("did you mean /var/cache/shop? Else remove it");
    }

    @Test
    void theBeginningOfAContainersNameIsNear() {
        assertThat(judge(
                        task().container("orders-api", app -> app.readOnlyRoot(known(false, 6))),
                        ignore("root-not-read-only", Optional.of("ord"), Optional.empty(), Optional.empty())))
                .filteredOn(finding -> finding.rule().equals("unused-ignore"))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("did you mean orders-api? Else remove it");
    }

    @Test
    void anIgnoreOfAnUnknownRuleIsReported() {
        assertThat(judge(writableSidecar(), ignore("root-not-readonly")))
                .filteredOn(finding -> finding.rule().equals("unused-ignore"))
                .containsExactly(finding(
                                new UnusedIgnore(),
                                POM,
                                "<ignores> names the rule root-not-readonly, which does not exist: it has no effect",
                                "did you mean root-not-read-only?")
                        .about("root-not-readonly"));
    }

    @Test
    void twoIgnoresForOneFindingAreBothUsed() {
        assertThat(judge(writableSidecar(), ignore("root-not-read-only"), ignore("root-not-read-only")))
                .hasSize(1);
    }

    @Test
    void unusedIgnoreHasASeverityAndCanBeSwitchedOffLikeAnyRule() {
        Analysis task = task().analysis();
        List<Ignore> ignores = List.of(ignore("root-not-read-only"));

        assertThat(judge(task, Map.of("unused-ignore", Severity.ERROR), Set.of(), ignores))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
        assertThat(judge(task, Map.of(), Set.of("unused-ignore"), ignores)).isEmpty();
    }

    /** The findings for a file with two tasks. */
    private static List<Finding> judgeBoth(CheckedTaskFixture web, CheckedTaskFixture worker, Ignore... ignores) {
        Analysis tasks = new Analysis(
                List.of(web.resource("Web").build(), worker.resource("Worker").build()));
        return judge(tasks, Map.of(), Set.of(), List.of(ignores));
    }

    @Test
    void aMistakeInTwoTasksIsReportedForEach() {
        assertThat(judgeBoth(writableSidecar(), writableSidecar()))
                .extracting(
                        Finding::rule,
                        Finding::resource,
                        finding -> finding.container().orElseThrow())
                .containsExactly(
                        tuple("root-not-read-only", Optional.of("Web"), "log"),
                        tuple("root-not-read-only", Optional.of("Worker"), "log"));
        assertThat(judgeBoth(task().volume("a", new Storage.Empty(), 30), task()))
                .extracting(Finding::rule, Finding::resource)
                .containsExactly(tuple("unused-volume", Optional.of("Web")));
    }

    @Test
    void aFlagOfOneTaskDoesNotApplyToAnother() {
        assertThat(judgeBoth(
                        task().on(Platform.EC2).container("app", app -> app.privileged(true)),
                        task().on(Platform.EC2)
                                .container("app", app -> app.privileged(true).readOnlyRoot(known(false, 6)))))
                .filteredOn(finding -> finding.rule().equals("read-only-root-defeated"))
                .extracting(finding -> finding.resource().orElseThrow(), Finding::severity)
                .containsExactlyInAnyOrder(tuple("Web", Severity.ERROR), tuple("Worker", Severity.WARNING));
    }

    @Test
    void aFindingThatAllTasksShareIsReportedOnce() {
        assertThat(judgeBoth(lateChanges(), lateChanges(), ignore("log-to-file")))
                .extracting(Finding::rule, Finding::resource)
                .containsExactly(
                        tuple("change-after-volume", Optional.empty()),
                        tuple("change-after-volume", Optional.empty()),
                        tuple("unused-ignore", Optional.empty()));
        assertThat(judgeBoth(
                        task().dockerfileProblem(new Problem(inDockerfile(1), "no", "yes")),
                        task().dockerfileProblem(new Problem(inDockerfile(1), "no", "yes"))))
                .hasSize(1);
    }

    @Test
    void aFindingInADockerfileIsReportedEvenIfOnlyOneTaskHasIt() {
        assertThat(judgeBoth(lateChanges(), task().container("app", app -> {})))
                .extracting(Finding::rule)
                .containsExactly("change-after-volume", "change-after-volume");
    }

    @Test
    void aFindingOfOneTaskReplacesALessSevereOneOnTheSameLine() {
        Consumer<CheckedTaskFixture.Container> app = container -> container
                .target("run", 1)
                .step("FROM", 4, 1, Value.absent())
                .step("CMD", 5, 1, Value.absent())
                .otherVolume("/cache", 0, Optional.of("build"), true, 2);

        assertThat(judgeBoth(task().container("app", app), task().container("app", app)))
                .extracting(Finding::rule)
                .containsExactly("discarded-volume");
        assertThat(judgeBoth(
                        task().container(
                                        "app",
                                        app.andThen(container -> container
                                                .need(declared("/cache"))
                                                .access(
                                                        "/cache",
                                                        refused(
                                                                WriteAccess.READ_ONLY,
                                                                Access.Cause.NO_MOUNT,
                                                                "nothing is mounted there",
                                                                "/cache")))),
                        task().container("app", app)))
                .extracting(Finding::rule, Finding::resource)
                .containsExactly(tuple("path-not-writable", Optional.of("Web")));
    }

    @Test
    void anIgnoreThatMatchesInOneOfTwoTasksIsUsed() {
        assertThat(judgeBoth(writableSidecar(), task().container("app", app -> {}), ignore("root-not-read-only")))
                .extracting(Finding::rule)
                .containsExactly("root-not-read-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid-dockerfile", "invalid-task-definition"})
    void onlyUnreadableFilesCannotBeLoweredByTheUser(String id) {
        assertThat(Finding.isAlwaysAnError(id)).isTrue();
        assertThat(Rules.ids().stream().filter(Finding::isAlwaysAnError))
                .contains(id)
                .hasSize(2);
    }
}
