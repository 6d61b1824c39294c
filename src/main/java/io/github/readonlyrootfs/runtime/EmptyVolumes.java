package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Ownership;
import io.github.readonlyrootfs.image.Provenance;
import io.github.readonlyrootfs.runtime.MountTable.End;
import io.github.readonlyrootfs.runtime.MountTable.Walk;
import io.github.readonlyrootfs.runtime.Mounts.Rooted;
import io.github.readonlyrootfs.runtime.Planned.What;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What lies in a volume that starts empty. Docker copies the image's directory into it, content, owner and mode; other
 * engines do so only where the image declares a VOLUME with exactly that path. Several containers may share one.
 */
final class EmptyVolumes {

    private static final ContainerPath DEV = ContainerPath.of("/dev");

    private static final Provenance NEW_DIRECTORY =
            Provenance.of("made by the engine: the image has no such directory");

    private static final Provenance NOTHING_COPIED = Provenance.of(
            "an empty task volume; the image's directory does not come along without a VOLUME of exactly this path");

    private static final Pattern CHANGES_OWNERSHIP = Pattern.compile("\\b(chown|chmod|chgrp|install|setfacl)\\b");

    private final TaskDefinition task;
    private final Map<String, Image> images;
    private final Map<String, List<Mounted>> mountedByVolume;

    /** A volume with very many mount points is looked through once, not once for each of them. */
    private final Map<Key, Shared> sharedByVolume = new HashMap<>();

    EmptyVolumes(TaskDefinition task, Map<String, Image> images) {
        this.task = task;
        this.images = images;
        this.mountedByVolume = mountedByVolume(task);
    }

    Optional<Image> image(ContainerDefinition container) {
        return Optional.ofNullable(images.get(container.name()));
    }

    /** The directory of an image as it comes into an empty volume that is mounted at a path. */
    Rooted copyUp(Image image, ContainerPath path, Platform platform) {
        if (path.isAtOrBelow(DEV)) {
            // The engine's own /dev is mounted first, and images have nothing there.
            return Rooted.empty(Ownership.ROOT_0755, NEW_DIRECTORY);
        }
        Walk walk = new MountTable(image.files()).walk(path);
        if (!platform.runsDocker() && !walk.real().equals(path) && walk.end() != End.UNKNOWN) {
            // Reported for Fargate: a VOLUME that goes through a symbolic link loses content and owner.
            return Rooted.empty(
                    Ownership.ROOT_0755,
                    Provenance.of("a VOLUME through a symbolic link loses content and owner on " + platform));
        }
        if (walk.end() == End.DIRECTORY && walk.last() instanceof FileNode.Directory directory) {
            return Rooted.copied(directory, image, walk.real());
        }
        if (walk.isMissing()) {
            return Rooted.empty(Ownership.ROOT_0755, NEW_DIRECTORY);
        }
        return Rooted.unknown(
                Ownership.UNKNOWN,
                walk.last() instanceof FileNode.Unknown unknown
                        ? unknown.provenance().text()
                        : "what the image has there is not known");
    }

    /** The directory of an empty task volume as a container finds it. */
    Rooted root(String volume, Planned planned, Platform platform) {
        Optional<String> preparer = preparer(volume, planned.owner());
        if (preparer.isPresent()) {
            return Rooted.unknown(
                    Ownership.UNKNOWN, "container " + preparer.get() + " runs first and may change owner or mode");
        }
        Rooted own = brought(planned.owner(), planned.path(), platform);
        Shared shared =
                sharedByVolume.computeIfAbsent(new Key(volume, platform), key -> shared(key.volume(), key.platform()));
        for (Sharer other : shared.examples()) {
            Ownership theirs = other.brought().ownership();
            if (!isItself(other, planned)
                    && !(theirs.equals(own.ownership()) && own.ownership().isKnown())) {
                return Rooted.unknown(
                        Ownership.UNKNOWN,
                        "it is shared with container " + other.container().name() + ", whose image brings " + theirs
                                + " where this one's brings " + own.ownership()
                                + ": whoever comes last while it is empty decides");
            }
        }
        boolean sameContent =
                Set.of(new Source(image(planned.owner()), planned.path())).containsAll(shared.sources());
        return sameContent ? own : Rooted.unknown(own.ownership(), "it is shared with other containers");
    }

    private record Key(String volume, Platform platform) {}

    private record Mounted(ContainerDefinition container, MountPoint mountPoint, ContainerPath path) {}

    /** A mount point of a volume whose image brings something into it. */
    private record Sharer(ContainerDefinition container, MountPoint mountPoint, Rooted brought) {}

    /** Where the content of a volume may come from. */
    private record Source(Optional<Image> image, ContainerPath path) {}

    /**
     * All that may bring something into a volume.
     *
     * @param examples of each owner and mode two sharers at most: one of them is another one than the asking one
     */
    private record Shared(List<Sharer> examples, Set<Source> sources) {}

    private Shared shared(String volume, Platform platform) {
        Map<Ownership, Integer> seen = new HashMap<>();
        Shared shared = new Shared(new ArrayList<>(), new HashSet<>());
        for (Mounted mounted : mountedByVolume.getOrDefault(volume, List.of())) {
            Rooted brought = brought(mounted.container(), mounted.path(), platform);
            if (!isNothing(brought)) {
                shared.sources().add(new Source(image(mounted.container()), mounted.path()));
                if (seen.merge(brought.ownership(), 1, Integer::sum) <= 2) {
                    shared.examples().add(new Sharer(mounted.container(), mounted.mountPoint(), brought));
                }
            }
        }
        return shared;
    }

    private static Map<String, List<Mounted>> mountedByVolume(TaskDefinition task) {
        Map<String, List<Mounted>> byVolume = new HashMap<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            for (MountPoint mountPoint : container.mountPoints()) {
                Optional<String> volume = mountPoint.sourceVolume().known();
                Optional<String> path = mountPoint.containerPath().known().filter(text -> text.startsWith("/"));
                if (volume.isPresent() && path.isPresent()) {
                    byVolume.computeIfAbsent(volume.get(), name -> new ArrayList<>())
                            .add(new Mounted(container, mountPoint, ContainerPath.of(path.get())));
                }
            }
        }
        return byVolume;
    }

    private static boolean isItself(Sharer sharer, Planned planned) {
        return planned.what() instanceof What.FromTask fromTask
                && fromTask.mountPoint().equals(sharer.mountPoint());
    }

    private static boolean isNothing(Rooted rooted) {
        return rooted.provenance().equals(NEW_DIRECTORY) || rooted.provenance().equals(NOTHING_COPIED);
    }

    private Rooted brought(ContainerDefinition container, ContainerPath path, Platform platform) {
        Image image = images.get(container.name());
        if (image == null) {
            return Rooted.unknown(Ownership.UNKNOWN, "the image of container " + container.name() + " is not known");
        }
        if (platform.runsDocker()
                || image.volumes().stream().anyMatch(volume -> volume.path().equals(path))) {
            return copyUp(image, path, platform);
        }
        if (!image.volumesComplete()) {
            return Rooted.unknown(
                    Ownership.UNKNOWN,
                    image.complete()
                            ? "the image has a VOLUME whose path is not known, and it may be " + path
                            : "base image " + image.base() + " may declare VOLUME " + path
                                    + ": its configuration is not known");
        }
        return Rooted.empty(Ownership.ROOT_0755, NOTHING_COPIED);
    }

    /** A container that must end before this one starts, and whose command prepares the volume. */
    private Optional<String> preparer(String volume, ContainerDefinition container) {
        for (DependsOn dependency : container.dependsOn()) {
            boolean ends = dependency
                    .condition()
                    .known()
                    .filter(Set.of("SUCCESS", "COMPLETE")::contains)
                    .isPresent();
            Optional<ContainerDefinition> other =
                    dependency.containerName().known().flatMap(task::container);
            if (ends && other.isPresent() && mounts(other.get(), volume) && changesOwnership(other.get())) {
                return other.map(ContainerDefinition::name);
            }
        }
        return Optional.empty();
    }

    private static boolean mounts(ContainerDefinition container, String volume) {
        return container.mountPoints().stream()
                .anyMatch(mountPoint ->
                        mountPoint.sourceVolume().known().filter(volume::equals).isPresent()
                                && !mountPoint.readOnly().known().orElse(false));
    }

    private boolean changesOwnership(ContainerDefinition container) {
        List<String> words = new ArrayList<>();
        for (List<Located<String>> part : List.of(
                container.entryPoint().known().orElse(List.of()),
                container.command().known().orElse(List.of()))) {
            part.forEach(word -> words.add(word.value()));
        }
        if (container.command().isAbsent()) {
            image(container).ifPresent(image -> addAll(words, image.cmd()));
        }
        if (container.entryPoint().isAbsent()) {
            image(container).ifPresent(image -> addAll(words, image.entrypoint()));
        }
        return words.stream().anyMatch(word -> CHANGES_OWNERSHIP.matcher(word).find());
    }

    private static void addAll(List<String> words, Value<List<CommandWord>> command) {
        command.known().orElse(List.of()).forEach(word -> words.add(word.text()));
    }
}
