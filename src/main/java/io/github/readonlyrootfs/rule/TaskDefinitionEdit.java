package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Edits of a task definition, as help texts: fragments that begin with a verb. */
final class TaskDefinitionEdit {

    /** MiB: enough for pid files, sockets and small caches; whoever pastes it will think about it. */
    private static final int TMPFS_SIZE = 64;

    private TaskDefinitionEdit() {}

    /** A tmpfs that the user can write, wherever it has to go in the container's definition. */
    static String addTmpfs(JudgedContainer on, ContainerPath path, boolean executable, Location reader) {
        ContainerDefinition definition = on.container().definition();
        List<String> options = owner(on.runtime().user());
        if (executable) {
            options = Stream.concat(options.stream(), Stream.of("exec")).toList();
        }
        String mountOptions = options.isEmpty() ? "" : ", \"mountOptions\": " + array(options);
        String element =
                "{\"containerPath\": " + quoted(path.toString()) + ", \"size\": " + TMPFS_SIZE + mountOptions + "}";
        LinuxParameters parameters = definition.linuxParameters();
        if (!parameters.tmpfs().isEmpty()) {
            return "put this tmpfs (size in MiB) above "
                    + LineNumber.of(parameters.tmpfs().get(0).location(), reader) + ":\n" + element + ",";
        }
        String list = "\"tmpfs\": [" + element + "]";
        if (!parameters.equals(LinuxParameters.NONE)) {
            return "add this tmpfs (size in MiB) to the linuxParameters of container " + on.name() + ":\n" + list;
        }
        String object = "\"linuxParameters\": {" + list + "}";
        return nameStandsAlone(on)
                ? "put this tmpfs (size in MiB) below " + LineNumber.of(on.nameLocation(), reader) + ":\n" + object
                        + ","
                : "add this tmpfs (size in MiB) to container " + on.name() + ":\n" + object;
    }

    /** Whether a line can be put below the container's name: the name has its line to itself, and more follows. */
    private static boolean nameStandsAlone(JudgedContainer on) {
        return on.task()
                .line(on.nameLocation())
                .map(String::strip)
                .filter(line -> line.matches("\"name\"\\s*:\\s*\"[^\"]*\"\\s*,"))
                .isPresent();
    }

    /** Gives a tmpfs to the user. */
    static String own(Tmpfs tmpfs, ContainerUser user, boolean ownerMayWrite, Location reader) {
        List<String> options = ownerMayWrite ? owner(user) : List.of("mode=1777");
        return addOptions(tmpfs, options.isEmpty() ? List.of("mode=1777") : options, reader);
    }

    static String addOptions(Tmpfs tmpfs, List<String> options, Location reader) {
        List<Located<String>> present = tmpfs.mountOptions();
        if (present.isEmpty()) {
            return "add `\"mountOptions\": " + array(options) + "` to the tmpfs in "
                    + LineNumber.of(tmpfs.location(), reader);
        }
        String words = options.stream().map(TaskDefinitionEdit::quoted).collect(Collectors.joining(", "));
        return "add `" + words + "` to the mountOptions in "
                + LineNumber.of(present.get(present.size() - 1).location(), reader);
    }

    /** The tmpfs option by which a mount is read-only. */
    static String removeReadOnly(Tmpfs tmpfs, Location reader) {
        Location place = tmpfs.mountOptions().stream()
                .filter(option -> option.value().equals("ro"))
                .reduce((earlier, later) -> later)
                .map(Located::location)
                .orElse(tmpfs.location());
        return "remove `\"ro\"` from the mountOptions in " + LineNumber.of(place, reader);
    }

    /** {@code "readOnly": …} of an entry that may span lines. */
    static String setReadOnly(boolean value, Value<Boolean> present, Location entry, Location reader) {
        return "set `\"readOnly\": " + value + "` in "
                + LineNumber.of(present.where().orElse(entry), reader);
    }

    static Optional<Tmpfs> tmpfs(JudgedContainer on, Mount mount) {
        return on.container().definition().linuxParameters().tmpfs().stream()
                .filter(tmpfs -> isAt(tmpfs.containerPath(), mount))
                .findFirst();
    }

    static Optional<MountPoint> mountPoint(JudgedContainer on, Mount mount) {
        return on.container().definition().mountPoints().stream()
                .filter(point -> isAt(point.containerPath(), mount))
                .findFirst();
    }

    private static boolean isAt(Value<String> containerPath, Mount mount) {
        return containerPath
                .known()
                .map(ContainerPath::of)
                .filter(mount.path()::equals)
                .isPresent();
    }

    /** The tmpfs options that make a directory the user's own; none for one that owner and mode do not bind. */
    private static List<String> owner(ContainerUser user) {
        if (user.overridesPermissions()) {
            return List.of();
        }
        Optional<Integer> uid = user.uid().map(UnixId::number);
        if (uid.isEmpty()) {
            return List.of("mode=1777");
        }
        Optional<Integer> gid = user.gid().map(UnixId::number);
        return gid.map(group -> List.of("uid=" + uid.get(), "gid=" + group)).orElse(List.of("uid=" + uid.get()));
    }

    static String array(List<String> strings) {
        return strings.stream().map(TaskDefinitionEdit::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
