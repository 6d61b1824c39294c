// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.EditableObject;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.Volume.Storage.Docker;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gives a volume of {@code dockerVolumeConfiguration} to a user, where that is not decided in the image. */
record DockerVolumeRemedy(ContainerUser user, TaskDefinitionEditor editor) {

    /** Options of a tmpfs besides owner and mode; other options are not shown in messages. */
    private static final Pattern KEPT = Pattern.compile("(size|nr_inodes|nr_blocks)=[0-9]+[kmg%]?|[a-z]{2,13}");

    /**
     * The remedy; empty for a volume that takes the owner of the image's directory.
     *
     * @param volume its name in parentheses, for display
     */
    Optional<Remedy> own(Docker docker, String volume) {
        String driver = docker.driver().known().orElse("local");
        if (docker.driver().isUnknown() || !driver.equals("local")) {
            return Optional.of(Remedy.advice(
                    "make " + user.shortly() + " the owner of the directory in the volume's driver" + volume));
        }
        String type = option(docker, "type");
        if (type.equals("tmpfs")) {
            String o = String.join(",", owned(option(docker, "o")));
            return Optional.of(volume(docker, volume).set("driverOpts.o", Fragment.of(o)));
        }
        if (type.equals("none") || type.equals("bind")) {
            return Optional.of(Remedy.advice("give the directory on the instance" + volume + " to " + user.shortly()));
        }
        if (!type.isEmpty()) {
            return Optional.of(Remedy.advice(
                    "give the directory on the " + type + " file system" + volume + " to " + user.shortly()));
        }
        return docker.scope().known().filter("shared"::equals).isPresent()
                        || docker.scope().isUnknown()
                ? Optional.of(volume(docker, volume)
                        .set("scope", Fragment.of("task"))
                        .advising("give the directory on the instance" + volume + " to " + user.shortly() + ", or"))
                : Optional.empty();
    }

    private EditableObject volume(Docker docker, String volume) {
        return editor.object("volumes.dockerVolumeConfiguration", docker.location(), "the volume" + volume);
    }

    private static String option(Docker docker, String key) {
        return docker.driverOptions().stream()
                .filter(option -> option.key().equals(key))
                .map(KeyValue::value)
                .map(Value::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** The mount options with those that make the directory the user's own. */
    private List<String> owned(String o) {
        List<String> options = new ArrayList<>();
        for (String option : o.split(",", -1)) {
            if (KEPT.matcher(option).matches()) {
                options.add(option);
            }
        }
        Optional<Integer> uid = user.uid().map(UnixId::number);
        if (uid.isPresent()) {
            options.add("uid=" + uid.get());
            user.gid().map(UnixId::number).ifPresent(gid -> options.add("gid=" + gid));
            options.add("mode=0755");
        } else {
            options.add("mode=1777");
        }
        return options;
    }
}
