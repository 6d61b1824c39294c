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

    /** MiB: a task without memory of its own needs that of each container. */
    private static final int MEMORY = 64;

    /** Where the container that gives the volume away mounts it: a path that its image lacks. */
    private static final String PLACE = "/volume";

    Remedy own(Mount mount) {
        boolean shared = SharedVolume.sharers(here.on(), mount).findAny().isPresent();
        return shared ? prepare(mount, mount.declaration().volume().orElse("")) : replace(mount);
    }

    private Remedy replace(Mount mount) {
        Remedy tmpfs = new NewMount(here).tmpfs(mount.path(), false);
        return tmpfs.advice().isPresent() ? tmpfs : here.remove(mount).and(tmpfs);
    }

    private Remedy prepare(Mount mount, String volume) {
        JudgedContainer on = here.on();
        Optional<Integer> uid = here.user().uid().map(UnixId::number);
        if (uid.isEmpty()) {
            return Remedy.advice("give " + mount.path() + " to " + here.user().shortly()
                    + " in a container that runs first, by the user's number");
        }
        String name = "own-" + volume + "-" + uid.get();
        // Without a file in the volume, a Docker engine gives it the owner of the next image's directory again.
        String command = "chown " + uid.get() + " " + PLACE + " && touch " + PLACE + "/.owned";
        Fragment dependency = Fragment.object("containerName", name).with("condition", "SUCCESS");
        Fragment.Members container = Fragment.object("name", name)
                .with("image", "public.ecr.aws/docker/library/busybox:stable")
                .with("essential", Fragment.of(false))
                .with("user", "0")
                .with("readonlyRootFilesystem", Fragment.of(true))
                .with("command", Fragment.array(List.of("sh", "-c", command)))
                .with(
                        "mountPoints",
                        Fragment.array(Fragment.object("sourceVolume", volume).with("containerPath", PLACE)));
        boolean sized = on.task()
                .definition()
                .filter(task -> !task.launch().memory().isAbsent())
                .isPresent();
        if (!sized) {
            container = container.with("memory", Fragment.of(MEMORY));
        }
        Remedy waits = here.editor().container(on.container().definition()).add("dependsOn", List.of(dependency));
        Remedy runs = here.editor().root().add("containerDefinitions", List.of(container));
        return waits.and(runs)
                .noting("container " + name + " runs first and gives the volume to "
                        + here.user().shortly());
    }
}
