package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits of a task definition that make paths writable, as help texts: fragments that begin with a verb. */
final class TaskDefinitionEdit {

    private static final String CONTAINERS = "containerDefinitions";
    private static final String MOUNT_POINTS = "mountPoints";
    private static final String TMPFS = "linuxParameters.tmpfs";

    /** MiB: enough for pid files, sockets and small caches; whoever pastes it will think about it. */
    private static final int TMPFS_SIZE = 64;

    private TaskDefinitionEdit() {}

    /** The text that holds a container. */
    static TaskDefinitionText text(JudgedContainer on, Location reader) {
        return text(on.task(), reader);
    }

    /** The text of a task that could be read, for edits that are read beside a place. */
    static TaskDefinitionText text(CheckedTask task, Location reader) {
        return new TaskDefinitionText(task.definition().orElseThrow(), reader);
    }

    static EditableObject container(JudgedContainer on, Location reader) {
        return container(text(on, reader), on.container().definition());
    }

    /** Sets the flag itself. */
    static String setReadOnlyRoot(CheckedTask task, ContainerDefinition definition, Location reader) {
        return container(text(task, reader), definition)
                .set(RootNotReadOnly.FLAG, Fragment.of(true))
                .inline();
    }

    static EditableObject container(TaskDefinitionText text, ContainerDefinition definition) {
        return text.object(CONTAINERS, definition.location(), "container " + definition.name());
    }

    static EditableObject mountPoint(TaskDefinitionText text, MountPoint point) {
        return entry(text, MOUNT_POINTS, "the mount point", point.location());
    }

    static EditableObject volumesFrom(TaskDefinitionText text, VolumesFrom from) {
        return entry(text, "volumesFrom", "the entry", from.location());
    }

    static EditableObject tmpfs(TaskDefinitionText text, Tmpfs tmpfs) {
        return entry(text, TMPFS, "the tmpfs", tmpfs.location());
    }

    private static EditableObject entry(TaskDefinitionText text, String key, String noun, Location location) {
        return text.object(CONTAINERS + "." + key, location, noun + " in " + LineNumber.of(location, text.reader()));
    }

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
        List<Fragment> elements = paths.entrySet().stream()
                .map(path -> tmpfs(path.getKey(), options(on, path.getKey(), path.getValue())))
                .toList();
        return addTmpfs(on, elements, reader);
    }

    /** A tmpfs that only root need write. */
    static String addRootsTmpfs(JudgedContainer on, List<ContainerPath> paths, Location reader) {
        return addTmpfs(on, paths.stream().map(path -> tmpfs(path, List.of())).toList(), reader);
    }

    private static String addTmpfs(JudgedContainer on, List<Fragment> elements, Location reader) {
        return container(on, reader).add(TMPFS, elements).paste("this tmpfs (size in MiB)");
    }

    private static Fragment tmpfs(ContainerPath path, List<String> options) {
        Fragment.Members tmpfs =
                Fragment.object("containerPath", path.toString()).with("size", Fragment.of(TMPFS_SIZE));
        return options.isEmpty() ? tmpfs : tmpfs.with("mountOptions", Fragment.array(options));
    }

    private static List<String> options(JudgedContainer on, ContainerPath path, boolean executable) {
        List<String> options = new ArrayList<>(owner(on.runtime().user(), takesOwnersMode(on, path)));
        if (executable) {
            options.add("exec");
        }
        return options;
    }

    /** A mount point for a volume that the task defines. */
    static String addMountPoint(JudgedContainer on, String volume, ContainerPath path, Location reader) {
        Fragment element = Fragment.object("sourceVolume", volume).with("containerPath", path.toString());
        return container(on, reader).add(MOUNT_POINTS, List.of(element)).paste("this mount point");
    }

    /** Whether a tmpfs there gets a mode that lets its owner in: it takes that of the directory it covers. */
    private static boolean takesOwnersMode(JudgedContainer on, ContainerPath path) {
        FileNode covered = RealPath.at(on.container().image().files(), path);
        return covered instanceof FileNode.Missing
                || (covered instanceof FileNode.Directory directory
                        && directory.ownership().ownerMayWrite());
    }

    /**
     * Gives a tmpfs to the container's user.
     *
     * @param user its user, or that of a container which takes its volumes
     * @param ownersMode whether its mode lets its owner in
     */
    static String own(JudgedContainer on, Tmpfs tmpfs, ContainerUser user, boolean ownersMode, Location reader) {
        return addOptions(on, tmpfs, owner(user, ownersMode), reader);
    }

    static String addOptions(JudgedContainer on, Tmpfs tmpfs, List<String> options, Location reader) {
        return tmpfs(text(on, reader), tmpfs)
                .add("mountOptions", options.stream().map(Fragment::of).toList())
                .help();
    }

    /** Gives a tmpfs the size that ECS asks for. */
    static String setSize(TaskDefinitionText text, Tmpfs tmpfs) {
        return tmpfs(text, tmpfs).set("size", Fragment.of(TMPFS_SIZE)).inline() + " (MiB)";
    }

    /** Removes the tmpfs option by which a mount is read-only. */
    static String removeReadOnly(JudgedContainer on, Tmpfs tmpfs, Location reader) {
        return tmpfs.mountOptions().stream()
                .filter(option -> option.value().equals("ro"))
                .reduce((earlier, later) -> later)
                .flatMap(option -> text(on, reader).remove(option.location()))
                .orElseGet(() -> "remove `ro` from the "
                        + text(on, reader).task().key(CONTAINERS + "." + TMPFS + ".mountOptions")
                        + " of the tmpfs in " + LineNumber.of(tmpfs.location(), reader));
    }

    /** Removes a mount point or a tmpfs; empty for a mount that a container has from elsewhere. */
    static Optional<String> remove(CheckedTask task, ContainerDefinition container, Mount mount, Location reader) {
        Optional<String> tmpfs = mount.kind() == Mount.Kind.TMPFS
                ? tmpfs(container, mount).map(entry -> text(task, reader).removeEntry(entry.location(), "the tmpfs"))
                : Optional.empty();
        return tmpfs.or(() -> mountPoint(container, mount)
                .map(entry -> text(task, reader).removeEntry(entry.location(), "the mount point")));
    }

    static String setReadOnly(JudgedContainer on, boolean value, MountPoint point, Location reader) {
        return setReadOnly(text(on, reader), value, point);
    }

    static String setReadOnly(TaskDefinitionText text, boolean value, MountPoint point) {
        return setReadOnly(mountPoint(text, point), value);
    }

    static String setReadOnly(JudgedContainer on, boolean value, VolumesFrom from, Location reader) {
        return setReadOnly(volumesFrom(text(on, reader), from), value);
    }

    private static String setReadOnly(EditableObject entry, boolean value) {
        return entry.set("readOnly", Fragment.of(value)).inline();
    }

    static Optional<Tmpfs> tmpfs(ContainerDefinition container, Mount mount) {
        return container.linuxParameters().tmpfs().stream()
                .filter(tmpfs -> declares(tmpfs.containerPath(), mount))
                .findFirst();
    }

    static Optional<MountPoint> mountPoint(ContainerDefinition container, Mount mount) {
        return container.mountPoints().stream()
                .filter(point -> declares(point.containerPath(), mount))
                .findFirst();
    }

    /** By the place of its path: the engine, too, tells a tmpfs at {@code /d} from another one at {@code /d/}. */
    private static boolean declares(Value<String> containerPath, Mount mount) {
        return containerPath.where().equals(mount.location());
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
}
