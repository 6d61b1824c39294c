package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Mends a mount that comes from another container, where that container gets it. */
record VolumesFromRemedy(Remedy remedy) {

    /** What a container has of its own; following volumesFrom further could go round in circles. */
    private static final Set<Mount.Kind> MENDED_THERE =
            Set.of(Mount.Kind.IMAGE_VOLUME, Mount.Kind.TASK_VOLUME, Mount.Kind.DOCKER_VOLUME);

    /** The other container and its mount at the same path. */
    private record Source(VolumesFrom entry, JudgedContainer on, Mount mount) {}

    String makeWritable(Mount mount, ContainerPath path) {
        return source(mount)
                .map(source -> source.mount().readOnly()
                        ? at(source).makeWritable(source.mount(), path)
                        : TaskDefinitionEdit.setReadOnly(remedy.on(), false, source.entry(), remedy.reader()))
                .orElse("make the mount at " + mount.path() + " writable where it comes from");
    }

    String own(Mount mount, ContainerPath path) {
        return source(mount)
                .filter(source -> source.on().container().build().isPresent())
                .map(source -> at(source).own(source.mount(), path))
                .orElse("give " + path + " to " + remedy.user().describe()
                        + " in the image of the container it comes from");
    }

    /** The edit goes where the other container gets the mount, but serves this container's user. */
    private Remedy at(Source source) {
        return Remedy.of(source.on(), remedy.user(), remedy.reader());
    }

    private Optional<Source> source(Mount mount) {
        return remedy.on().container().definition().volumesFrom().stream()
                .flatMap(entry -> sources(entry, mount))
                .findFirst();
    }

    private Stream<Source> sources(VolumesFrom entry, Mount mount) {
        Value<String> name = entry.sourceContainer();
        return JudgedContainer.all(remedy.on().task())
                .filter(other -> other.platform() == remedy.on().platform())
                .filter(other -> name.known().filter(other.name()::equals).isPresent())
                .flatMap(other -> other.runtime().mounts().stream()
                        .filter(candidate ->
                                candidate.path().equals(mount.path()) && MENDED_THERE.contains(candidate.kind()))
                        .map(candidate -> new Source(entry, other, candidate)));
    }
}
