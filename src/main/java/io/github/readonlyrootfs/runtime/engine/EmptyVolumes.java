// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.engine.MountTable.End;
import io.github.readonlyrootfs.runtime.engine.MountTable.Walk;
import io.github.readonlyrootfs.runtime.engine.PlannedMount.What;
import io.github.readonlyrootfs.runtime.engine.Preparers.Preparer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a volume that starts empty. Docker copies the image's directory into it, content, owner and mode; other
 * engines do so only where the image declares a VOLUME with exactly that path. Several containers may share one.
 */
final class EmptyVolumes {

    private final TaskDefinition task;
    private final Map<String, Image> images;
    private final Map<String, List<Mounted>> mountedByVolume;
    private final Map<String, List<Mounted>> mountedByContainer = new HashMap<>();
    private final ContainerOrder order;

    /** What others do before a container starts to a volume that it mounts, however often it does. */
    private final Map<InContainer, List<Preparer>> preparers = new HashMap<>();

    private final Preparers runs = new Preparers();

    /** A volume with very many mount points is looked through once, not once for each of them. */
    private final Map<Key, Shared> sharedByVolume = new HashMap<>();

    private final Map<InContainer, Set<ContainerPath>> pointsOfOthers = new HashMap<>();

    /** By container, where it mounts something. */
    private final Map<String, List<ContainerPath>> mountPaths = new HashMap<>();

    EmptyVolumes(TaskDefinition task, Map<String, Image> images) {
        this.task = task;
        this.images = images;
        this.mountedByVolume = mountedByVolume(task);
        this.order = new ContainerOrder(task);
        for (List<Mounted> all : mountedByVolume.values()) {
            for (Mounted mounted : all) {
                mountedByContainer
                        .computeIfAbsent(mounted.container().name(), name -> new ArrayList<>())
                        .add(mounted);
            }
        }
    }

    /** Whether more than one mount point names a volume. */
    boolean isShared(String volume) {
        return mountedByVolume.getOrDefault(volume, List.of()).size() > 1;
    }

    Image image(ContainerDefinition container) {
        Image image = images.get(container.name());
        if (image == null) {
            throw new IllegalArgumentException("no image for container " + container.name());
        }
        return image;
    }

    /** The directory of an image as the engine copies it into an empty volume at a path. */
    MountRoot copyUp(Image image, ContainerPath path, Platform platform) {
        // The engine mounts its own there, and images have nothing in them.
        if (path.isAtOrBelow(Mounts.DEV) || path.isAtOrBelow(Mounts.SYS)) {
            return MountRoot.empty(Ownership.ROOT_0755, new OwnerReason.NotInImage());
        }
        Walk walk = new MountTable(image.files()).walk(path);
        if (!platform.runsDocker() && !walk.real().equals(path) && walk.end() != End.UNKNOWN) {
            // Reported for Fargate: a VOLUME that goes through a symbolic link loses content and owner.
            return MountRoot.empty(Ownership.ROOT_0755, new OwnerReason.LinkedVolume(platform));
        }
        if (walk.end() == End.DIRECTORY && walk.last().isDirectory()) {
            return MountRoot.copied(walk.last(), image, walk.real());
        }
        if (walk.isMissing()) {
            return MountRoot.empty(Ownership.ROOT_0755, new OwnerReason.NotInImage());
        }
        return MountRoot.unknown(
                Ownership.UNKNOWN,
                walk.last().isUnknown()
                        ? new OwnerReason.OfImage(walk.last().why())
                        : new OwnerReason.ImageContentUnknown());
    }

    /** The directory of an empty task volume as a container finds it. */
    MountRoot root(String volume, PlannedMount planned, Platform platform) {
        InContainer here = new InContainer(volume, planned.owner().name());
        MountRoot own = brought(planned.owner(), planned.path(), spelled(planned), platform);
        Shared shared =
                sharedByVolume.computeIfAbsent(new Key(volume, platform), key -> shared(key.volume(), key.platform()));
        Optional<MountRoot> prepared = prepared(
                preparers.computeIfAbsent(here, key -> preparers(volume, planned.owner(), platform)),
                planned,
                own,
                shared,
                platform);
        if (prepared.isPresent()) {
            return prepared.get();
        }
        if (platform.runsDocker() && shared.first().isPresent()) {
            return isItself(shared.first().get(), planned)
                    ? own
                    : firstComer(shared.first().get());
        }
        for (Sharer other : shared.examples()) {
            Ownership theirs = other.brought().ownership();
            if (!isItself(other, planned)
                    && !(theirs.equals(own.ownership()) && own.ownership().isKnown())) {
                return MountRoot.unknown(
                        Ownership.UNKNOWN,
                        new OwnerReason.BroughtByTwo(other.container().name(), theirs, own.ownership()));
            }
        }
        boolean sameContent =
                Set.of(new Source(image(planned.owner()), planned.path())).containsAll(shared.sources());
        return sameContent ? own : MountRoot.unknown(own.ownership(), new OwnerReason.SharedContent());
    }

    /** How a container finds a volume that others have changed before; empty if what they did does not count. */
    private Optional<MountRoot> prepared(
            List<Preparer> all, PlannedMount planned, MountRoot own, Shared shared, Platform platform) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Preparer> changing = all.stream().filter(Preparer::changes).toList();
        List<Preparer> some = changing.isEmpty() ? all : changing;
        Preparer preparer = some.get(0);
        ContainerDefinition by = preparer.by();
        boolean owner = some.stream().anyMatch(Preparer::changesOwner);
        boolean copies = !isNothing(own);
        boolean alone = shared.examples().stream()
                .allMatch(other -> isItself(other, planned) || other.container().equals(by));
        boolean decides = some.size() == 1
                && alone
                && order.before(planned.owner().name()).ended().contains(by.name());
        boolean first =
                shared.first().filter(sharer -> sharer.container().equals(by)).isPresent();
        if (!owner
                && (decides
                        ? shared.first().isPresent() && !first
                        : !copies || shared.first().isPresent())) {
            return Optional.empty();
        }
        OwnerReason reason = owner && !(copies && preparer.after().isEmpty())
                ? new OwnerReason.PreparedBy(by.name())
                : new OwnerReason.WrittenFirstBy(by.name());
        if (decides && preparer.after().isPresent()) {
            TreeNode after = preparer.after().get();
            // An empty volume takes owner and mode of the next image that has the directory: measured on a Docker
            // engine.
            Truth lasts = copies ? after.isEmpty().not() : Truth.TRUE;
            if (lasts.isFalse() && (platform.runsDocker() || !owner)) {
                return platform.runsDocker() ? Optional.of(own) : Optional.empty();
            }
            if (lasts.isTrue() && (preparer.changes() || !copies)) {
                boolean known = after.ownership().isKnown();
                OwnerReason left = first && !owner
                        ? new OwnerReason.BroughtBy(by.name())
                        : known ? new OwnerReason.LeftBy(by.name()) : reason;
                boolean same = !copies && after.ownership().equals(own.ownership());
                return Optional.of(MountRoot.left(after, same ? own.provenance() : left));
            }
        }
        return changing.isEmpty() ? Optional.empty() : Optional.of(MountRoot.unknown(Ownership.UNKNOWN, reason));
    }

    /**
     * Where other containers mount something below a mount that they share, by path relative to it: if such a container
     * starts first, the engine makes the directory there, which is root's. Measured on a Docker engine.
     */
    Set<ContainerPath> mountPointsOfOthers(PlannedMount planned) {
        Set<ContainerPath> points = new HashSet<>();
        if (planned.inherited()) {
            points.addAll(mountsBelow(planned.owner(), planned.path()));
        }
        if (planned.what() instanceof What.FromTask fromTask) {
            points.addAll(pointsOfOthers.computeIfAbsent(
                    new InContainer(fromTask.volume(), planned.owner().name()), this::pointsOfOthers));
        }
        return points;
    }

    private Set<ContainerPath> pointsOfOthers(InContainer here) {
        Set<ContainerPath> points = new HashSet<>();
        for (Mounted mounted : mountedByVolume.getOrDefault(here.volume(), List.of())) {
            if (!mounted.container().name().equals(here.container())) {
                points.addAll(mountsBelow(mounted.container(), mounted.path()));
            }
        }
        return points;
    }

    private Set<ContainerPath> mountsBelow(ContainerDefinition container, ContainerPath top) {
        Set<ContainerPath> below = new HashSet<>();
        for (ContainerPath path : mountPaths.computeIfAbsent(container.name(), name -> mountPaths(container))) {
            if (path.isAtOrBelow(top) && !path.equals(top)) {
                below.add(MountTable.relative(path, top));
            }
        }
        return below;
    }

    private static List<ContainerPath> mountPaths(ContainerDefinition container) {
        return container.mountPaths().stream()
                .filter(path -> path.startsWith("/"))
                .map(ContainerPath::of)
                .toList();
    }

    /** Once a volume has content, its owner and mode no longer change: measured on a Docker engine. */
    private static MountRoot firstComer(Sharer first) {
        MountRoot brought = first.brought();
        return new MountRoot(
                brought.ownership(),
                brought.content(),
                new OwnerReason.BroughtBy(first.container().name()),
                brought.unknownContent(),
                brought.files());
    }

    private record InContainer(String volume, String container) {}

    private record Key(String volume, Platform platform) {}

    private record Mounted(ContainerDefinition container, String volume, MountPoint mountPoint, ContainerPath path) {

        String spelled() {
            return mountPoint.containerPath().known().orElseThrow();
        }

        boolean mayWrite() {
            return !mountPoint.readOnly().known().orElse(false);
        }

        boolean certainlyWrites() {
            return mayWrite() && !mountPoint.readOnly().isUnknown();
        }
    }

    /** A mount point of a volume, in a container whose image has content there. */
    private record Sharer(ContainerDefinition container, MountPoint mountPoint, MountRoot brought) {}

    /** Where the content of a volume may come from. */
    private record Source(Image image, ContainerPath path) {}

    /**
     * Everything that may put content into a volume.
     *
     * @param examples at most two sharers for each owner and mode, so that one of them is not the container that is
     *     looked at
     * @param first the one whose image certainly fills the volume before any other container can
     */
    private record Shared(List<Sharer> examples, Set<Source> sources, Optional<Sharer> first) {}

    private Shared shared(String volume, Platform platform) {
        Map<Ownership, Integer> seen = new HashMap<>();
        List<Sharer> examples = new ArrayList<>();
        Set<Source> sources = new HashSet<>();
        Optional<Sharer> first = Optional.empty();
        List<Mounted> all = mountedByVolume.getOrDefault(volume, List.of());
        for (Mounted mounted : all) {
            MountRoot brought = brought(mounted.container(), mounted.path(), mounted.spelled(), platform);
            if (!isNothing(brought)) {
                Sharer sharer = new Sharer(mounted.container(), mounted.mountPoint(), brought);
                sources.add(new Source(image(mounted.container()), mounted.path()));
                if (seen.merge(brought.ownership(), 1, Integer::sum) <= 2) {
                    examples.add(sharer);
                }
                if (first.isEmpty() && bringsContent(mounted) && precedesAll(mounted.container(), all)) {
                    first = Optional.of(sharer);
                }
            }
        }
        return new Shared(examples, sources, first);
    }

    private boolean bringsContent(Mounted mounted) {
        if (!mounted.certainlyWrites()) {
            return false;
        }
        Image image = image(mounted.container());
        Walk walk = new MountTable(image.files()).walk(mounted.path());
        return walk.end() == End.DIRECTORY && image.files().hasEntries(walk.real());
    }

    private boolean precedesAll(ContainerDefinition container, List<Mounted> all) {
        return all.stream()
                .map(Mounted::container)
                .filter(other -> !other.name().equals(container.name()))
                .allMatch(other -> order.before(other.name()).created().contains(container.name()));
    }

    private static Map<String, List<Mounted>> mountedByVolume(TaskDefinition task) {
        Map<String, List<Mounted>> byVolume = new HashMap<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            for (MountPoint mountPoint : container.fileSystem().mountPoints()) {
                Optional<String> volume = mountPoint.sourceVolume().known();
                Optional<String> path = mountPoint.containerPath().known().filter(text -> text.startsWith("/"));
                if (volume.isPresent() && path.isPresent()) {
                    byVolume.computeIfAbsent(volume.get(), name -> new ArrayList<>())
                            .add(new Mounted(container, volume.get(), mountPoint, ContainerPath.of(path.get())));
                }
            }
        }
        return byVolume;
    }

    private static boolean isItself(Sharer sharer, PlannedMount planned) {
        return planned.what() instanceof What.FromTask fromTask
                && fromTask.mountPoint().equals(sharer.mountPoint());
    }

    private static boolean isNothing(MountRoot rooted) {
        return rooted.provenance() instanceof OwnerReason.NotInImage
                || rooted.provenance() instanceof OwnerReason.NotCopied;
    }

    private static String spelled(PlannedMount planned) {
        return planned.what() instanceof What.FromTask fromTask
                ? fromTask.mountPoint().containerPath().known().orElse(planned.destination())
                : planned.destination();
    }

    private MountRoot brought(ContainerDefinition container, ContainerPath path, String spelled, Platform platform) {
        Image image = image(container);
        if (platform.runsDocker()) {
            return copyUp(image, path, platform);
        }
        List<ImageVolume> declared = image.config().volumes().declared().stream()
                .filter(volume -> volume.path().equals(path))
                .toList();
        if (!declared.isEmpty()) {
            MountRoot copied = copyUp(image, path, platform);
            boolean exactly =
                    declared.stream().anyMatch(volume -> volume.written().equals(spelled));
            return exactly || copied.ownership().equals(Ownership.ROOT_0755)
                    ? copied
                    : MountRoot.unknown(
                            Ownership.UNKNOWN,
                            new OwnerReason.SpelledDifferently(
                                    platform, declared.get(0).written(), spelled));
        }
        if (!image.config().volumes().complete()) {
            return MountRoot.unknown(Ownership.UNKNOWN, new OwnerReason.MayBeVolume(image.unknownBase(), path));
        }
        return MountRoot.empty(Ownership.ROOT_0755, new OwnerReason.NotCopied());
    }

    /** What containers that have certainly started before this one is created do to the volume. */
    private List<Preparer> preparers(String volume, ContainerDefinition container, Platform platform) {
        ContainerOrder.Before before = order.before(container.name());
        return before.started().stream()
                .filter(name -> !name.equals(container.name()))
                .flatMap(name -> task.container(name).stream())
                .filter(other -> mayWrite(other, volume, new HashSet<>()))
                .map(other -> preparer(other, volume, before, platform))
                .toList();
    }

    private Preparer preparer(ContainerDefinition by, String volume, ContainerOrder.Before before, Platform platform) {
        Map<ContainerPath, TreeNode> mounts = new HashMap<>();
        List<ContainerPath> places = new ArrayList<>();
        for (Mounted mounted : mountedBy(by, new HashSet<>())) {
            boolean here = mounted.volume().equals(volume);
            boolean starts = here
                    || task.volume(mounted.volume())
                            .filter(other -> other.storage() instanceof Storage.Empty)
                            .isPresent();
            mounts.put(
                    mounted.path(),
                    starts
                            ? brought(mounted.container(), mounted.path(), mounted.spelled(), platform)
                                    .directory()
                            : MountRoot.fileOrDirectory(new OwnerReason.SharedContent())
                                    .directory());
            if (here) {
                places.add(mounted.path());
            }
        }
        ContainerPath place = places.get(0);
        boolean overlaps = places.size() > 1
                || mounts.keySet().stream().anyMatch(other -> !other.equals(place) && other.isAtOrBelow(place));
        return overlaps
                ? new Preparer(by, TreeNode.unknown(Provenance.of("several mounts")), Optional.empty(), true)
                : runs.of(by, image(by), place, mounts, before);
    }

    /** What a container mounts, itself and through volumesFrom. */
    private List<Mounted> mountedBy(ContainerDefinition container, Set<String> seen) {
        List<Mounted> all = new ArrayList<>();
        if (seen.add(container.name())) {
            all.addAll(mountedByContainer.getOrDefault(container.name(), List.of()));
            for (VolumesFrom from : container.fileSystem().volumesFrom()) {
                from.sourceContainer()
                        .known()
                        .flatMap(task::container)
                        .ifPresent(source -> all.addAll(mountedBy(source, seen)));
            }
        }
        return all;
    }

    /** Whether a container has the volume, itself or through volumesFrom, and not as readOnly. */
    private boolean mayWrite(ContainerDefinition container, String volume, Set<String> seen) {
        return mountedByContainer.getOrDefault(container.name(), List.of()).stream()
                        .anyMatch(mounted -> mounted.volume().equals(volume) && mounted.mayWrite())
                || (seen.add(container.name())
                        && container.fileSystem().volumesFrom().stream()
                                .filter(from -> !from.readOnly().known().orElse(false))
                                .flatMap(from -> from.sourceContainer().known().stream())
                                .flatMap(name -> task.container(name).stream())
                                .anyMatch(source -> mayWrite(source, volume, seen)));
    }
}
