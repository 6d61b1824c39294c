// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TaskFile.read;
import static io.github.readonlyrootfs.taskdef.TaskFile.reason;
import static io.github.readonlyrootfs.taskdef.TaskFile.withoutPlaces;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class TaskDefinitionReaderTest {

    private static TaskDefinition task(String text) {
        return read(text).task();
    }

    /** The only container, with the given members beside its name. */
    private static TaskFile readContainer(String members) {
        return read("{\"containerDefinitions\":[{\"name\":\"app\"," + members + "}]}");
    }

    private static ContainerDefinition container(String members) {
        return readContainer(members).container();
    }

    private static String at(Location location) {
        return location.line() + ":" + location.column() + "-" + location.endLine() + ":" + location.endColumn();
    }

    private static <T> String at(Value<T> value) {
        return at(value.where().orElseThrow());
    }

    private static List<String> texts(List<Located<String>> list) {
        return list.stream().map(Located::value).toList();
    }

    private static String report(TaskFile result) {
        StringBuilder report = new StringBuilder();
        for (SchemaProblem problem : result.problems()) {
            report.append(problem.kind())
                    .append(' ')
                    .append(problem.problem().location().line())
                    .append(':')
                    .append(problem.problem().location().column())
                    .append(problem.container().map(name -> " in " + name).orElse(""))
                    .append(": ")
                    .append(problem.problem().message())
                    .append("; ")
                    .append(problem.problem().help())
                    .append('\n');
        }
        return report.toString();
    }

    @Nested
    class ATidyFile {

        private final TaskDefinition task = task(SampleFiles.WHOLE);
        private final ContainerDefinition app = task.container("app").orElseThrow();

        @Test
        void hasNoProblems() {
            assertThat(read(SampleFiles.WHOLE).problems()).isEmpty();
        }

        @Test
        void hasTheTaskLevelValues() {
            assertThat(task.family().known()).contains("shop");
            assertThat(task.launch().networkMode().known()).contains("awsvpc");
            assertThat(task.launch().requiresCompatibilities().known()).contains(List.of("EC2", "FARGATE"));
            assertThat(task.launch().cpu().known()).contains("512");
            assertThat(task.launch().memory().known()).contains("1 GB");
            assertThat(task.launch().operatingSystemFamily().known()).contains("LINUX");
            assertThat(at(task.document().location())).isEqualTo("1:1-47:2");
        }

        @Test
        void hasEachContainerWithItsLocation() {
            assertThat(task.containerDefinitions())
                    .extracting(ContainerDefinition::name)
                    .containsExactly("app", "init");
            assertThat(at(app.metadata().location())).isEqualTo("9:5-34:6");
            assertThat(at(app.metadata().nameLocation())).isEqualTo("10:15-10:20");
            assertThat(app.image().written().known()).contains("registry.example/shop:1");
            assertThat(app.fileSystem().readonlyRootFilesystem().known()).contains(true);
            assertThat(at(app.fileSystem().readonlyRootFilesystem())).isEqualTo("13:33-13:37");
            assertThat(app.process().privileged().known()).contains(false);
            assertThat(app.lifecycle().essential().known()).contains(true);
            assertThat(app.process().user().known()).contains("1000:1000");
            assertThat(app.process().workingDirectory().known()).contains("/app");
            assertThat(texts(app.process().entryPoint().known().orElseThrow())).containsExactly("java");
            assertThat(texts(app.process().command().known().orElseThrow())).containsExactly("-jar", "app.jar");
            assertThat(at(app.process().command().known().orElseThrow().get(1).location()))
                    .isEqualTo("18:27-18:36");
            assertThat(texts(app.lifecycle().healthCheck().known().orElseThrow()))
                    .containsExactly("CMD", "true");
            assertThat(app.logging().firelensType().known()).contains("fluentbit");
        }

        @Test
        void hasEnvironmentAndLabelsWithTheirLocations() {
            assertThat(app.environment().variables()).extracting(KeyValue::key).containsExactly("HOME", "EMPTY");
            assertThat(app.environment().variables().get(0).value().known()).contains("/app");
            assertThat(app.environment().variables().get(1).value().known()).contains("");
            assertThat(app.metadata().dockerLabels()).singleElement().satisfies(label -> {
                assertThat(label.key()).isEqualTo("io.github.readonly-rootfs.writable-paths");
                assertThat(label.value().known()).contains("/tmp");
                assertThat(at(label.location())).isEqualTo("20:25-20:75");
            });
        }

        @Test
        void hasEverythingThatMountsDependOn() {
            assertThat(app.fileSystem().mountPoints()).singleElement().satisfies(mount -> {
                assertThat(mount.sourceVolume().known()).contains("tmp");
                assertThat(mount.containerPath().known()).contains("/tmp");
                assertThat(mount.readOnly().known()).contains(false);
                assertThat(at(mount.location())).isEqualTo("22:24-22:93");
            });
            assertThat(app.fileSystem().volumesFrom()).singleElement().satisfies(from -> {
                assertThat(from.sourceContainer().known()).contains("init");
                assertThat(from.readOnly().known()).contains(true);
            });
            assertThat(app.lifecycle().dependsOn()).singleElement().satisfies(dependency -> {
                assertThat(dependency.containerName().known()).contains("init");
                assertThat(dependency.condition().known()).contains("SUCCESS");
            });
            LinuxParameters linux = app.linuxParameters();
            assertThat(texts(linux.capabilitiesAdd())).containsExactly("SYS_PTRACE");
            assertThat(texts(linux.capabilitiesDrop())).containsExactly("ALL");
            assertThat(linux.tmpfs()).singleElement().satisfies(tmpfs -> {
                assertThat(tmpfs.containerPath().known()).contains("/run");
                assertThat(tmpfs.size().known()).contains(16);
                assertThat(texts(tmpfs.mountOptions())).containsExactly("mode=1777", "exec");
            });
        }

        @Test
        void hasTheLogConfiguration() {
            assertThat(app.logging().configured()).isTrue();
        }

        @Test
        void hasEveryKindOfVolume() {
            assertThat(task.volumes())
                    .extracting(volume -> volume.storage().getClass().getSimpleName())
                    .containsExactly("Empty", "HostPath", "Docker", "Efs", "S3Files", "Fsx", "Ebs", "Empty");
            assertThat(task.volume("docker").orElseThrow().storage())
                    .isInstanceOfSatisfying(Storage.Docker.class, docker -> {
                        assertThat(docker.scope().known()).contains("task");
                        assertThat(docker.driver().known()).contains("local");
                        assertThat(docker.driverOptions())
                                .extracting(KeyValue::key)
                                .containsExactly("type");
                    });
            assertThat(task.volume("efs").orElseThrow().storage()).isInstanceOfSatisfying(Storage.Efs.class, efs -> {
                assertThat(efs.accessPointId().known()).contains("fsap-1");
                assertThat(efs.iam().known()).contains("ENABLED");
            });
        }

        @Test
        void hasAbsentValuesForMissingKeys() {
            ContainerDefinition init = task.container("init").orElseThrow();
            assertThat(init.fileSystem().readonlyRootFilesystem().isAbsent()).isTrue();
            assertThat(init.process().user().isAbsent()).isTrue();
            assertThat(init.process().entryPoint().isAbsent()).isTrue();
            assertThat(init.linuxParameters()).isEqualTo(LinuxParameters.NONE);
            assertThat(init.logging().configured()).isFalse();
        }
    }

    @Nested
    class AFile {

        @Test
        void mayBeTheOutputOfDescribeTaskDefinition() {
            var result = read("""
                    {"taskDefinition": {"taskDefinitionArn": "arn", "containerDefinitions": [{"name": "app"}], "revision": 7,
                      "status": "ACTIVE", "requiresAttributes": [{"name": "x"}], "compatibilities": ["EC2"],
                      "registeredAt": 1.7e9, "registeredBy": "me"}, "tags": []}
                    """);

            assertThat(result.problems()).isEmpty();
            assertThat(result.task().launch().requiresCompatibilities().isAbsent())
                    .isTrue();
            assertThat(at(result.task().document().location())).startsWith("1:20-");
        }

        @Test
        void uncheckedObjectsMayHaveAnyKeysButMustBeObjects() {
            assertThat(read("""
                            {"containerDefinitions": [{"name": "app"}],
                             "requiresAttributes": [{"name": "x", "anything": {"of": 1}}, "y"]}
                            """).problems())
                    .extracting(problem -> problem.problem().message() + "; "
                            + problem.problem().help())
                    .containsExactly(
                            "an element of `requiresAttributes` is a string where an object was expected; write an object");
        }

        @Test
        void mayBeABareArrayOfContainersWhoseVolumesAreElsewhere() {
            var result =
                    read("[{\"name\":\"app\",\"mountPoints\":[{\"sourceVolume\":\"v\",\"containerPath\":\"/v\"}]}]");

            assertThat(result.problems()).isEmpty();
            assertThat(result.task().volume("v").orElseThrow().storage()).isInstanceOf(Storage.Unknown.class);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                {}                                 | INVALID 1:1: this object has no `containerDefinitions`
                {"name":"package.json","x":1}      | INVALID 1:1: this object has no `containerDefinitions`
                {"ContainerDefinitions":[]}        | INVALID 1:2: `ContainerDefinitions` is not a key of a task definition, and there is no `containerDefinitions`
                {"containerDefinition":[]}         | INVALID 1:2: `containerDefinition` is not a key of a task definition, and there is no `containerDefinitions`
                {"containerDefinitions":[]}        | INVALID 1:25: `containerDefinitions` is empty
                {"containerDefinitions":null}      | INVALID 1:25: `containerDefinitions` is empty
                {"containerDefinitions":{}}        | INVALID 1:25: `containerDefinitions` is empty
                {"containerDefinitions":""}        | INVALID 1:25: `containerDefinitions` is empty
                []                                 | INVALID 1:1: `containerDefinitions` is empty
                {"containerDefinitions":"app"}     | INVALID 1:25: `containerDefinitions` is a string where an array of objects was expected
                {"containerDefinitions":[1]}       | INVALID 1:26 in containerDefinitions[0]: an element of `containerDefinitions` is a number where an object was expected
                [null]                             | INVALID 1:2 in containerDefinitions[0]: an element of `containerDefinitions` is null where an object was expected
                ["app"]                            | INVALID 1:2 in containerDefinitions[0]: an element of `containerDefinitions` is a string where an object was expected
                """)
        void withoutAContainerIsOneProblem(String text, String expected) {
            var result = read(text);

            assertThat(result.taskDefinition()).isEmpty();
            assertThat(report(result)).startsWith(expected + "; ").hasLineCount(1);
        }

        @Test
        void withInvalidJsonIsOneProblem() {
            assertThat(report(read("hello\n")))
                    .startsWith("INVALID 1:1: this is not JSON")
                    .hasLineCount(1);
        }
    }

    @Nested
    class AContainer {

        @Test
        void withoutANameIsInvalidAndNamedByItsPosition() {
            var result = read("{\"containerDefinitions\":[{\"name\":\"a\"},{\"image\":\"b\"}]}");

            assertThat(report(result))
                    .isEqualTo("INVALID 1:39 in containerDefinitions[1]: this container definition has no `name`;"
                            + " add `\"name\": \"…\"`\n");
            assertThat(result.task().container("containerDefinitions[1]")).isPresent();
        }

        @Test
        void withADuplicateNameIsInvalid() {
            assertThat(report(read("[{\"name\":\"a\"},\n{\"name\":\"a\"}]")))
                    .startsWith("INVALID 2:9 in a: another container, on line 1, is called `a` too;");
        }

        @Test
        void keepsItsPositionAfterAnElementThatIsNotAnObject() {
            var result = read("[7,{}]");

            assertThat(result.task().containerDefinitions())
                    .extracting(ContainerDefinition::name)
                    .containsExactly("containerDefinitions[1]");
            assertThat(result.problems())
                    .extracting(problem -> problem.container().orElseThrow())
                    .containsExactly("containerDefinitions[0]", "containerDefinitions[1]");
        }

        @Test
        void thatIsNotAnObjectDoesNotHideTheOthers() {
            var result = read("[7,{\"name\":\"a\"}]");

            assertThat(result.task().containerDefinitions())
                    .extracting(ContainerDefinition::name)
                    .containsExactly("a");
            assertThat(report(result)).startsWith("INVALID 1:2").hasLineCount(1);
        }
    }

    @Nested
    class AKey {

        @ParameterizedTest(name = "{0} in a container")
        @CsvSource(delimiter = '|', textBlock = """
                readOnlyRootFilesystem | write `readonlyRootFilesystem`
                readonlyRootFileSystem | write `readonlyRootFilesystem`
                ReadonlyRootFilesystem | write `readonlyRootFilesystem`
                readonly_root_filesystem | write `readonlyRootFilesystem`
                readonlyRootFilesytem  | write `readonlyRootFilesystem`
                mountpoints            | write `mountPoints`
                mountPoint             | write `mountPoints`
                MountPoints            | write `mountPoints`
                entrypoint             | write `entryPoint`
                tmpfs                  | `tmpfs` belongs in `linuxParameters`
                initProcessEnabled     | `initProcessEnabled` belongs in `linuxParameters`
                drop                   | `drop` belongs in `capabilities`
                volumes                | `volumes` belongs in a task definition
                networkMode            | `networkMode` belongs in a task definition
                networkmode            | write `networkMode`, in a task definition
                Tmpfs                  | write `tmpfs`, in `linuxParameters`
                containerPath          | `containerPath` belongs in `mountPoints`
                comment                | write `command`
                xyzzy                  | remove it, or correct its spelling
                """)
        void unknownToEcsIsReportedWithTheClosestMatch(String key, String help) {
            assertThat(report(readContainer("\"" + key + "\":true")))
                    .isEqualTo("UNKNOWN_FIELD 1:40 in app: `" + key
                            + "` is not a key of a container definition: ECS ignores it; " + help + "\n");
        }

        @ParameterizedTest(name = "{0} in a task definition")
        @CsvSource(delimiter = '|', textBlock = """
                readonlyRootFilesystem | `readonlyRootFilesystem` belongs in a container definition
                readOnlyRootFilesystem | write `readonlyRootFilesystem`, in a container definition
                mountPoints            | `mountPoints` belongs in a container definition
                operatingSystemFamily  | `operatingSystemFamily` belongs in `runtimePlatform`
                volume                 | write `volumes`
                """)
        void inTheWrongObjectIsReportedWithTheRightOne(String key, String help) {
            assertThat(report(read("{\"" + key + "\":1,\"containerDefinitions\":[{\"name\":\"a\"}]}")))
                    .endsWith("; " + help + "\n");
        }

        @Test
        void unknownInASmallObjectIsReportedWithAllItsKeys() {
            assertThat(report(readContainer("\"mountPoints\":[{\"path\":\"/x\",\"containerpath\":\"/y\"}]")))
                    .isEqualTo("""
                            UNKNOWN_FIELD 1:56 in app: `path` is not a key of `mountPoints`: ECS ignores it; the keys of `mountPoints` are sourceVolume, containerPath, readOnly
                            UNKNOWN_FIELD 1:68 in app: `containerpath` is not a key of `mountPoints`: ECS ignores it; write `containerPath`
                            """);
        }

        @Test
        void thatIsLongOrHasLineBreaksIsShortenedToALine() {
            assertThat(report(readContainer("\"a\\n\\u001b" + "x".repeat(5000) + "\":true")))
                    .startsWith("UNKNOWN_FIELD 1:40 in app: `a\uFFFD\uFFFDxxx")
                    .contains("xxx…` is not a key")
                    .hasLineCount(1)
                    .hasSizeLessThan(300);
        }

        @Test
        void inAnotherSpellingIsNotReadAsTheCorrectOne() {
            assertThat(container("\"readOnlyRootFilesystem\":true")
                            .fileSystem()
                            .readonlyRootFilesystem()
                            .isAbsent())
                    .isTrue();
        }

        @Test
        void usedAsACommentIsNotReportedInAFileForEcs() {
            String commented =
                    "{\"_comment\": \"a\", \"containerDefinitions\": [{\"name\": \"app\", \"_image\": 1, \"//\": \"b\"}]}";

            assertThat(read(commented).problems()).isEmpty();
            assertThat(read("{\"Resources\": {\"A\": {\"Type\": \"AWS::ECS::TaskDefinition\", \"Properties\": "
                                    + "{\"ContainerDefinitions\": [{\"Name\": \"app\", \"_image\": 1}]}}}}")
                            .problems())
                    .extracting(problem -> problem.problem().message() + "; "
                            + problem.problem().help())
                    .containsExactly("`_image` is not a key of a container definition: CloudFormation refuses it;"
                            + " remove it, or correct its spelling");
        }

        @Test
        void theLastDuplicateWins() {
            var result = readContainer("\"user\":\"a\",\n\"user\":\"b\",\n\"user\":\"c\"");

            assertThat(result.task()
                            .container("app")
                            .orElseThrow()
                            .process()
                            .user()
                            .known())
                    .contains("c");
            assertThat(report(result)).isEqualTo("""
                            DUPLICATE_KEY 2:1 in app: duplicate key `user` (first on line 1); the last one wins; remove one of them
                            DUPLICATE_KEY 3:1 in app: duplicate key `user` (first on line 1); the last one wins; remove one of them
                            """);
        }
    }

    @Nested
    class AValueOfAWrongType {

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                "false"  | false | write false without quotes
                "TRUE"   | true  | write true without quotes
                "True"   | true  | write true without quotes
                "yes"    |       | write true or false without quotes
                1        |       | write true or false without quotes
                [true]   |       | write true or false without quotes
                """)
        void isReadAsTheBooleanItSpells(String written, Boolean spelt, String help) {
            var result = readContainer("\"readonlyRootFilesystem\":" + written);
            Value<Boolean> value =
                    result.task().container("app").orElseThrow().fileSystem().readonlyRootFilesystem();

            assertThat(value.known()).isEqualTo(Optional.ofNullable(spelt));
            assertThat(value.isUnknown()).isEqualTo(spelt == null);
            assertThat(report(result))
                    .startsWith("WRONG_TYPE 1:65 in app: `readonlyRootFilesystem` is a")
                    .endsWith("; " + help + "\n")
                    .hasLineCount(1);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                "64"             | 64
                64.0             | 64
                -1               | -1
                2147483647       | 2147483647
                2147483648       |
                6.5              |
                1e3              |
                99999999999      |
                "64MB"           |
                true             |
                """)
        void isReadAsTheIntegerItSpells(String written, Integer spelt) {
            var result = readContainer("\"linuxParameters\":{\"tmpfs\":[{\"size\":" + written + "}]}");
            Value<Integer> value = result.task()
                    .container("app")
                    .orElseThrow()
                    .linuxParameters()
                    .tmpfs()
                    .get(0)
                    .size();

            assertThat(value.known()).isEqualTo(Optional.ofNullable(spelt));
            assertThat(value.isUnknown()).isEqualTo(spelt == null);
            assertThat(report(result)).hasLineCount(written.matches("-1|2147483647") ? 0 : 1);
        }

        @Test
        void isReadAsTheStringItSpells() {
            var result = readContainer("\"user\":1000");

            assertThat(result.task()
                            .container("app")
                            .orElseThrow()
                            .process()
                            .user()
                            .known())
                    .contains("1000");
            assertThat(report(result))
                    .isEqualTo("WRONG_TYPE 1:47 in app: `user` is a number where a string was expected;"
                            + " put it in double quotes\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"cpu\":256,\"memory\":512", "\"cpu\":\"256\",\"memory\":\"512\""})
        void isAcceptedForTheCpuAndMemoryOfATask(String sizes) {
            var result = read("{" + sizes + ",\"containerDefinitions\":[{\"name\":\"a\"}]}");

            assertThat(result.problems()).isEmpty();
            assertThat(result.task().launch().cpu().known()).contains("256");
            assertThat(result.task().launch().memory().known()).contains("512");
        }

        @Test
        void anObjectThatIsNotAnElementIsNotSuggestedInBrackets() {
            assertThat(report(readContainer("\"environment\":{\"DB_HOST\":\"db\",\"C\":\"d\"}")))
                    .isEqualTo("""
                            WRONG_TYPE 1:54 in app: `environment` is an object where an array of objects was expected; write an array of objects with the keys name, value
                            """);
        }

        @Test
        void isReadAsAnArrayOfOne() {
            var result = readContainer(
                    "\"mountPoints\":{\"sourceVolume\":\"v\",\"containerPath\":\"/v\"},\"command\":\"run\"");
            ContainerDefinition app = result.task().container("app").orElseThrow();

            assertThat(app.fileSystem().mountPoints()).hasSize(1);
            assertThat(texts(app.process().command().known().orElseThrow())).containsExactly("run");
            assertThat(report(result)).isEqualTo("""
                            WRONG_TYPE 1:54 in app: `mountPoints` is an object where an array of objects was expected; put it in square brackets
                            WRONG_TYPE 1:106 in app: `command` is a string where an array of strings was expected; put it in square brackets
                            """);
        }

        @Test
        void thatCannotBeConvertedIsUnknownAndNotAbsent() {
            ContainerDefinition app = container("\"user\":[],\"workingDirectory\":[1],\"command\":{\"a\":1}");

            assertThat(app.process().user().isAbsent()).isTrue();
            assertThat(reason(app.process().workingDirectory()))
                    .isEqualTo("`workingDirectory` is an array, not a string");
            assertThat(reason(app.process().command())).isEqualTo("`command` is an object, not an array of strings");
        }

        @Test
        void isNeverQuotedBecauseItMayBeASecret() {
            var result = readContainer(
                    "\"environment\":[{\"name\":\"PIN\",\"value\":731946}],\"dockerLabels\":{\"pin\":731946}");

            assertThat(report(result)).hasLineCount(2).doesNotContain("731946");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "[]", "{}"})
    void nullAndEmptyValuesAreAbsent(String nothing) {
        var result = readContainer(
                "\"image\":N,\"user\":N,\"readonlyRootFilesystem\":N,\"essential\":N,\"entryPoint\":N,\"mountPoints\":N,"
                                .replace("N", nothing)
                        + "\"linuxParameters\":N,\"logConfiguration\":N,\"healthCheck\":N,\"environment\":N,\"dockerLabels\":N"
                                .replace("N", nothing));

        assertThat(result.problems()).isEmpty();
        assertThat(result.taskDefinition())
                .hasValueSatisfying(task -> assertThat(withoutPlaces(task))
                        .isEqualTo(withoutPlaces(task("{\"containerDefinitions\":[{\"name\":\"app\"}]}"))));
    }
}
