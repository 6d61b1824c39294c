package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.taskdef.Fragment;
import java.util.List;
import java.util.Optional;

/**
 * Gives an empty task volume to the user of a container that no Dockerfile here explains. A volume of its own is better
 * a tmpfs; one that it shares is prepared by a container that runs first.
 */
record SidecarVolumeRemedy(Remedy remedy) {

    String own(Mount mount) {
        JudgedContainer on = remedy.on();
        String volume = mount.volume().orElse("");
        boolean shared = SharedVolume.sharers(on, mount).findAny().isPresent();
        return shared ? prepare(mount, volume) : replace(mount);
    }

    private String replace(Mount mount) {
        String tmpfs = TaskDefinitionEdit.addTmpfs(remedy.on(), mount.path(), false, remedy.reader());
        String removed = TaskDefinitionEdit.remove(
                        remedy.on().task(), remedy.on().container().definition(), mount, remedy.reader())
                .orElse("remove the mount at " + mount.path());
        return removed + ", and " + tmpfs;
    }

    private String prepare(Mount mount, String volume) {
        JudgedContainer on = remedy.on();
        String name = "own-" + volume;
        String path = mount.path().toString();
        Fragment dependency = Fragment.object("containerName", name).with("condition", "SUCCESS");
        Fragment container = Fragment.object("name", name)
                .with("image", "public.ecr.aws/docker/library/busybox:stable")
                .with("essential", Fragment.of(false))
                .with("user", "0")
                .with("readonlyRootFilesystem", Fragment.of(true))
                .with("command", Fragment.array(List.of("chown", owner(), path)))
                .with(
                        "mountPoints",
                        Fragment.array(Fragment.object("sourceVolume", volume).with("containerPath", path)));
        return "let a container that runs first own the volume: "
                + TaskDefinitionEdit.container(on, remedy.reader())
                        .add("dependsOn", List.of(dependency))
                        .inline()
                + ", and "
                + TaskDefinitionEdit.text(on, remedy.reader())
                        .root()
                        .add("containerDefinitions", List.of(container))
                        .paste("this container");
    }

    private String owner() {
        Optional<Integer> uid = remedy.user().uid().map(UnixId::number);
        return uid.map(String::valueOf).orElse(remedy.user().name());
    }
}
