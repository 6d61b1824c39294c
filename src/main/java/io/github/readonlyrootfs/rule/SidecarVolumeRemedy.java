package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.runtime.Mount;
import java.util.Optional;

/**
 * Gives an empty task volume to the user of a container that no Dockerfile here explains. A volume of its own is better
 * a tmpfs; one that it shares is prepared by a container that runs first.
 */
record SidecarVolumeRemedy(Remedy remedy) {

    String own(Mount mount) {
        JudgedContainer on = remedy.on();
        String volume = mount.volume().orElse("");
        boolean shared = on.task().containers().stream()
                .filter(other -> !other.definition().name().equals(on.name()))
                .flatMap(other -> other.definition().mountPoints().stream())
                .anyMatch(point ->
                        point.sourceVolume().known().filter(volume::equals).isPresent());
        return shared ? prepare(mount, volume) : replace(mount);
    }

    private String replace(Mount mount) {
        String tmpfs = TaskDefinitionEdit.addTmpfs(remedy.on(), mount.path(), false, remedy.reader());
        return "remove the mount point"
                + mount.location()
                        .map(place -> " in " + LineNumber.of(place, remedy.reader()))
                        .orElse("")
                + ", and " + tmpfs;
    }

    private String prepare(Mount mount, String volume) {
        String name = "own-" + volume;
        String path = TaskDefinitionEdit.quoted(mount.path().toString());
        return "let a container that runs first own the volume, and add `\"dependsOn\": [{\"containerName\": "
                + TaskDefinitionEdit.quoted(name) + ", \"condition\": \"SUCCESS\"}]` to container "
                + remedy.on().name() + ":\n"
                + "{\"name\": " + TaskDefinitionEdit.quoted(name)
                + ", \"image\": \"public.ecr.aws/docker/library/busybox:stable\", \"essential\": false"
                + ", \"user\": \"0\", \"readonlyRootFilesystem\": true"
                + ", \"command\": [\"chown\", " + TaskDefinitionEdit.quoted(owner()) + ", " + path + "]"
                + ", \"mountPoints\": [{\"sourceVolume\": " + TaskDefinitionEdit.quoted(volume)
                + ", \"containerPath\": " + path + "}]},";
    }

    private String owner() {
        Optional<Integer> uid = remedy.user().uid().map(UnixId::number);
        return uid.map(String::valueOf).orElse(remedy.user().name());
    }
}
