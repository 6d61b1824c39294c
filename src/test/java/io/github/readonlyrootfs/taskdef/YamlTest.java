// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TaskFile.read;
import static io.github.readonlyrootfs.taskdef.TaskFile.withoutPlaces;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.Thorough;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

    private static TaskDefinition task(String text) {
        var result = read(text);
        assertThat(result.problems()).isEmpty();
        return result.task();
    }

    private static ContainerDefinition app(String text) {
        return task(text).container("app").orElseThrow();
    }

    /** The location and message for an invalid file. */
    private static String fault(String text) {
        var result = read(text);
        assertThat(result.taskDefinition()).isEmpty();
        assertThat(result.problems()).hasSize(1);
        var problem = result.problems().get(0).problem();
        return problem.location().line() + ":" + problem.location().column() + " " + problem.message();
    }

    static List<String> shapes() {
        return List.of(
                SampleFiles.YAML,
                SampleFiles.CLOUDFORMATION,
                SampleFiles.CLOUDFORMATION_YAML,
                "taskDefinition:\n" + SampleFiles.YAML.indent(2),
                "%YAML 1.1\n---\n" + SampleFiles.YAML + "...\n",
                SampleFiles.YAML.replace("\n", "\r\n"),
                SampleFiles.CLOUDFORMATION_YAML.replace("!Ref ReadOnly", "{ Ref: ReadOnly }"),
                SampleFiles.CLOUDFORMATION_YAML.replace(
                        "!Sub registry.example/shop:${Tag}", "{ 'Fn::Sub': 'registry.example/shop:${Tag}' }"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theSameTaskIsEqualInEveryStyleOfYaml(String text) {
        assertThat(withoutPlaces(task(text))).isEqualTo(withoutPlaces(task(SampleFiles.WHOLE)));
    }

    @ParameterizedTest
    @CsvSource({"readonlyRootFilesystem: True, True", "user: \"1000:1000\", '\"1000:1000\"'"})
    void positionsAreThoseOfTheFile(String line, String value) {
        SourceFile source = SourceFile.of("taskdef.json", "# 😀\n" + SampleFiles.YAML);
        ContainerDefinition app = read(source).task().container("app").orElseThrow();
        Location where = (value.equals("True")
                        ? app.fileSystem().readonlyRootFilesystem().where()
                        : app.process().user().where())
                .orElseThrow();

        assertThat(source.text(where)).isEqualTo(value);
        assertThat(source.line(where.line())).endsWith(line);
    }

    /** None of these is invalid JSON. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-\n  name: app\n  image: i\n",
                "? containerDefinitions\n: - name: app\n    image: i\n",
                "!!map\ncontainerDefinitions:\n- name: app\n  image: i\n",
                "My notes: b\ncontainerDefinitions:\n- name: app\n  image: i\n",
                "${PREFIX}x: b\ncontainerDefinitions:\n- name: app\n  image: i\n",
                """
                Fn::Transform: {Name: b}
                Resources:
                  T:
                    Type: AWS::ECS::TaskDefinition
                    Properties:
                      ContainerDefinitions:
                      - Name: app
                        Image: i
                """,
            })
    void yamlIsDetectedHoweverItStarts(String text) {
        assertThat(read(text).taskDefinition())
                .flatMap(task -> task.container("app"))
                .flatMap(app -> app.image().written().known())
                .contains("i");
    }

    @Test
    void aTagSetsTheTypeOfAValue() {
        var result = read("""
                          containerDefinitions:
                          - name: !!str 7
                            readonlyRootFilesystem: !!bool "true"
                            user: !!str 1000
                            memory: !!int "512"
                            workingDirectory: ! 1
                          """);

        assertThat(result.problems()).isEmpty();
        ContainerDefinition seven = result.task().container("7").orElseThrow();
        assertThat(seven.fileSystem().readonlyRootFilesystem().known()).contains(true);
        assertThat(seven.process().user().known()).contains("1000");
        assertThat(seven.process().workingDirectory().known()).contains("1");
    }

    @Test
    void anObjectEndsAtTheEndOfItsLastValue() {
        SourceFile source = SourceFile.of("taskdef.json", SampleFiles.YAML);
        TaskDefinition task = read(source).task();

        assertThat(source.text(task.container("init").orElseThrow().metadata().location()))
                .isEqualTo("name: init\n    image: busybox");
        assertThat(source.text(task.volume("tmp").orElseThrow().location())).startsWith("name: ");
        assertThat(source.text(task.container("app")
                        .orElseThrow()
                        .fileSystem()
                        .mountPoints()
                        .get(0)
                        .location()))
                .endsWith("readOnly: false");
    }

    @Test
    void aFunctionInATemplateHasTheLocationOfItsTag() {
        SourceFile source = SourceFile.of("taskdef.json", SampleFiles.CLOUDFORMATION_YAML);
        ContainerDefinition app = read(source).task().container("app").orElseThrow();

        assertThat(source.text(app.fileSystem().readonlyRootFilesystem().where().orElseThrow()))
                .isEqualTo("!Ref ReadOnly");
        assertThat(source.text(app.process().workingDirectory().where().orElseThrow()))
                .startsWith("!Join");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<RO>",
                "${RO}",
                "$RO",
                "{{ .RO }}",
                "\"{{ env \"RO\" }}\"",
                "%RO%",
                "@RO@",
                "${{ env.RO }}",
                "'{{ RO }}'",
                "{{ if .P }}true{{ else }}false{{ end }}"
            })
    void aPlaceholderIsUnknown(String placeholder) {
        ContainerDefinition app = app("containerDefinitions:\n- name: app\n  readonlyRootFilesystem: " + placeholder
                + "\n  image: {{ repo }}/app:<TAG>\n");

        assertThat(app.fileSystem().readonlyRootFilesystem()).isInstanceOf(Value.Unknown.class);
        assertThat(app.image().written().known()).contains("{{ repo }}/app:<TAG>");
    }

    @Test
    void writtenKeysOverrideThoseOfAMergeKey() {
        ContainerDefinition app = app("""
                x-base: &base { user: base, workingDirectory: /base }
                taskDefinition:
                  containerDefinitions:
                    - <<: *base
                      name: app
                      user: own
                """);

        assertThat(app.process().user().known()).contains("own");
        assertThat(app.process().workingDirectory().known()).contains("/base");
    }

    @Test
    void aDuplicateKeyIsReported() {
        assertThat(read("containerDefinitions:\n- name: app\n  user: a\n  user: b\n")
                        .problems())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.kind()).isEqualTo(SchemaProblem.Kind.DUPLICATE_KEY);
                    assertThat(it.problem().location().line()).isEqualTo(4);
                });
    }

    @Test
    void anUnquotedValueHasTheTypeOfItsSpelling() {
        assertThat(
                        read("containerDefinitions:\n- name: app\n  user: 1000\n  readonlyRootFilesystem: yes\n  essential: 'true'\n  image:\n")
                                .problems())
                .extracting(it -> it.problem().message())
                .containsExactly(
                        "`user` is a number where a string was expected",
                        "`readonlyRootFilesystem` is a string where true or false was expected",
                        "`essential` is a string where true or false was expected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: 1⏎→b: 2                       | 2:1 YAML does not allow tabs for indentation
            a:⏎→- b                          | 2:1 YAML does not allow tabs for indentation
            # only⏎---                       | 2:4 a single value where the task definition was expected
            a: b: c                          | 1:5 unexpected `:`: a key is not allowed here
            a: [1, 2                         | 1:9 a `,` or a closing bracket is missing
            a: "x                            | 1:6 the file ends within a text in quotes
            a: *x                            | 1:4 no anchor before this alias has its name
            a: &x [*x]                       | 1:8 this alias refers to a value that contains it
            a: {? [b] : c}                   | 1:7 an object or array is used as a key
            --- word                         | 1:5 a single value where the task definition was expected
            a:⏎  - b⏎ c: d                   | 3:2 the indentation does not match the lines above
            a: b⏎{{- if .X }}⏎c: d           | 2:1 the blocks of a template are not read in YAML
            a: b                             | 1:1 this object has no `containerDefinitions`
            a: @x                            | 1:4 a value cannot begin with this character
            """)
    void aSyntaxErrorIsReportedAtItsLocation(String text, String expected) {
        assertThat(fault(text.replace('⏎', '\n').replace('→', '\t'))).isEqualTo(expected);
    }

    @Test
    void aTemplateWithoutATaskDefinitionIsReportedWithTheResourcesItHas() {
        assertThat(fault("Resources:\n  B:\n    Type: AWS::S3::Bucket\n"))
                .isEqualTo("1:1 this CloudFormation template has no `AWS::ECS::TaskDefinition`");
    }

    @Test
    void aliasesDoNotMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        StringBuilder tower = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 200; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(9)));
            tower.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }
        assertThat(fault(bomb.toString())).contains("more than 500000 values");
        assertThat(fault(tower.toString())).contains("more than 100 levels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "- ",
                "? ",
                "a: [",
                "a: {",
                "a:\n",
                "- a\n",
                "&a ",
                "*a ",
                "!t ",
                "'",
                "\"",
                "{{",
                "{{ a }}",
                "|\n",
                "# c\n",
                "---\n",
                "a: &a b\n",
                "<<: ",
                "\\",
                "%A\n",
                "@A@",
                "{{ a }}\n",
                "{{ if a }}\n",
                "{{ if a }}b: c\n",
                "a:\n  {{ b }}\n",
                "  - a: b\n    {{ c }}\n",
                "__A__",
                "#{a}#",
                "${a:-{b}",
                "<%",
                "a: |\n  {{ b }}\n",
                "a: b\n",
                "\t",
                "x",
                "a b: "
            })
    void aLargeFileIsReadOrRejectedInBoundedTime(String unit) {
        String text = "a:\n" + unit.repeat(Thorough.rounds(150_000, 400_000) / unit.length());

        read(text);
    }

    @Test
    void everyDamagedFileHasAResultWithLocationsInsideTheFile() {
        DamagedFiles files = new DamagedFiles("{}[]:,\"'\\<>$%@_-+.eE0aA \n\t\r\0\uFEFF\uD83D/#&*!|?~`");
        for (int seed = 0; seed < Thorough.rounds(1000, 2000); seed++) {
            files.read(seed % 2 == 0 ? SampleFiles.YAML : SampleFiles.CLOUDFORMATION_YAML, seed);
        }
    }

    @Test
    void randomYamlNeverThrows() {
        String[] pieces = {
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            "\n    ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&x ",
            "*x",
            "!Ref ",
            "!Sub ",
            "!If ",
            "<<: ",
            "'",
            "\"",
            "|\n",
            ">-\n",
            "# c\n",
            "containerDefinitions: ",
            "name: app\n",
            "Resources:\n",
            "${A}",
            "{{ a }}",
            "? ",
            ": ",
            "1",
            "true",
            "~",
            "---\n",
            "\t",
            "Properties: ",
            "Type: AWS::ECS::TaskDefinition\n"
        };
        for (int seed = 0; seed < Thorough.rounds(2000, 5000); seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder("a: ");
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(read(text.toString())).as("seed %s: %s", seed, text).isNotNull();
        }
    }
}
