package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.ImageFileSystem;
import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Edits of a task definition, as help texts: fragments that begin with a verb. */
final class TaskDefinitionEdit {

    /** MiB: enough for pid files, sockets and small caches; whoever pastes it will think about it. */
    private static final int TMPFS_SIZE = 64;

    private TaskDefinitionEdit() {}

    /** A tmpfs that the user can write, wherever it has to go in the container's definition. */
    static String addTmpfs(JudgedContainer on, ContainerPath path, boolean executable, Location reader) {
        return addTmpfs(on, Map.of(path, executable), reader);
    }

    /**
     * The same for several paths at once: a second {@code linuxParameters} would override the first.
     *
     * @param paths each with whether code is loaded from it
     */
    static String addTmpfs(JudgedContainer on, Map<ContainerPath, Boolean> paths, Location reader) {
        String elements = paths.entrySet().stream()
                .map(path -> tmpfs(on, path.getKey(), path.getValue()))
                .collect(Collectors.joining(", "));
        LinuxParameters parameters = on.container().definition().linuxParameters();
        if (!parameters.tmpfs().isEmpty()) {
            return addElement(
                    on,
                    "tmpfs (size in MiB)",
                    "tmpfs",
                    elements,
                    parameters.tmpfs().get(0).location(),
                    reader);
        }
        String list = "\"tmpfs\": [" + elements + "]";
        return parameters.equals(LinuxParameters.NONE)
                ? addKey(on, "tmpfs (size in MiB)", "\"linuxParameters\": {" + list + "}", reader)
                : "add this tmpfs (size in MiB) to the linuxParameters of container " + on.name() + ":\n" + list;
    }

    private static String tmpfs(JudgedContainer on, ContainerPath path, boolean executable) {
        List<String> options = new ArrayList<>(owner(on.runtime().user(), takesOwnersMode(on, path)));
        if (executable) {
            options.add("exec");
        }
        String mountOptions = options.isEmpty() ? "" : ", \"mountOptions\": " + array(options);
        return "{\"containerPath\": " + quoted(path.toString()) + ", \"size\": " + TMPFS_SIZE + mountOptions + "}";
    }

    /** A mount point for a volume that the task defines. */
    static String addMountPoint(JudgedContainer on, String volume, ContainerPath path, Location reader) {
        String element =
                "{\"sourceVolume\": " + quoted(volume) + ", \"containerPath\": " + quoted(path.toString()) + "}";
        List<MountPoint> present = on.container().definition().mountPoints();
        return present.isEmpty()
                ? addKey(on, "mount point", "\"mountPoints\": [" + element + "]", reader)
                : addElement(
                        on,
                        "mount point",
                        "mountPoints",
                        element,
                        present.get(0).location(),
                        reader);
    }

    /** In front of the first element of a list, if that begins a line. */
    private static String addElement(
            JudgedContainer on, String noun, String key, String element, Location first, Location reader) {
        boolean beginsLine = on.task()
                .line(first)
                .filter(line -> line.strip().startsWith("{"))
                .isPresent();
        return beginsLine
                ? "put this " + noun + " above " + LineNumber.of(first, reader) + ":\n" + element + ","
                : "add this " + noun + " to the " + key + " of container " + on.name() + ":\n" + element;
    }

    /** Below the container's name, if that has its line to itself and more follows. */
    private static String addKey(JudgedContainer on, String noun, String member, Location reader) {
        boolean nameStandsAlone = on.task()
                .line(on.nameLocation())
                .map(String::strip)
                .filter(line -> line.matches("\"name\"\\s*:\\s*\"[^\"]*\"\\s*,"))
                .isPresent();
        return nameStandsAlone
                ? "put this " + noun + " below " + LineNumber.of(on.nameLocation(), reader) + ":\n" + member + ","
                : "add this " + noun + " to container " + on.name() + ":\n" + member;
    }

    /** Whether a tmpfs there gets a mode that lets its owner in: it takes that of the directory it covers. */
    private static boolean takesOwnersMode(JudgedContainer on, ContainerPath path) {
        ImageFileSystem files = on.container().image().files();
        FileNode covered = files.at(RealPath.of(files, path));
        return covered instanceof FileNode.Missing
                || (covered instanceof FileNode.Directory directory
                        && directory.ownership().ownerMayWrite());
    }

    /**
     * Gives a tmpfs to the user.
     *
     * @param ownersMode whether its mode lets its owner in
     */
    static String own(Tmpfs tmpfs, ContainerUser user, boolean ownersMode, Location reader) {
        return addOptions(tmpfs, owner(user, ownersMode), reader);
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
        String member = "`\"readOnly\": " + value + "`";
        return present.where()
                .map(where -> "set " + member + " in " + LineNumber.of(where, reader))
                .orElseGet(() -> "add " + member + " to the entry in " + LineNumber.of(entry, reader));
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
    private static List<String> owner(ContainerUser user, boolean ownersMode) {
        if (user.overridesPermissions()) {
            return List.of();
        }
        Optional<Integer> uid = user.uid().map(UnixId::number);
        if (uid.isEmpty()) {
            return List.of("mode=1777");
        }
        List<String> options = new ArrayList<>(List.of("uid=" + uid.get()));
        user.gid().map(UnixId::number).ifPresent(gid -> options.add("gid=" + gid));
        if (!ownersMode) {
            options.add("mode=0755");
        }
        return options;
    }

    /** A key as the file spells it. */
    static String key(String name) {
        return "`\"" + name + "\"`";
    }

    /** A key and its value as the file spells them. */
    static String member(String name, String value) {
        return "`" + bareMember(name, value) + "`";
    }

    /** The same to be pasted on a line of its own. */
    static String bareMember(String name, String value) {
        return "\"" + name + "\": " + value;
    }

    static String array(List<String> strings) {
        return strings.stream().map(TaskDefinitionEdit::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
