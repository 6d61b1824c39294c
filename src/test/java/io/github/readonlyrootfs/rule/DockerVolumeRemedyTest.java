package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknownUser;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.Volume.Storage.Docker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerVolumeRemedyTest {

    private static final ContainerUser NODE = user("node", 1000);

    private static Docker docker(String driver, String... options) {
        List<KeyValue> pairs = new ArrayList<>();
        for (int i = 0; i < options.length; i += 2) {
            pairs.add(new KeyValue(at(10 + i), options[i], known(options[i + 1], 10 + i)));
        }
        return new Docker(Value.absent(), known(driver, 9), pairs, at(8));
    }

    private static String help(ContainerUser user, Docker docker) {
        return new DockerVolumeRemedy(user, at(20))
                .own(docker, " (volume data)")
                .orElse("the image's");
    }

    @Test
    void aTmpfsGetsTheUsersIdsAndKeepsItsOtherOptions() {
        assertThat(help(
                        NODE,
                        docker("local", "type", "tmpfs", "device", "tmpfs", "o", "size=64m,mode=0755,uid=0,noexec")))
                .isEqualTo("set `\"o\": \"size=64m,noexec,uid=1000,gid=1000,mode=0755\"` in line 14");
        assertThat(help(NODE, docker("local", "type", "tmpfs", "device", "tmpfs")))
                .isEqualTo("add `\"o\": \"uid=1000,gid=1000,mode=0755\"` to the driverOpts in line 8");
        assertThat(help(unknownUser("nobody knows"), docker("local", "type", "tmpfs", "device", "tmpfs")))
                .isEqualTo("add `\"o\": \"mode=1777\"` to the driverOpts in line 8");
    }

    @Test
    void noHelpRepeatsOptionsThatMayBeSecrets() {
        assertThat(help(NODE, docker("local", "type", "tmpfs", "device", "tmpfs", "o", "password=hunter2,size=1m")))
                .doesNotContain("hunter2");
        assertThat(help(NODE, docker("local", "type", "cifs", "device", "//server/x", "o", "password=hunter2")))
                .isEqualTo("give the directory to user node (uid 1000) (volume data) on the cifs file system");
    }

    @Test
    void whoeverDecidesElsewhereIsNamed() {
        assertThat(help(NODE, docker("rexray/ebs")))
                .isEqualTo("let the driver (volume data) give its directory to user node (uid 1000)");
        assertThat(help(NODE, docker("local", "type", "none", "device", "/srv/x", "o", "bind")))
                .isEqualTo("give the instance's directory to user node (uid 1000) (volume data)");
    }

    @Test
    void oneThatOutlivesTheTaskShouldNot() {
        assertThat(help(NODE, new Docker(known("shared", 9), Value.absent(), List.of(), at(8))))
                .isEqualTo("set `\"scope\": \"task\"` (volume data), or give the volume's directory to user node"
                        + " (uid 1000) on the instance");
    }

    @Test
    void aPlainOneTakesTheOwnerOfTheImagesDirectory() {
        assertThat(help(NODE, docker("local"))).isEqualTo("the image's");
    }
}
