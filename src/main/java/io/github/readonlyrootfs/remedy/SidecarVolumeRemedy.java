// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.List;
import java.util.Optional;

/**
 * Gives an empty task volume to the user of a container that no Dockerfile here explains. A volume of its own is better
 * a tmpfs; one that it shares is prepared by a container that runs first.
 */
record SidecarVolumeRemedy(ContainerRemedies here) {

    NeedRemedy own(Mount mount) {
        boolean shared = SharedVolume.sharers(here.on(), mount).findAny().isPresent();
        return shared ? prepare(mount, mount.declaration().volume().orElse("")) : replace(mount);
    }

    private NeedRemedy replace(Mount mount) {
        NeedRemedy tmpfs = new NewMount(here).tmpfs(mount.path(), false);
        return tmpfs.rest().advice().isPresent() ? tmpfs : here.remove(mount).and(tmpfs);
    }

    private NeedRemedy prepare(Mount mount, String volume) {
        JudgedContainer on = here.on();
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
        Remedy waits = here.editor().container(on.container().definition()).add("dependsOn", List.of(dependency));
        Remedy runs = here.editor().root().add("containerDefinitions", List.of(container));
        return NeedRemedy.of(waits.and(runs)
                .noting("container " + name + " runs first and gives the volume to "
                        + here.user().shortly()));
    }

    private String owner() {
        Optional<Integer> uid = here.user().uid().map(UnixId::number);
        return uid.map(String::valueOf).orElse(here.user().name());
    }
}
