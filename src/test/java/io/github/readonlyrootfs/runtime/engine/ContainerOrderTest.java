// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import static io.github.readonlyrootfs.runtime.Platform.EC2;
import static io.github.readonlyrootfs.runtime.Platform.FARGATE;
import static io.github.readonlyrootfs.runtime.WriteAccess.CANNOT_START;
import static io.github.readonlyrootfs.runtime.WriteAccess.NOT_PERMITTED;
import static io.github.readonlyrootfs.runtime.WriteAccess.UNKNOWN;
import static io.github.readonlyrootfs.runtime.WriteAccess.WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.StartText;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that wait for each other, take each other's volumes, or mount one volume. */
class ContainerOrderTest {

    private static String mounts(String path, String more) {
        return "'mountPoints':[{'sourceVolume':'v','containerPath':'" + path + "'" + more + "}]";
    }

    private static String dependsOn(String name, String condition) {
        return ",'dependsOn':[{'containerName':'" + name + "','condition':'" + condition + "'}]";
    }

    private static TestTask task(String... containers) {
        return TestTask.of("{'containerDefinitions':[" + objects(containers) + "],'volumes':[{'name':'v'}]}");
    }

    private static String objects(String... containers) {
        return String.join(
                ",", List.of(containers).stream().map(text -> "{" + text + "}").toList());
    }

    @Test
    void dependenciesOfADependencyStartBeforeToo() {
        ContainerOrder order = new ContainerOrder(task(
                        "'name':'app'" + dependsOn("web", "START"),
                        "'name':'web','volumesFrom':[{'sourceContainer':'data'}]",
                        "'name':'data'" + dependsOn("init", "SUCCESS"),
                        "'name':'init'")
                .definition());
        assertThat(order.before("app").created()).containsExactlyInAnyOrder("web", "data", "init");
        assertThat(order.before("app").started()).containsExactlyInAnyOrder("web", "init");
        assertThat(order.before("init").created()).isEmpty();
    }

    @Test
    void circularDependenciesAreFollowedOnce() {
        ContainerOrder order = new ContainerOrder(
                task("'name':'a'" + dependsOn("b", "START"), "'name':'b'" + dependsOn("a", "HEALTHY"))
                        .definition());
        assertThat(order.before("a").created()).containsExactlyInAnyOrder("a", "b");
    }

    @Nested
    class OneVolume {

        private static final TestImage OWN = new TestImage().user("node").directory("/data", 1000, 1000, 0755);

        @ParameterizedTest
        @ValueSource(strings = {"START", "COMPLETE", "SUCCESS", "HEALTHY"})
        void aContainerThatRunsFirstAsRootMayLeaveFilesInAVolume(String condition) {
            TestTask task = task(
                    "'name':'app'," + mounts("/data", "") + dependsOn("init", condition),
                    "'name':'init','command':['./fill']," + mounts("/target", ""));
            Access access = task.run(EC2, "app", OWN, new TestImage()).access(ContainerPath.of("/data"), true);
            assertThat(access.verdict()).isEqualTo(UNKNOWN);
            assertThat(ReasonText.of(access.reason()))
                    .startsWith("container init runs first, and if it writes to the volume");
        }

        @Test
        void aContainerThatCannotWriteChangesNothing() {
            for (String init : List.of(
                    "'name':'init','user':'2000'," + mounts("/target", ""),
                    "'name':'init'," + mounts("/target", ",'readOnly':true"))) {
                TestTask task = task("'name':'app'," + mounts("/data", "") + dependsOn("init", "SUCCESS"), init);
                assertThat(task.run(EC2, "app", OWN, new TestImage())
                                .access(ContainerPath.of("/data"), true)
                                .verdict())
                        .as(init)
                        .isEqualTo(WRITABLE);
            }
        }

        @Test
        void aContainerThatPreparesTheVolumeBeforeADependencyIsNamed() {
            TestTask task = task(
                    "'name':'app'," + mounts("/data", "") + dependsOn("web", "START"),
                    "'name':'web'" + dependsOn("init", "COMPLETE"),
                    "'name':'init','user':'0','command':['sh','-c','install -d -o 1000 /target'],"
                            + mounts("/target", ""));
            leavesToNode(task);
        }

        @Test
        void aContainerThatPreparesTheVolumeThroughVolumesFromIsNamed() {
            TestTask task = task(
                    "'name':'app'," + mounts("/data", "") + dependsOn("init", "SUCCESS"),
                    "'name':'init','user':'0','command':['chown','1000','/d'],'volumesFrom':[{'sourceContainer':'holder'}]",
                    "'name':'holder'," + mounts("/d", ""));
            leavesToNode(task);
        }

        private void leavesToNode(TestTask task) {
            Access access =
                    task.run(FARGATE, "app", new TestImage().user("node")).access(ContainerPath.of("/data"), true);
            assertThat(access.verdict()).isEqualTo(WRITABLE);
            assertThat(ReasonText.of(access.mount().orElseThrow().root().provenance()))
                    .isEqualTo("container init runs first and leaves it so");
        }

        @Test
        void aNonRootContainerCannotChangeTheOwner() {
            TestTask task = task(
                    "'name':'app'," + mounts("/data", "") + dependsOn("init", "SUCCESS"),
                    "'name':'init','user':'2000','command':['chown','1000','/t']," + mounts("/t", ""));
            assertThat(task.run(FARGATE, "app", new TestImage().user("node"))
                            .access(ContainerPath.of("/data"), true)
                            .verdict())
                    .isEqualTo(NOT_PERMITTED);
        }
    }

    @Nested
    class VolumesFromInCircles {

        @Test
        void isOneFailureForAllOfThem() {
            TestTask task = task(
                    "'name':'a','volumesFrom':[{'sourceContainer':'b'}]",
                    "'name':'b','volumesFrom':[{'sourceContainer':'a'},{'sourceContainer':'c'}]",
                    "'name':'c'",
                    "'name':'d','volumesFrom':[{'sourceContainer':'a'}]");
            List<ContainerRuntime> all = task.all(EC2, new TestImage());
            assertThat(all.get(0).startFailures()).isEqualTo(all.get(1).startFailures());
            assertThat(all.get(0).startFailures())
                    .extracting(failure -> StartText.of(failure.problem()))
                    .containsExactly("containers a and b take volumes from each other in a cycle,"
                            + " so none of them can start");
            assertThat(all.get(2).startFailures()).isEmpty();
            assertThat(all.get(3).startFailures())
                    .extracting(failure -> StartText.of(failure.problem()))
                    .containsExactly("container a, whose volumes this one takes, does not start");
        }

        @Test
        void isLocatedAtTheEntryThatClosesTheCircle() {
            TestTask task = task(
                    "'name':'a','volumesFrom':[{'sourceContainer':'c'},{'sourceContainer':'b'}]",
                    "'name':'b','volumesFrom':[{'sourceContainer':'a'}]",
                    "'name':'c'");
            ContainerDefinition first = task.definition().containerDefinitions().get(0);
            assertThat(task.run(EC2, "a", new TestImage()).startFailures())
                    .extracting(StartFailure::location)
                    .containsExactly(first.fileSystem()
                            .volumesFrom()
                            .get(1)
                            .sourceContainer()
                            .where()
                            .orElseThrow());
        }

        @Test
        void doesNotStopContainersOutsideIt() {
            TestTask task = task(
                    "'name':'a','volumesFrom':[{'sourceContainer':'a'}]",
                    "'name':'b','volumesFrom':[{'sourceContainer':'b'}]");
            assertThat(task.run(EC2, "b", new TestImage()).startFailures())
                    .extracting(failure -> StartText.of(failure.problem()))
                    .containsExactly("container b takes volumes from itself, so it cannot start");
        }

        @Test
        void fromAContainerToItselfIsACircle() {
            assertThat(task("'name':'a','volumesFrom':[{'sourceContainer':'a'}]")
                            .run(EC2, "a", new TestImage())
                            .startFailures())
                    .extracting(failure -> StartText.of(failure.problem()))
                    .containsExactly("container a takes volumes from itself, so it cannot start");
        }

        @Test
        void ofManyContainersNamesOnlyAFew() {
            String[] containers = IntStream.range(0, 20)
                    .mapToObj(i -> "'name':'c" + i + "','volumesFrom':[{'sourceContainer':'c" + (i + 1) % 20 + "'}]")
                    .toArray(String[]::new);
            assertThat(task(containers).run(EC2, "c7", new TestImage()).startFailures())
                    .extracting(failure -> StartText.of(failure.problem()))
                    .containsExactly(
                            "containers c0, c1, c2, c3, c4 and 15 more take volumes from each other in a cycle,"
                                    + " so none of them can start");
        }

        /** Random volumesFrom: the analysis ends, and exactly the containers that lead into a circle do not start. */
        @RepeatedTest(200)
        void randomGraphsAreFollowedInBoundedTime(RepetitionInfo repetition) {
            Random random = new Random(repetition.getCurrentRepetition());
            int count = 1 + random.nextInt(12);
            int edges = random.nextInt(2 * count + 1);
            List<Set<Integer>> sources = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sources.add(new HashSet<>());
            }
            for (int i = 0; i < edges; i++) {
                sources.get(random.nextInt(count)).add(random.nextInt(count));
            }
            String[] containers = IntStream.range(0, count)
                    .mapToObj(i -> "'name':'c" + i + "'," + mounts("/m" + i, "") + ",'volumesFrom':["
                            + sources.get(i).stream()
                                    .map(j ->
                                            "{'sourceContainer':'c" + j + "','readOnly':" + random.nextBoolean() + "}")
                                    .collect(Collectors.joining(","))
                            + "]")
                    .toArray(String[]::new);

            List<ContainerRuntime> all = task(containers).all(EC2, new TestImage());

            for (int i = 0; i < count; i++) {
                Set<Integer> reached = reached(i, sources);
                boolean stuck =
                        reached.stream().anyMatch(j -> reached(j, sources).contains(j));
                assertThat(all.get(i).startFailures().isEmpty())
                        .as("c%d of %s", i, sources)
                        .isNotEqualTo(stuck || reached.contains(i));
                if (!stuck) {
                    // A container includes the mounts of all containers that it takes volumes from.
                    assertThat(all.get(i).mounts().stream()
                                    .filter(mount ->
                                            mount.path().name().startsWith("m") && !mount.is(Mount.Kind.ENGINE))
                                    .map(mount ->
                                            Integer.valueOf(mount.path().name().substring(1)))
                                    .collect(Collectors.toSet()))
                            .containsAll(reached)
                            .hasSize(reached.size() + 1);
                } else {
                    assertThat(all.get(i).access(ContainerPath.of("/m0"), true).verdict())
                            .isEqualTo(CANNOT_START);
                }
            }
        }

        private static Set<Integer> reached(int from, List<Set<Integer>> sources) {
            Set<Integer> reached = new HashSet<>();
            List<Integer> pending = new ArrayList<>(sources.get(from));
            while (!pending.isEmpty()) {
                int next = pending.remove(pending.size() - 1);
                if (reached.add(next)) {
                    pending.addAll(sources.get(next));
                }
            }
            return reached;
        }
    }
}
