package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;

/**
 * A VOLUME that lands where nobody meant it to, because it is relative or a variable in it has no value. The rule that
 * says so names the cure; whether anybody can write or needs that place is beside the point.
 */
final class MisplacedVolume {

    private MisplacedVolume() {}

    static boolean isAt(JudgedContainer on, ContainerPath mount) {
        List<ImageBuild.UnresolvedVariable> unresolved =
                on.container().build().map(ImageBuild::unresolved).orElse(List.of());
        return RelativeVolume.speaksOf(on.container().image(), mount)
                || on.container().image().volumes().stream()
                        .filter(volume -> volume.path().equals(mount))
                        .anyMatch(volume -> unresolved.stream()
                                .anyMatch(variable -> variable.location().equals(volume.location())));
    }
}
