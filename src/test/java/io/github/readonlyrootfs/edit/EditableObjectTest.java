// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Task definitions before and after an edit, in files that are written in unusual ways. */
class EditableObjectTest {

    private static final ObjectMapper STRICT = new ObjectMapper();

    private static final Fragment TMPFS = Fragment.object("containerPath", "/x").with("size", Fragment.of(64));
    private static final Fragment MOUNT = Fragment.object("sourceVolume", "v").with("containerPath", "/x");

    /** What is done to the first container. */
    private interface Change extends BiFunction<TaskDefinitionEditor, ContainerDefinition, Remedy> {}

    private static final Change FLAG = TaskDefinitionEditor::setReadOnlyRoot;

    private static final Change ADD_TMPFS = (editor, app) -> editor.addTmpfs(app, List.of(TMPFS));

    private static final Change ADD_LONG_TMPFS = (editor, app) -> editor.addTmpfs(
            app,
            List.of(
                    TMPFS,
                    Fragment.object("containerPath", "/x/with/a/longer/name/than/others")
                            .with("size", Fragment.of(64))));

    private static final Change ADD_MOUNT =
            (editor, app) -> editor.container(app).add("mountPoints", List.of(MOUNT));

    private static final Change ADD_OPTION = (editor, app) ->
            editor.tmpfs(app.linuxParameters().tmpfs().get(0)).add("mountOptions", List.of(Fragment.of("exec")));

    private static final Change REMOVE_CAPABILITY = (editor, app) ->
            editor.remove(app.linuxParameters().capabilitiesAdd().get(0).location(), "the capability");

    private static final Change REMOVE_PRIVILEGED =
            (editor, app) -> editor.remove(app.process().privileged().where().orElseThrow(), "`privileged`");

    private static Change removeMount(int index) {
        return (editor, app) ->
                editor.remove(app.fileSystem().mountPoints().get(index).location(), "the mount point");
    }

    private static Remedy remedy(Change change, SourceFile file, int container) {
        TaskDefinitionEditor editor =
                new TaskDefinitionEditor(TaskFile.read(file).task());
        return change.apply(editor, editor.task().containerDefinitions().get(container));
    }

    /** The whole text after a change; it is a task definition, without a fault that was not there before. */
    private static String after(Change change, String text, int container) {
        SourceFile file = SourceFile.of("taskdef.json", text);
        Remedy remedy = remedy(change, file, container);
        assertThat(remedy.isApplicable()).as("%s", remedy).isTrue();
        Patch patch = new Patch();
        assertThat(patch.add(remedy.edits())).isTrue();
        String after = patch.apply(file);
        TaskFile read = TaskFile.read(after);
        assertThat(read.taskDefinition()).as(after).isPresent();
        assertThat(read.problems())
                .as(after)
                .extracting(SchemaProblem::kind)
                .isSubsetOf(TaskFile.read(file).problems().stream()
                        .map(SchemaProblem::kind)
                        .toList());
        return after;
    }

    private static String after(Change change, String text) {
        return after(change, text, 0);
    }

    /** What is left to a person. */
    private static String advice(Change change, String text) {
        Remedy remedy = remedy(change, SourceFile.of("taskdef.json", text), 0);
        assertThat(remedy.edits()).isEmpty();
        return remedy.advice().orElseThrow();
    }

    private static String template(String properties) {
        return "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n" + properties.indent(6);
    }

    @Nested
    class Keys {

        @Test
        void aKeyIsAddedBeforeTheNameInAFileOfOneLine() {
            assertThat(after(FLAG, "{\"containerDefinitions\":[{\"image\":\"a\",\"name\":\"app\"}]}"))
                    .isEqualTo("{\"containerDefinitions\":[{\"image\":\"a\",\"readonlyRootFilesystem\": true, "
                            + "\"name\":\"app\"}]}");
        }

        @Test
        void theTextBetweenAKeyAndItsValueIsKept() {
            assertThat(after(
                            FLAG,
                            "{\"containerDefinitions\" : [{\"name\" : \"app\", \"readonlyRootFilesystem\" : null}]}"))
                    .isEqualTo(
                            "{\"containerDefinitions\" : [{\"name\" : \"app\", \"readonlyRootFilesystem\" : true}]}");
            assertThat(after(FLAG, "containerDefinitions:\n- name: app\n  readonlyRootFilesystem:   false # later\n"))
                    .isEqualTo("containerDefinitions:\n- name: app\n  readonlyRootFilesystem:   true # later\n");
        }

        @Test
        void onlyTheContainersOwnKeyChangesOnALineWithSeveral() {
            assertThat(after(
                            FLAG,
                            "{\"containerDefinitions\":[{\"name\":\"app\",\"privileged\":false,"
                                    + "\"readonlyRootFilesystem\":false},{\"name\":\"log\","
                                    + "\"readonlyRootFilesystem\":false}]}",
                            1))
                    .isEqualTo("{\"containerDefinitions\":[{\"name\":\"app\",\"privileged\":false,"
                            + "\"readonlyRootFilesystem\":false},{\"name\":\"log\","
                            + "\"readonlyRootFilesystem\":true}]}");
        }

        @Test
        void aKeyIsAddedBelowTheName() {
            assertThat(after(FLAG, """
                    {"containerDefinitions": [
                        {
                            "name" : "app",
                            "image": "a"
                        }
                    ]}
                    """)).isEqualTo("""
                    {"containerDefinitions": [
                        {
                            "name" : "app",
                            "readonlyRootFilesystem": true,
                            "image": "a"
                        }
                    ]}
                    """);
        }

        @Test
        void aKeyIsAddedAboveTheNameIfTheNameComesLast() {
            assertThat(after(FLAG, """
                    {"containerDefinitions": [
                      {
                        "image": "a",
                        "name": "app"
                      }
                    ]}
                    """)).isEqualTo("""
                    {"containerDefinitions": [
                      {
                        "image": "a",
                        "readonlyRootFilesystem": true,
                        "name": "app"
                      }
                    ]}
                    """);
        }

        @Test
        void aKeyIsAddedAboveTheFirstKeyIfThereIsNoName() {
            SourceFile file = SourceFile.of("taskdef.json", """
                    {"containerDefinitions": [
                      {
                        "image": "a"
                      }
                    ]}
                    """);
            Patch patch = new Patch();
            assertThat(patch.add(remedy(FLAG, file, 0).edits())).isTrue();

            assertThat(patch.apply(file)).isEqualTo("""
                    {"containerDefinitions": [
                      {
                        "readonlyRootFilesystem": true,
                        "image": "a"
                      }
                    ]}
                    """);
        }

        @Test
        void aFileIndentedByTabsGetsTabs() {
            assertThat(after(ADD_TMPFS, """
                    {
                    \t"containerDefinitions": [
                    \t\t{
                    \t\t\t"name": "app",
                    \t\t\t"image": "a"
                    \t\t}
                    \t]
                    }
                    """)).isEqualTo("""
                    {
                    \t"containerDefinitions": [
                    \t\t{
                    \t\t\t"name": "app",
                    \t\t\t"linuxParameters": {"tmpfs": [{"containerPath": "/x", "size": 64}]},
                    \t\t\t"image": "a"
                    \t\t}
                    \t]
                    }
                    """);
        }

        @Test
        void aValueTooLongForALineHasTheIndentationOfTheFile() {
            Fragment mount = Fragment.object("containerPath", "/var/cache/application/with/a/long/name")
                    .with("size", Fragment.of(64))
                    .with("mountOptions", Fragment.array(List.of("uid=1000", "gid=1000", "mode=0755")));
            assertThat(after((editor, app) -> editor.addTmpfs(app, List.of(TMPFS, mount)), """
                    {
                    \t"containerDefinitions": [
                    \t\t{
                    \t\t\t"name": "app"
                    \t\t}
                    \t]
                    }
                    """))
                    .isEqualTo("""
                    {
                    \t"containerDefinitions": [
                    \t\t{
                    \t\t\t"linuxParameters": {
                    \t\t\t\t"tmpfs": [
                    \t\t\t\t\t{"containerPath": "/x", "size": 64},
                    \t\t\t\t\t{
                    \t\t\t\t\t\t"containerPath": "/var/cache/application/with/a/long/name",
                    \t\t\t\t\t\t"size": 64,
                    \t\t\t\t\t\t"mountOptions": ["uid=1000", "gid=1000", "mode=0755"]
                    \t\t\t\t\t}
                    \t\t\t\t]
                    \t\t\t},
                    \t\t\t"name": "app"
                    \t\t}
                    \t]
                    }
                    """);
        }

        @Test
        void newLinesHaveTheLineEndsOfTheFile() {
            String json = """
                    {"containerDefinitions": [{
                      "name": "app",
                      "image": "a"
                    }]}
                    """;
            assertThat(after(ADD_TMPFS, json.replace("\n", "\r\n")))
                    .isEqualTo(after(ADD_TMPFS, json).replace("\n", "\r\n"));
            String yaml = """
                    containerDefinitions:
                      - name: app
                        image: a
                    """;
            assertThat(after(ADD_TMPFS, yaml.replace("\n", "\r\n")))
                    .isEqualTo(after(ADD_TMPFS, yaml).replace("\n", "\r\n"));
        }

        @Test
        void aLastLineWithoutANewlineStaysWithoutOne() {
            assertThat(after(FLAG, "containerDefinitions:\n- image: a\n  name: app"))
                    .isEqualTo("containerDefinitions:\n- image: a\n  name: app\n  readonlyRootFilesystem: true");
            assertThat(after(FLAG, "containerDefinitions:\r\n- image: a\r\n  name: app"))
                    .isEqualTo("containerDefinitions:\r\n- image: a\r\n  name: app\r\n  readonlyRootFilesystem: true");
            assertThat(after(FLAG, "{\"containerDefinitions\": [{\n  \"name\": \"app\"}]}"))
                    .isEqualTo("{\"containerDefinitions\": [{\n  \"readonlyRootFilesystem\": true,\n"
                            + "  \"name\": \"app\"}]}");
        }

        @Test
        void afterAnAnchorAnAddedKeyIsIndentedLikeTheOthers() {
            assertThat(after(ADD_TMPFS, """
                    containerDefinitions:
                      - &app
                        # the application
                        name: app # as it is
                        image: a
                    """)).isEqualTo("""
                    containerDefinitions:
                      - &app
                        # the application
                        name: app # as it is
                        linuxParameters:
                          tmpfs:
                            - containerPath: /x
                              size: 64
                        image: a
                    """);
        }

        @Test
        void keysAreNotAddedToAMergedObject() {
            assertThat(after(FLAG, """
                    x-defaults: &defaults
                      image: a
                      readonlyRootFilesystem:
                    containerDefinitions:
                      - <<: *defaults
                        name: app
                    """)).isEqualTo("""
                    x-defaults: &defaults
                      image: a
                      readonlyRootFilesystem: true
                    containerDefinitions:
                      - <<: *defaults
                        name: app
                    """);
            assertThat(after(ADD_MOUNT, """
                    x-defaults: &defaults
                      image: a
                    containerDefinitions:
                      - <<: *defaults
                        name: app
                    """)).isEqualTo("""
                    x-defaults: &defaults
                      image: a
                    containerDefinitions:
                      - <<: *defaults
                        name: app
                        mountPoints:
                          - sourceVolume: v
                            containerPath: /x
                    """);
        }

        @Test
        void aKeyIsAddedBelowANameOfSeveralLines() {
            assertThat(after(FLAG, template("""
                    ContainerDefinitions:
                      - Name:
                          Fn::Sub: app
                        Image: a
                    """))).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name:
                          Fn::Sub: app
                        Image: a
                        ReadonlyRootFilesystem: true
                    """));
        }

        @Test
        void aPersonMayReplaceAFunctionAsAWhole() {
            SourceFile file = SourceFile.of("template.yaml", template("""
                    ContainerDefinitions:
                      - Name: app
                        ReadonlyRootFilesystem: !If
                          - Always
                          - false
                          - true
                        Image: a # as it is
                    """));
            Remedy remedy = remedy(FLAG, file, 0);
            Patch patch = new Patch();
            patch.add(remedy.edits());

            assertThat(remedy.isApplicable()).isFalse();
            assertThat(remedy.lead()).contains("if the function need not decide that,");
            assertThat(patch.apply(file)).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name: app
                        ReadonlyRootFilesystem: true
                        Image: a # as it is
                    """));
        }

        @Test
        void aPersonMayReplaceAPlaceholderThatHasAValue() {
            for (String written : List.of("<READ_ONLY>", "READ_ONLY", "${READ_ONLY:-true}")) {
                SourceFile file = SourceFile.of("taskdef.json", """
                        {"containerDefinitions": [{"name": "app", "image": "a", "readonlyRootFilesystem": %s}]}
                        """.formatted(written));
                var values = new TemplateValues(Map.of("READ_ONLY", "false"), Map.of(), name -> Optional.empty());
                TaskDefinition task = TaskFile.read(file, values).task();
                Remedy remedy = FLAG.apply(
                        new TaskDefinitionEditor(task),
                        task.containerDefinitions().get(0));

                assertThat(remedy.isApplicable()).as(written).isFalse();
                assertThat(remedy.lead()).contains("give " + written.replace("true", "***") + " the value true, or");
                assertThat(remedy.edits())
                        .singleElement()
                        .extracting(TextEdit::replacement)
                        .isEqualTo("true");
            }
        }

        @Test
        void aContainerThatAFunctionGivesIsLeftToAPerson() {
            for (String containers : List.of(
                    "ContainerDefinitions: !Ref Containers\n",
                    "ContainerDefinitions:\n- Ref: Container\n",
                    "ContainerDefinitions: [{\"Fn::GetAtt\": [A, B]}]\n")) {
                assertThat(advice(FLAG, template(containers)))
                        .isEqualTo("add `ReadonlyRootFilesystem: true` to container ContainerDefinitions[0]");
            }
        }

        @Test
        void aCommentAfterAValueStays() {
            assertThat(after(FLAG, """
                    containerDefinitions:
                      - name: app
                        readonlyRootFilesystem: false # for now
                        image: a
                    """)).isEqualTo("""
                    containerDefinitions:
                      - name: app
                        readonlyRootFilesystem: true # for now
                        image: a
                    """);
        }

        @Test
        void containersInAStringAreEditedInTheString() {
            assertThat(after(FLAG, """
                    {
                      "containerDefinitions": "[{\\"name\\":\\"app\\",\\"image\\":\\"a\\"}]"
                    }
                    """)).isEqualTo("""
                    {
                      "containerDefinitions": "[{\\"readonlyRootFilesystem\\": true, \\"name\\":\\"app\\",\\"image\\":\\"a\\"}]"
                    }
                    """);
            assertThat(after(ADD_MOUNT, """
                    {
                      "containerDefinitions": "[{\\"name\\":\\"app\\",\\"mountPoints\\":[]}]"
                    }
                    """)).isEqualTo("""
                    {
                      "containerDefinitions": "[{\\"name\\":\\"app\\",\\"mountPoints\\":[{\\"sourceVolume\\": \\"v\\", \\"containerPath\\": \\"/x\\"}]}]"
                    }
                    """);
        }

        @Test
        void containersInABlockOfTextAreEditedThere() {
            assertThat(after(FLAG, """
                    containerDefinitions: |
                      [
                        {
                          "name": "app",
                          "image": "a"
                        }
                      ]
                    """)).isEqualTo("""
                    containerDefinitions: |
                      [
                        {
                          "name": "app",
                          "readonlyRootFilesystem": true,
                          "image": "a"
                        }
                      ]
                    """);
        }

        @Test
        void keysAreAddedInBracesOfYaml() {
            assertThat(after(FLAG, "containerDefinitions: [{name: app, image: a}]\n"))
                    .isEqualTo("containerDefinitions: [{readonlyRootFilesystem: true, name: app, image: a}]\n");
        }
    }

    @Nested
    class Elements {

        @Test
        void aKeyWhoseValueIsAnAliasOfTheSameLineIsLeftToAPerson() {
            assertThat(
                            advice(
                                    FLAG,
                                    "containerDefinitions: [{privileged: &no false, readonlyRootFilesystem: *no, name: app}]\n"))
                    .contains("readonlyRootFilesystem: true");
        }

        @Test
        void aKeyIsNotAddedAfterANameThatIsAnAliasOfTheSameLine() {
            assertThat(after(FLAG, "containerDefinitions: [{image: &f app, name: *f}]\n"))
                    .isEqualTo("containerDefinitions: [{readonlyRootFilesystem: true, image: &f app, name: *f}]\n");
            assertThat(after(FLAG, "family: &f app\ncontainerDefinitions:\n- name: *f\n  image: i\n"))
                    .isEqualTo("""
                               family: &f app
                               containerDefinitions:
                               - name: *f
                                 image: i
                                 readonlyRootFilesystem: true
                               """);
        }

        @Test
        void anElementIsNotAddedAfterAnAlias() {
            assertThat(after(ADD_MOUNT, """
                    x-tmp: &tmp {sourceVolume: tmp, containerPath: /tmp}
                    containerDefinitions:
                      - name: app
                        mountPoints:
                          - *tmp
                          - sourceVolume: w
                            containerPath: /w
                    """)).isEqualTo("""
                    x-tmp: &tmp {sourceVolume: tmp, containerPath: /tmp}
                    containerDefinitions:
                      - name: app
                        mountPoints:
                          - *tmp
                          - sourceVolume: v
                            containerPath: /x
                          - sourceVolume: w
                            containerPath: /w
                    """);
            assertThat(advice(ADD_MOUNT, """
                    x-tmp: &tmp {sourceVolume: tmp, containerPath: /tmp}
                    containerDefinitions:
                      - name: app
                        mountPoints:
                          - *tmp
                    """))
                    .isEqualTo("add `{sourceVolume: v, containerPath: /x}` to the `mountPoints` of container app");
        }

        @Test
        void anEmptyValueIsFilledInsteadOfAddingASecondKey() {
            assertThat(after(ADD_MOUNT, """
                    {"containerDefinitions": [{
                      "name": "app",
                      "mountPoints": []
                    }]}
                    """)).isEqualTo("""
                    {"containerDefinitions": [{
                      "name": "app",
                      "mountPoints": [{"sourceVolume": "v", "containerPath": "/x"}]
                    }]}
                    """);
            assertThat(after(ADD_TMPFS, """
                    containerDefinitions:
                    - name: app
                      linuxParameters:
                        tmpfs:
                    """)).isEqualTo("""
                    containerDefinitions:
                    - name: app
                      linuxParameters:
                        tmpfs:
                        - containerPath: /x
                          size: 64
                    """);
            assertThat(after(ADD_TMPFS, """
                    containerDefinitions:
                    - linuxParameters: {}
                      name: app
                    """)).isEqualTo("""
                    containerDefinitions:
                    - linuxParameters:
                        tmpfs:
                        - containerPath: /x
                          size: 64
                      name: app
                    """);
        }

        @Test
        void anEmptyValueIsFilledAfterItsKeyInTheSpellingOfTheFile() {
            assertThat(
                            after(
                                    ADD_TMPFS,
                                    "{\"containerDefinitions\" : [{\"name\" : \"app\",\"linuxParameters\" :null,\"image\":\"a\"}]}"))
                    .isEqualTo("{\"containerDefinitions\" : [{\"name\" : \"app\",\"linuxParameters\" :"
                            + "{\"tmpfs\": [{\"containerPath\": \"/x\", \"size\": 64}]},\"image\":\"a\"}]}");
            assertThat(after(ADD_LONG_TMPFS, """
                    {"containerDefinitions" : [{
                    \t"name" : "app",
                    \t"linuxParameters" : { },
                    \t"image" : "a"
                    }]}
                    """)).isEqualTo("""
                    {"containerDefinitions" : [{
                    \t"name" : "app",
                    \t"linuxParameters" : {
                    \t\t"tmpfs": [
                    \t\t\t{"containerPath": "/x", "size": 64},
                    \t\t\t{"containerPath": "/x/with/a/longer/name/than/others", "size": 64}
                    \t\t]
                    \t},
                    \t"image" : "a"
                    }]}
                    """);
            assertThat(after(ADD_TMPFS, """
                    containerDefinitions:
                    - name : app
                      linuxParameters : {}
                      image : a
                    """)).isEqualTo("""
                    containerDefinitions:
                    - name : app
                      linuxParameters :
                        tmpfs:
                        - containerPath: /x
                          size: 64
                      image : a
                    """);
        }

        @Test
        void aCommentStaysAfterAKeyWhoseValueIsEmpty() {
            assertThat(after(ADD_TMPFS, """
                    containerDefinitions:
                    - name: app
                      linuxParameters:   # none
                      mountPoints: [] # none
                    """)).isEqualTo("""
                    containerDefinitions:
                    - name: app
                      linuxParameters: {tmpfs: [{containerPath: /x, size: 64}]}   # none
                      mountPoints: [] # none
                    """);
            assertThat(after(ADD_MOUNT, """
                    containerDefinitions:
                    - name: app
                      linuxParameters:   # none
                      mountPoints: [] # none
                    """)).isEqualTo("""
                    containerDefinitions:
                    - name: app
                      linuxParameters:   # none
                      mountPoints: [{sourceVolume: v, containerPath: /x}] # none
                    """);
        }

        @Test
        void theValueOfAFunctionIsNotEdited() {
            assertThat(advice(ADD_MOUNT, template("""
                    ContainerDefinitions:
                      - Name: app
                        MountPoints: !If
                          - Always
                          - - SourceVolume: tmp
                              ContainerPath: /tmp
                          - !Ref AWS::NoValue
                    """)))
                    .isEqualTo("add `{SourceVolume: v, ContainerPath: /x}` to the `MountPoints` of container app");
        }

        @Test
        void anElementThatAFunctionReturnsIsNotEdited() {
            assertThat(after(ADD_MOUNT, template("""
                    ContainerDefinitions:
                      - Name: app
                        MountPoints:
                          - !If
                            - Always
                            - SourceVolume: tmp
                              ContainerPath: /tmp
                            - !Ref AWS::NoValue
                    """))).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name: app
                        MountPoints:
                          - SourceVolume: v
                            ContainerPath: /x
                          - !If
                            - Always
                            - SourceVolume: tmp
                              ContainerPath: /tmp
                            - !Ref AWS::NoValue
                    """));
        }

        @Test
        void aNameWithAReferenceIsWrittenWithSub() {
            Change add = (editor, app) -> editor.container(app)
                    .add("mountPoints", List.of(Fragment.object("sourceVolume", "${AWS::StackName}-tmp")));
            assertThat(after(add, template("""
                    ContainerDefinitions:
                      - Name: app
                    """))).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name: app
                        MountPoints:
                          - SourceVolume: !Sub "${AWS::StackName}-tmp"
                    """));
        }

        @Test
        void anOptionIsAddedAfterTheLastOfALongList() {
            assertThat(after(ADD_OPTION, """
                    {"containerDefinitions": [{"name": "app", "linuxParameters": {"tmpfs": [{
                      "containerPath": "/x", "size": 1,
                      "mountOptions": [
                        "noexec",
                        "ro"
                      ]
                    }]}}]}
                    """)).isEqualTo("""
                    {"containerDefinitions": [{"name": "app", "linuxParameters": {"tmpfs": [{
                      "containerPath": "/x", "size": 1,
                      "mountOptions": [
                        "noexec",
                        "ro", "exec"
                      ]
                    }]}}]}
                    """);
            assertThat(after(ADD_OPTION, """
                    containerDefinitions:
                      - name: app
                        linuxParameters:
                          tmpfs:
                            - containerPath: /x
                              size: 1
                              mountOptions:
                                - noexec # by default
                    """)).isEqualTo("""
                    containerDefinitions:
                      - name: app
                        linuxParameters:
                          tmpfs:
                            - containerPath: /x
                              size: 1
                              mountOptions:
                                - noexec # by default
                                - exec
                    """);
        }

        @Test
        void anObjectInALongListIsIndentedLikeTheOthers() {
            assertThat(after(ADD_MOUNT, """
                    {"containerDefinitions": [{
                        "name": "app",
                        "mountPoints": [
                            {
                                "sourceVolume": "w",
                                "containerPath": "/w"
                            }
                        ]
                    }]}
                    """)).isEqualTo("""
                    {"containerDefinitions": [{
                        "name": "app",
                        "mountPoints": [
                            {"sourceVolume": "v", "containerPath": "/x"},
                            {
                                "sourceVolume": "w",
                                "containerPath": "/w"
                            }
                        ]
                    }]}
                    """);
        }

        @Test
        void anObjectOfAListOnOneLineStaysOnIt() {
            assertThat(after(
                            ADD_MOUNT,
                            "{\"containerDefinitions\":[{\"name\":\"app\",\"mountPoints\":[{\"sourceVolume\":\"w\","
                                    + "\"containerPath\":\"/w\"}]}]}"))
                    .isEqualTo("{\"containerDefinitions\":[{\"name\":\"app\",\"mountPoints\":[{\"sourceVolume\": \"v\","
                            + " \"containerPath\": \"/x\"}, {\"sourceVolume\":\"w\",\"containerPath\":\"/w\"}]}]}");
        }
    }

    @Nested
    class Removal {

        @Test
        void aTemplateKeepsNoKeyWithoutAValue() {
            assertThat(after(REMOVE_CAPABILITY, template("""
                    ContainerDefinitions:
                      - Name: app
                        LinuxParameters:
                          Capabilities:
                            Add:
                              - SYS_ADMIN
                        Image: a
                    """))).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name: app
                        Image: a
                    """));
            assertThat(after(REMOVE_CAPABILITY, template("""
                    ContainerDefinitions:
                      - Name: app
                        LinuxParameters:
                          InitProcessEnabled: true
                          Capabilities:
                            Add:
                              - SYS_ADMIN
                              - NET_ADMIN
                    """))).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name: app
                        LinuxParameters:
                          InitProcessEnabled: true
                          Capabilities:
                            Add:
                              - NET_ADMIN
                    """));
            assertThat(after(REMOVE_CAPABILITY, template("""
                    ContainerDefinitions:
                      - Name: app
                        LinuxParameters: {Capabilities: {Add: [SYS_ADMIN]}}
                    """))).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name: app
                        LinuxParameters: {Capabilities: {Add: []}}
                    """));
        }

        @Test
        void aFunctionIsRemovedWithTheValueThatItReturns() {
            assertThat(after(REMOVE_CAPABILITY, template("""
                    ContainerDefinitions:
                      - Name: app
                        LinuxParameters:
                          Capabilities:
                            Drop: [ALL]
                            Add:
                              - !Sub SYS_ADMIN
                              - NET_ADMIN
                    """))).isEqualTo(template("""
                    ContainerDefinitions:
                      - Name: app
                        LinuxParameters:
                          Capabilities:
                            Drop: [ALL]
                            Add:
                              - NET_ADMIN
                    """));
        }

        @Test
        void anElementOfABlockIsRemovedWithAllItsLines() {
            String yaml = """
                    containerDefinitions:
                      - name: app
                        mountPoints:
                          # the first
                          - sourceVolume: a
                            containerPath: /a
                          - sourceVolume: b
                            containerPath: /b
                        image: i
                    """;
            assertThat(after(removeMount(0), yaml)).isEqualTo("""
                    containerDefinitions:
                      - name: app
                        mountPoints:
                          # the first
                          - sourceVolume: b
                            containerPath: /b
                        image: i
                    """);
            assertThat(after(removeMount(1), yaml.replace("\n", "\r\n"))).isEqualTo("""
                    containerDefinitions:
                      - name: app
                        mountPoints:
                          # the first
                          - sourceVolume: a
                            containerPath: /a
                        image: i
                    """.replace("\n", "\r\n"));
        }

        @Test
        void theLastLinesOfAFileCanBeRemoved() {
            assertThat(after(removeMount(1), """
                    containerDefinitions:
                      - name: app
                        mountPoints:
                          - {sourceVolume: a, containerPath: /a}
                          - {sourceVolume: b, containerPath: /b}""")).isEqualTo("""
                            containerDefinitions:
                              - name: app
                                mountPoints:
                                  - {sourceVolume: a, containerPath: /a}
                            """);
        }

        @Test
        void theKeyBelowARemovedOneMovesBesideTheDash() {
            assertThat(after(REMOVE_PRIVILEGED, """
                    containerDefinitions:
                      - privileged: true
                        # what it is called
                        name: app
                        image: a
                    """)).isEqualTo("""
                    containerDefinitions:
                      - name: app
                        image: a
                    """);
        }

        @Test
        void aKeyOfABlockIsRemovedWithItsLine() {
            assertThat(after(REMOVE_PRIVILEGED, """
                    containerDefinitions:
                      - name: app
                        privileged: true # for now
                        image: a
                    """)).isEqualTo("""
                    containerDefinitions:
                      - name: app
                        image: a
                    """);
        }

        private static String inALine(String... mounts) {
            return "{\"containerDefinitions\":[{\"name\":\"app\",\"mountPoints\":[" + String.join(", ", mounts)
                    + "]}]}";
        }

        private static String mount(String name) {
            return "{\"sourceVolume\":\"" + name + "\",\"containerPath\":\"/" + name + "\"}";
        }

        @Test
        void anElementOfALineIsRemovedWithOneComma() {
            String all = inALine(mount("a"), mount("b"), mount("c"));

            assertThat(after(removeMount(0), all)).isEqualTo(inALine(mount("b"), mount("c")));
            assertThat(after(removeMount(1), all)).isEqualTo(inALine(mount("a"), mount("c")));
            assertThat(after(removeMount(2), all)).isEqualTo(inALine(mount("a"), mount("b")));
            assertThat(after(removeMount(0), inALine(mount("a")))).isEqualTo(inALine());
        }

        @Test
        void anElementOnItsOwnLinesIsRemovedWithThem() {
            String all = """
                    {"containerDefinitions": [{
                      "name": "app",
                      "mountPoints": [
                        { "sourceVolume": "a", "containerPath": "/a" },
                        {
                          "sourceVolume": "b",
                          "containerPath": "/b"
                        },
                        { "sourceVolume": "c", "containerPath": "/c" }
                      ]
                    }]}
                    """;
            assertThat(after(removeMount(0), all)).isEqualTo("""
                    {"containerDefinitions": [{
                      "name": "app",
                      "mountPoints": [
                        {
                          "sourceVolume": "b",
                          "containerPath": "/b"
                        },
                        { "sourceVolume": "c", "containerPath": "/c" }
                      ]
                    }]}
                    """);
            assertThat(after(removeMount(1), all)).isEqualTo("""
                    {"containerDefinitions": [{
                      "name": "app",
                      "mountPoints": [
                        { "sourceVolume": "a", "containerPath": "/a" },
                        { "sourceVolume": "c", "containerPath": "/c" }
                      ]
                    }]}
                    """);
            assertThat(after(removeMount(2), all)).isEqualTo("""
                    {"containerDefinitions": [{
                      "name": "app",
                      "mountPoints": [
                        { "sourceVolume": "a", "containerPath": "/a" },
                        {
                          "sourceVolume": "b",
                          "containerPath": "/b"
                        }
                      ]
                    }]}
                    """);
        }

        @Test
        void aKeyInBracketsIsRemovedWithOneComma() {
            String begin = "{\"containerDefinitions\":[{";
            String key = "\"privileged\":true";

            assertThat(after(REMOVE_PRIVILEGED, begin + key + ", \"name\":\"app\"}]}"))
                    .isEqualTo(begin + "\"name\":\"app\"}]}");
            assertThat(after(REMOVE_PRIVILEGED, begin + "\"name\":\"app\"," + key + ",\"image\":\"a\"}]}"))
                    .isEqualTo(begin + "\"name\":\"app\",\"image\":\"a\"}]}");
            assertThat(after(REMOVE_PRIVILEGED, begin + "\"name\":\"app\" , " + key + " }]}"))
                    .isEqualTo(begin + "\"name\":\"app\"  }]}");
            assertThat(after(REMOVE_PRIVILEGED, "containerDefinitions: [{name: app, privileged: true, image: a}]"))
                    .isEqualTo("containerDefinitions: [{name: app, image: a}]");
        }

        @Test
        void aKeyOnItsOwnLineIsRemovedWithIt() {
            assertThat(after(REMOVE_PRIVILEGED, """
                    {"containerDefinitions": [{
                    \t"name": "app",
                    \t"privileged": true,
                    \t"image": "a"
                    }]}
                    """)).isEqualTo("""
                    {"containerDefinitions": [{
                    \t"name": "app",
                    \t"image": "a"
                    }]}
                    """);
            assertThat(after(REMOVE_PRIVILEGED, """
                    {"containerDefinitions": [{
                    \t"name": "app",
                    \t"privileged": true
                    }]}
                    """.replace("\n", "\r\n"))).isEqualTo("""
                    {"containerDefinitions": [{
                    \t"name": "app"
                    }]}
                    """.replace("\n", "\r\n"));
        }

        @Test
        void aValueInAStringIsRemovedThere() {
            assertThat(after(REMOVE_PRIVILEGED, """
                    {
                      "containerDefinitions": "[{\\"name\\":\\"app\\",\\"privileged\\":true,\\"image\\":\\"a\\"}]"
                    }
                    """)).isEqualTo("""
                    {
                      "containerDefinitions": "[{\\"name\\":\\"app\\",\\"image\\":\\"a\\"}]"
                    }
                    """);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"", " ", "\\n", "\\n    ", "\\r\\n\\t", " \\n\\n "})
        void whateverIsBetweenTheElementsOfAStringOneIsRemovedWithOneComma(String blank) throws IOException {
            for (int removed = 0; removed < 3; removed++) {
                List<String> points = new ArrayList<>();
                for (String path : List.of("/a", "/b", "/c")) {
                    points.add("{" + blank + "\\\"sourceVolume\\\":" + blank + "\\\"v\\\"," + blank
                            + "\\\"containerPath\\\": \\\"" + path + "\\\"" + blank + "}");
                }
                String before = "{\"volumes\": [{\"name\": \"v\"}], \"containerDefinitions\": \"" + blank + "[" + blank
                        + "{\\\"name\\\": \\\"app\\\"," + blank + "\\\"mountPoints\\\": [" + blank
                        + String.join("," + blank, points) + blank + "]" + blank + "}" + blank + "]" + blank + "\"}";

                String after = after(removeMount(removed), before);

                JsonNode document = STRICT.readTree(after);
                JsonNode left = STRICT.readTree(
                                document.get("containerDefinitions").textValue())
                        .get(0)
                        .get("mountPoints");
                List<String> expected = new ArrayList<>(List.of("/a", "/b", "/c"));
                expected.remove(removed);
                assertThat(left.findValuesAsText("containerPath")).as(after).isEqualTo(expected);
            }
        }
    }
}
