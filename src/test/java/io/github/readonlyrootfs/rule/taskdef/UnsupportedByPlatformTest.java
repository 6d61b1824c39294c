// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnsupportedByPlatformTest {

    private final UnsupportedByPlatform rule = new UnsupportedByPlatform();

    /** A task read from JSON in single quotes, judged on named platforms. */
    private static TaskAnalysis task(String json, Platform... platforms) {
        return task(json, true, List.of(platforms));
    }

    private static TaskAnalysis task(String json, boolean named, List<Platform> platforms) {
        SourceFile source = SourceFile.of("taskdef.json", json.replace('\'', '"'));
        TaskFile read = TaskFile.read(source);
        // Another rule reports values that ECS does not accept.
        assertThat(read.problems()).as(json).noneMatch(problem -> problem.kind() != SchemaProblem.Kind.WRONG_TYPE);
        return new TaskAnalysis(
                new TaskAnalysis.Definition("taskdef.json", Optional.empty(), read.taskDefinition(), read.problems()),
                new TaskAnalysis.Platforms(platforms, named),
                List.of(),
                TaskAnalysis.Builds.NONE,
                false,
                Map.of(source.name(), source));
    }

    private static String withContainer(String members) {
        return "{'containerDefinitions':[{'name':'app'" + members + "}]}";
    }

    private static String withVolume(String members) {
        return "{'containerDefinitions':[{'name':'app'}],'volumes':[{'name':'data'" + members + "}]}";
    }

    private static String linux(String members) {
        return withContainer(",'linuxParameters':{" + members + "}");
    }

    private List<Finding> findings(TaskAnalysis task) {
        return CheckedTaskFixture.findings(rule, task);
    }

    private List<String> messages(String json, Platform... platforms) {
        return findings(task(json, platforms)).stream().map(Finding::message).toList();
    }

    /** Compares the table with task definitions that violate its lines. */
    @Nested
    class Table {

        static List<PlatformLimit> limits() {
            return PlatformLimit.all();
        }

        @ParameterizedTest
        @MethodSource("limits")
        void eachLineIsAFindingOnItsPlatformsOnly(PlatformLimit limit) {
            Set<Platform> expected = Stream.of(Platform.values())
                    .filter(platform -> Stream.of(limit.refused(), limit.unsupported())
                            .flatMap(Collection::stream)
                            .anyMatch(place -> place.all().equals(Set.of(platform.name()))))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<Platform> found = Stream.of(Platform.values())
                    .filter(platform ->
                            !findings(task(offending(limit, ""), platform)).isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));

            // Another line may be about the same parameter.
            assertThat(found).containsAll(expected);
            assertThat(found)
                    .isSubsetOf(PlatformLimit.all().stream()
                            .filter(other -> other.parameter().equals(limit.parameter())
                                    || limit.parameter().startsWith(other.parameter() + "."))
                            .flatMap(other -> Stream.of(other.refused(), other.unsupported())
                                    .flatMap(Collection::stream))
                            .flatMap(place -> Stream.of(Platform.values())
                                    .filter(platform -> place.all().contains(platform.name())))
                            .toList());
        }

        @ParameterizedTest
        @MethodSource("limits")
        void aLineAboutWindowsAppliesOnEveryPlatformAndNeverToLinux(PlatformLimit limit) {
            // A line may be about a part of the parameter of another one.
            boolean windows = PlatformLimit.all().stream()
                    .filter(other -> (limit.parameter() + ".").startsWith(other.parameter() + "."))
                    .flatMap(other -> Stream.of(other.refused(), other.unsupported()))
                    .flatMap(Collection::stream)
                    .anyMatch(place -> place.all().equals(Set.of("WINDOWS")));
            String json = offending(limit, "WINDOWS_SERVER_2022_CORE");

            assertThat(findings(task(json, false, List.of(Platform.EC2))).isEmpty())
                    .as(json)
                    .isEqualTo(!windows);
        }

        @ParameterizedTest
        @MethodSource("limits")
        void limitsOfAssumedPlatformsAreNotReported(PlatformLimit limit) {
            assertThat(findings(task(offending(limit, ""), false, List.of(Platform.values()))))
                    .isEmpty();
        }

        @ParameterizedTest
        @MethodSource("limits")
        void placeholdersAreNotJudged(PlatformLimit limit) {
            String json = offending(limit, "")
                    .replace("'other'", "'${X}'")
                    .replace(":7", ":'${X}'")
                    .replace(":true", ":'${X}'");
            if (!json.equals(offending(limit, ""))) {
                assertThat(findings(task(json, Platform.values())))
                        .filteredOn(finding ->
                                finding.message().contains(limit.what().replaceAll("[{}%]", "")))
                        .as(json)
                        .isEmpty();
            }
        }

        /** A task definition that violates a limit; without an operating system if that is empty. */
        private String offending(PlatformLimit limit, String operatingSystem) {
            String[] keys = limit.parameter().split("\\.");
            String argument =
                    limit.when().substring(limit.when().indexOf(':') + 1).split(",")[0];
            String value = switch (limit.when().replaceFirst(":.*", "")) {
                case "is" -> argument.equals("true") ? "true" : "'" + argument + "'";
                case "not" -> "'other'";
                default -> sample(keys[keys.length - 1]);
            };
            if (keys[keys.length - 1].equals("add")) {
                value = "[" + value + "]";
            }
            String members = "'" + keys[keys.length - 1] + "':" + value;
            for (int i = keys.length - 2; i >= 0; i--) {
                boolean list = Set.of("containerDefinitions", "volumes").contains(keys[i]);
                String name = i == 0 && list ? "'name':'x'," : "";
                members = "'" + keys[i] + "':" + (list ? "[{" + name + members + "}]" : "{" + members + "}");
            }
            String rest = keys[0].equals("containerDefinitions") ? "" : ",'containerDefinitions':[{'name':'app'}]";
            if (!operatingSystem.isEmpty()) {
                String family = "'operatingSystemFamily':'" + operatingSystem + "'";
                return "{" + members + rest + ",'runtimePlatform':{" + family + "}}";
            }
            return "{" + members + rest + "}";
        }

        private static String sample(String key) {
            return switch (key) {
                case "user", "sourcePath" -> "'x'";
                case "sharedMemorySize", "maxSwap", "swappiness" -> "7";
                case "linuxParameters" -> "{'initProcessEnabled':true}";
                case "devices" -> "[{'hostPath':'/x'}]";
                case "dockerVolumeConfiguration" -> "{'scope':'task'}";
                case "s3filesVolumeConfiguration" -> "{'fileSystemArn':'x'}";
                case "efsVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration" -> "{'fileSystemId':'x'}";
                default -> throw new IllegalArgumentException(key);
            };
        }
    }

    @Nested
    class Words {

        @Test
        void aParameterOfAContainerNamesThePlatformAndTheContainer() {
            assertThat(findings(task(linux("'sharedMemorySize':64"), Platform.FARGATE)))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message())
                                .isEqualTo("Fargate does not support sharedMemorySize (container app): "
                                        + "ECS refuses the task definition");
                        assertThat(help(finding))
                                .isEqualTo(
                                        "if the task does not need it, remove `\"sharedMemorySize\":64` from line 1");
                        assertThat(finding.container()).contains("app");
                        assertThat(finding.platforms()).containsExactly(Platform.FARGATE);
                        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                        assertThat(finding.location().column())
                                .isEqualTo(linux("'sharedMemorySize':64").indexOf("'shared") + 1);
                    });
        }

        @Test
        void theSameLimitOnSeveralPlatformsIsOneFinding() {
            assertThat(findings(task(linux("'maxSwap':7"), Platform.EC2, Platform.FARGATE, Platform.MANAGED_INSTANCES)))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message())
                                .isEqualTo("Fargate and Managed Instances do not support maxSwap (container app): "
                                        + "ECS refuses the task definition");
                        assertThat(finding.platforms()).containsExactly(Platform.FARGATE, Platform.MANAGED_INSTANCES);
                    });
        }

        @Test
        void theMessageForADocumentedLimitDoesNotClaimThatEcsRefusesIt() {
            assertThat(messages(withVolume(",'efsVolumeConfiguration':{'fileSystemId':'fs-1'}"), Platform.EXTERNAL))
                    .containsExactly("External instances do not support efsVolumeConfiguration (volume data): "
                            + "ECS does not run the task there");
        }

        @Test
        void aTmpfsNeedsAPath() {
            assertThat(messages(linux("'tmpfs':[{'size':64}]"), Platform.FARGATE))
                    .containsExactly("a tmpfs of container app has no containerPath: ECS refuses the task definition");
        }

        @Test
        void removingTheHostPathMakesTheVolumeEmpty() {
            assertThat(findings(task(withVolume(",'host':{'sourcePath':'/mnt'}"), Platform.FARGATE)))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message())
                                .isEqualTo("Fargate does not support host.sourcePath (volume data): "
                                        + "ECS refuses the task definition");
                        assertThat(help(finding))
                                .isEqualTo(
                                        "if the task does not need it, remove `\"sourcePath\":\"/mnt\"` from line 1: "
                                                + "the volume is then empty and ends with the task");
                        assertThat(finding.container()).isEmpty();
                    });
        }

        @Test
        void eachUnsupportedValueOfAListIsOneFinding() {
            assertThat(findings(task(
                            linux(
                                    "'capabilities':{'add':['SYS_PTRACE','NET_ADMIN','${CAP}','SYS_TIME'],'drop':['ALL']}"),
                            Platform.FARGATE)))
                    .extracting(CheckedTaskFixture::help)
                    .containsExactly(
                            "if the task does not need it, remove `\"NET_ADMIN\"` from line 1",
                            "if the task does not need it, remove `\"SYS_TIME\"` from line 1");
        }

        @Test
        void aFindingAboutWindowsContainersNamesNoPlatform() {
            assertThat(findings(task(
                            "{'runtimePlatform':{'operatingSystemFamily':'WINDOWS_SERVER_2022_CORE'},"
                                    + "'networkMode':'awsvpc','containerDefinitions':[{'name':'app','user':'app',"
                                    + "'privileged':true,'linuxParameters':{'devices':[{'hostPath':'/x'}],"
                                    + "'capabilities':{'add':['NET_ADMIN']}}}]}",
                            Platform.FARGATE)))
                    .allSatisfy(finding -> assertThat(finding.platforms()).isEmpty())
                    .extracting(Finding::message)
                    .containsExactlyInAnyOrder(
                            "Windows containers do not support user (container app): the task does not start",
                            "Windows containers do not support privileged (container app): the task does not start",
                            "Windows containers do not support linuxParameters (container app): the task does not start");
        }
    }

    @Test
    void anEbsVolumeIsForLinuxOnFargateAndForBothOnEc2() {
        String json = "{'runtimePlatform':{'operatingSystemFamily':'WINDOWS_SERVER_2022_CORE'},"
                + withVolume(",'configuredAtLaunch':true").substring(1);
        assertThat(messages(json, Platform.EC2)).isEmpty();
        assertThat(messages(json, Platform.FARGATE))
                .containsExactly("Fargate does not support configuredAtLaunch (an EBS volume) (volume data): "
                        + "ECS does not run the task there");
    }

    @Test
    void anFsxVolumeIsNotSupportedOnLinux() {
        String fsx = withVolume(",'fsxWindowsFileServerVolumeConfiguration':{'fileSystemId':'fs-1'}");
        assertThat(messages(fsx, Platform.EC2)).isEmpty();
        assertThat(messages("{'runtimePlatform':{'operatingSystemFamily':'LINUX'}," + fsx.substring(1), Platform.EC2))
                .containsExactly("Linux containers do not support fsxWindowsFileServerVolumeConfiguration"
                        + " (volume data): the task does not start");
    }

    @Test
    void emptyAndDisabledValuesAreNotReported() {
        assertThat(messages(
                        "{'containerDefinitions':[{'name':'app','user':'','privileged':false,'linuxParameters':{'devices':[],'capabilities':{'drop':['ALL']},"
                                + "'initProcessEnabled':true,'tmpfs':[{'containerPath':'/tmp','size':64}]}}],"
                                + "'volumes':[{'name':'tmp','host':{}},{'name':'n','host':{'sourcePath':''}}]}",
                        Platform.FARGATE))
                .isEmpty();
    }

    @Test
    void aTmpfsWithoutSizeIsAnErrorEverywhere() {
        assertThat(findings(task(linux("'tmpfs':[{'containerPath':'/tmp'}]"), Platform.EC2)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo(
                                    "the tmpfs at /tmp of container app has no size: ECS refuses the task definition");
                    assertThat(help(finding))
                            .isEqualTo("put `\"size\": 64,` before `\"containerPath\"` in line 1: the size is in MiB");
                    assertThat(finding.container()).isEqualTo(Optional.of("app"));
                    assertThat(finding.path()).contains(ContainerPath.of("/tmp"));
                });
    }
}
