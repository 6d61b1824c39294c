package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An empty task volume that other containers mount too: what they do to it decides as much as the image of the
 * container that is looked at.
 */
final class SharedVolume {

    private static final Set<String> ENDED = Set.of("SUCCESS", "COMPLETE");

    private SharedVolume() {}

    /** What would make known who may write it; empty for a volume that the container has to itself. */
    static Optional<String> help(JudgedContainer on, Mount mount, ContainerPath path) {
        List<String> others = sharers(on, mount).toList();
        if (mount.kind() != Mount.Kind.TASK_VOLUME || others.isEmpty()) {
            return Optional.empty();
        }
        String user = on.runtime().user().shortly();
        String other = others.get(0);
        return Optional.of(
                others.stream().anyMatch(name -> endsBefore(on, name))
                        ? "see that container " + other + " gives " + path + " to " + user
                                + ": what it does is not followed here"
                        : "give " + path + " one owner and mode in the images of containers " + on.name() + " and "
                                + other + ", or let a container that runs first give it to " + user);
    }

    private static Stream<String> sharers(JudgedContainer on, Mount mount) {
        return on.task().containers().stream()
                .map(CheckedContainer::definition)
                .filter(definition -> !definition.name().equals(on.name()))
                .filter(definition -> mounts(definition, mount.volume()))
                .map(ContainerDefinition::name);
    }

    private static boolean mounts(ContainerDefinition container, Optional<String> volume) {
        return volume.isPresent()
                && container.mountPoints().stream()
                        .map(MountPoint::sourceVolume)
                        .anyMatch(source -> source.known().equals(volume));
    }

    private static boolean endsBefore(JudgedContainer on, String other) {
        return on.container().definition().dependsOn().stream()
                .filter(dependency ->
                        dependency.containerName().known().filter(other::equals).isPresent())
                .anyMatch(dependency ->
                        dependency.condition().known().filter(ENDED::contains).isPresent());
    }
}
