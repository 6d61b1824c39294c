package io.github.readonlyrootfs.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.Fragment;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where an edit goes in files that are written in unusual ways. */
class EditableObjectTest {

    private static final Fragment TMPFS = Fragment.object("containerPath", "/x").with("size", Fragment.of(64));
    private static final Fragment MOUNT = Fragment.object("sourceVolume", "v").with("containerPath", "/x");

    private static TaskDefinitionText text(String text) {
        TaskDefinition task = TaskDefinitionReader.read(SourceFile.of("taskdef.json", text))
                .taskDefinition()
                .orElseThrow();
        return new TaskDefinitionText(task, task.location());
    }

    private static ContainerDefinition app(TaskDefinitionText text) {
        return text.task().containerDefinitions().get(0);
    }

    private static EditableObject container(String text) {
        TaskDefinitionText written = text(text);
        return TaskDefinitionEdit.container(written, app(written));
    }

    private static EditableObject tmpfs(String text) {
        TaskDefinitionText written = text(text);
        return TaskDefinitionEdit.tmpfs(
                written, app(written).linuxParameters().tmpfs().get(0));
    }

    private static String flag(String text) {
        return container(text).set("readonlyRootFilesystem", Fragment.of(true)).inline();
    }

    private static String addTmpfs(String text) {
        return container(text).add("linuxParameters.tmpfs", List.of(TMPFS)).paste("this tmpfs");
    }

    private static String addMount(String text) {
        return container(text).add("mountPoints", List.of(MOUNT)).paste("this mount point");
    }

    private static String template(String properties) {
        return "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n" + properties.indent(6);
    }

    @Test
    void inFrontOfTheNameWhereAFileHasOneLine() {
        assertThat(flag("{\"containerDefinitions\":[{\"image\":\"a\",\"name\":\"app\"}]}"))
                .isEqualTo("put `\"readonlyRootFilesystem\": true,` in front of `\"name\":\"app\"` in line 1");
    }

    @Test
    void withAColumnWhereTheLineHasMoreOfTheSame() {
        String twice = "{\"containerDefinitions\":[{\"name\":\"app\",\"privileged\":false,"
                + "\"readonlyRootFilesystem\":false},{\"name\":\"log\",\"readonlyRootFilesystem\":false}]}";
        TaskDefinitionText text = text(twice);
        ContainerDefinition log = text.task().containerDefinitions().get(1);

        assertThat(TaskDefinitionEdit.container(text, log)
                        .set("readonlyRootFilesystem", Fragment.of(true))
                        .inline())
                .isEqualTo("set `\"readonlyRootFilesystem\": true` in line 1, column "
                        + (twice.lastIndexOf("\"readonly") + 1));
    }

    @Test
    void aboveTheNameWhereThatComesLast() {
        assertThat(flag("""
                {"containerDefinitions": [
                  {
                    "image": "a",
                    "name": "app"
                  }
                ]}
                """)).isEqualTo("put `\"readonlyRootFilesystem\": true,` above line 4");
    }

    @Test
    void aboveTheFirstKeyWhereThereIsNoName() {
        assertThat(flag("""
                {"containerDefinitions": [
                  {
                    "image": "a"
                  }
                ]}
                """)).isEqualTo("put `\"readonlyRootFilesystem\": true,` above line 3");
    }

    @Test
    void behindAnAnchorTheKeysDecideHowFarItIsIndented() {
        assertThat(addTmpfs("""
                containerDefinitions:
                  - &app
                    # the application
                    name: app # as it is
                    image: a
                """)).isEqualTo("""
                put this tmpfs below line 4:
                    linuxParameters:
                      tmpfs:
                        - containerPath: /x
                          size: 64""");
    }

    @Test
    void whatIsMergedIntoAnObjectIsNoPlaceForItsKeys() {
        assertThat(flag("""
                x-defaults: &defaults
                  image: a
                  readonlyRootFilesystem:
                containerDefinitions:
                  - <<: *defaults
                    name: app
                """)).isEqualTo("set `readonlyRootFilesystem: true` in line 3");
        assertThat(addMount("""
                x-defaults: &defaults
                  image: a
                containerDefinitions:
                  - <<: *defaults
                    name: app
                """)).isEqualTo("""
                put this mount point below line 5:
                    mountPoints:
                      - sourceVolume: v
                        containerPath: /x""");
    }

    @Test
    void anElementThatIsAnAliasIsNoPlaceForAnother() {
        assertThat(addMount("""
                x-tmp: &tmp {sourceVolume: tmp, containerPath: /tmp}
                containerDefinitions:
                  - name: app
                    mountPoints:
                      - *tmp
                      - sourceVolume: w
                        containerPath: /w
                """)).isEqualTo("""
                put this mount point above line 6:
                      - sourceVolume: v
                        containerPath: /x""");
        assertThat(addMount("""
                x-tmp: &tmp {sourceVolume: tmp, containerPath: /tmp}
                containerDefinitions:
                  - name: app
                    mountPoints:
                      - *tmp
                """)).isEqualTo("""
                add this mount point to the `mountPoints` of container app:
                {sourceVolume: v, containerPath: /x}""");
    }

    @Test
    void whatIsEmptyIsFilledForASecondKeyWouldOverrideIt() {
        assertThat(addMount("""
                {"containerDefinitions": [{
                  "name": "app",
                  "mountPoints": []
                }]}
                """)).isEqualTo("""
                set this mount point in line 3:
                "mountPoints": [{"sourceVolume": "v", "containerPath": "/x"}]""");
        assertThat(addTmpfs("""
                containerDefinitions:
                - name: app
                  linuxParameters:
                    tmpfs:
                """)).isEqualTo("""
                set this tmpfs in line 4:
                    tmpfs:
                      - containerPath: /x
                        size: 64""");
        assertThat(addTmpfs("""
                containerDefinitions:
                - linuxParameters: {}
                  name: app
                """)).isEqualTo("""
                set this tmpfs in line 2:
                linuxParameters: {tmpfs: [{containerPath: /x, size: 64}]}""");
    }

    @Test
    void whatAFunctionGivesIsLeftToAPerson() {
        assertThat(addMount(template("""
                ContainerDefinitions:
                  - Name: app
                    MountPoints: !If
                      - Always
                      - - SourceVolume: tmp
                          ContainerPath: /tmp
                      - !Ref AWS::NoValue
                """))).isEqualTo("""
                add this mount point to the `MountPoints` of container app:
                {SourceVolume: v, ContainerPath: /x}""");
    }

    @Test
    void aContainerThatAFunctionGivesIsLeftToAPersonToo() {
        for (String containers : List.of(
                "ContainerDefinitions: !Ref Containers\n",
                "ContainerDefinitions:\n- Ref: Container\n",
                "ContainerDefinitions: [{\"Fn::GetAtt\": [A, B]}]\n")) {
            assertThat(flag(template(containers)))
                    .isEqualTo("add `ReadonlyRootFilesystem: true` to container ContainerDefinitions[0]");
        }
    }

    @Test
    void anElementThatAFunctionGivesIsNotTornApart() {
        assertThat(addMount(template("""
                ContainerDefinitions:
                  - Name: app
                    MountPoints:
                      - !If
                        - Always
                        - SourceVolume: tmp
                          ContainerPath: /tmp
                        - !Ref AWS::NoValue
                """))).isEqualTo("""
                put this mount point above line 8:
                            - SourceVolume: v
                              ContainerPath: /x""");
    }

    @Test
    void aNameOfSeveralLinesIsNotTornApart() {
        String text = template("""
                ContainerDefinitions:
                  - Name:
                      Fn::Sub: app
                    Image: a
                """);
        assertThat(flag(text)).isEqualTo("put `          ReadonlyRootFilesystem: true` below line 7");
    }

    @Test
    void aFunctionIsReplacedAsAWhole() {
        assertThat(flag(template("""
                ContainerDefinitions:
                  - Name: app
                    ReadonlyRootFilesystem: !If
                      - Always
                      - false
                      - true
                """))).isEqualTo("set `ReadonlyRootFilesystem: true` in lines 7 to 10");
    }

    @Test
    void aNameThatATemplatePutsTogetherIsPutTogetherAgain() {
        Fragment mount = Fragment.object("sourceVolume", "${AWS::StackName}-tmp");
        assertThat(container(template("""
                ContainerDefinitions:
                  - Name: app
                """)).add("mountPoints", List.of(mount)).inline())
                .isEqualTo("put `MountPoints: [{SourceVolume: !Sub \"${AWS::StackName}-tmp\"}]` below line 6");
    }

    @Test
    void anOptionGoesBehindTheLastOfALongList() {
        List<Fragment> exec = List.of(Fragment.of("exec"));
        assertThat(tmpfs("""
                {"containerDefinitions": [{"name": "app", "linuxParameters": {"tmpfs": [{
                  "containerPath": "/x",
                  "mountOptions": [
                    "noexec",
                    "ro"
                  ]
                }]}}]}
                """).add("mountOptions", exec).help()).isEqualTo("put `, \"exec\"` behind `\"ro\"` in line 5");
        assertThat(tmpfs("""
                containerDefinitions:
                  - name: app
                    linuxParameters:
                      tmpfs:
                        - containerPath: /x
                          mountOptions:
                            - noexec # by default
                """).add("mountOptions", exec).help()).isEqualTo("put `- exec` below line 7");
    }

    private static String remove(String text) {
        TaskDefinitionText written = text(text);
        return written.remove(
                        app(written).linuxParameters().capabilitiesAdd().get(0).location())
                .orElseThrow();
    }

    @Test
    void aTemplateKeepsNoKeyWithoutAValue() {
        assertThat(remove(template("""
                ContainerDefinitions:
                  - Name: app
                    LinuxParameters:
                      Capabilities:
                        Add:
                          - SYS_ADMIN
                """))).isEqualTo("remove lines 7 to 10");
        assertThat(remove(template("""
                ContainerDefinitions:
                  - Name: app
                    LinuxParameters:
                      InitProcessEnabled: true
                      Capabilities:
                        Add:
                          - SYS_ADMIN
                          - NET_ADMIN
                """))).isEqualTo("remove `- SYS_ADMIN` from line 11");
        assertThat(remove(template("""
                ContainerDefinitions:
                  - Name: app
                    LinuxParameters: {Capabilities: {Add: [SYS_ADMIN]}}
                """))).isEqualTo("remove `SYS_ADMIN` from line 7");
    }

    @Test
    void aFunctionGoesWithTheValueThatItGives() {
        assertThat(remove(template("""
                ContainerDefinitions:
                  - Name: app
                    LinuxParameters:
                      Capabilities:
                        Drop: [ALL]
                        Add:
                          - !Sub SYS_ADMIN
                          - NET_ADMIN
                """))).isEqualTo("remove `- !Sub SYS_ADMIN` from line 11");
    }
}
