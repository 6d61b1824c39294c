// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import static io.github.readonlyrootfs.runtime.Users.unknownUser;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.message.HelpText;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.Volume.Storage.Docker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerVolumeRemedyTest {

    private static final ContainerUser NODE = user("node", 1000);

    /** @param options keys and values alternately */
    private static TaskDefinition docker(String driver, String... options) {
        return volume("", driver, options);
    }

    private static TaskDefinition volume(String members, String driver, String... options) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < options.length; i += 2) {
            pairs.add("\"" + options[i] + "\": \"" + options[i + 1] + "\"");
        }
        String json = "{ \"containerDefinitions\": [{ \"name\": \"app\", \"image\": \"i\" }],\n"
                + "\"volumes\": [{\n\"name\": \"data\",\n\"dockerVolumeConfiguration\": {\n" + members
                + "\"driver\": \"" + driver + "\",\n\"driverOpts\": { " + String.join(",\n", pairs) + " }\n} }] }";
        return TaskFile.read(json).task();
    }

    private static String help(ContainerUser user, TaskDefinition task) {
        return new DockerVolumeRemedy(user, new TaskDefinitionEditor(task))
                .own((Docker) task.volumes().get(0).storage(), " (volume data)")
                .map(remedy -> new HelpText(
                                Map.of(
                                        task.document().source().name(),
                                        task.document().source()),
                                source -> TaskDefinitionReader.publicText(source, (text, command) -> {}))
                        .of(remedy, task.document().location()))
                .orElse("the image's");
    }

    @Test
    void aTmpfsGetsTheIdsOfTheUserAndKeepsItsOtherOptions() {
        assertThat(help(
                        NODE,
                        docker("local", "type", "tmpfs", "device", "tmpfs", "o", "size=64m,mode=0755,uid=0,noexec")))
                .isEqualTo("set `\"o\": \"size=64m,noexec,uid=1000,gid=1000,mode=0755\"` in line 8");
        assertThat(help(NODE, docker("local", "type", "tmpfs", "device", "tmpfs")))
                .isEqualTo("put `\"o\": \"uid=1000,gid=1000,mode=0755\",` before `\"type\"` in line 6");
        assertThat(help(unknownUser("nobody knows"), docker("local", "type", "tmpfs", "device", "tmpfs")))
                .isEqualTo("put `\"o\": \"mode=1777\",` before `\"type\"` in line 6");
    }

    @Test
    void theHelpContainsNoOptionsThatMayBeSecrets() {
        assertThat(help(NODE, docker("local", "type", "tmpfs", "device", "tmpfs", "o", "password=hunter2,size=1m")))
                .doesNotContain("hunter2");
        assertThat(help(NODE, docker("local", "type", "cifs", "device", "//server/x", "o", "password=hunter2")))
                .isEqualTo("give the directory on the cifs file system (volume data) to user node (uid 1000)");
    }

    @Test
    void aFixOutsideTheFilesNamesThePlaceToChange() {
        assertThat(help(NODE, docker("rexray/ebs")))
                .isEqualTo("make user node (uid 1000) the owner of the directory in the volume's driver (volume data)");
        assertThat(help(NODE, docker("local", "type", "none", "device", "/srv/x", "o", "bind")))
                .isEqualTo("give the directory on the instance (volume data) to user node (uid 1000)");
    }

    @Test
    void aVolumeThatOutlivesTheTaskShouldNot() {
        assertThat(help(NODE, volume("\"scope\": \"shared\",\n", "local")))
                .isEqualTo("give the directory on the instance (volume data) to user node (uid 1000), or set"
                        + " `\"scope\": \"task\"` in line 5");
    }

    @Test
    void aVolumeWithoutOptionsGetsTheOwnerOfTheImagesDirectory() {
        assertThat(help(NODE, docker("local"))).isEqualTo("the image's");
    }
}
