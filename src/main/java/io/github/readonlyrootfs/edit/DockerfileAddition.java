// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines to add to a Dockerfile so that a user can write a path.
 *
 * @param user the user that must be able to write
 * @param shared whether other users write there too, so that no single user can own it
 * @param entered a directory that everybody must be able to enter
 * @param owned a directory, or a file of the image, that the user must own
 * @param content whether the existing content of that directory must belong to the user too
 * @param volumes paths to declare as VOLUME
 * @param before the VOLUME that this must precede: the classic builder discards later changes
 */
public record DockerfileAddition(
        ContainerUser user,
        boolean shared,
        Optional<ContainerPath> entered,
        Optional<ContainerPath> owned,
        boolean content,
        List<ContainerPath> volumes,
        Optional<Location> before) {

    // As the JDK makes it for a record, but without the milliseconds that it takes to link.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DockerfileAddition addition
                && shared == addition.shared
                && content == addition.content
                && user.equals(addition.user)
                && entered.equals(addition.entered)
                && owned.equals(addition.owned)
                && volumes.equals(addition.volumes)
                && before.equals(addition.before);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * entered.hashCode() + owned.hashCode()) + volumes.hashCode();
    }

    public static DockerfileAddition own(ContainerUser user, ContainerPath path, Optional<Location> before) {
        return new DockerfileAddition(user, false, Optional.empty(), Optional.of(path), false, List.of(), before);
    }

    public static DockerfileAddition enter(ContainerUser user, ContainerPath path, Optional<Location> before) {
        return new DockerfileAddition(user, false, Optional.of(path), Optional.empty(), false, List.of(), before);
    }

    public static DockerfileAddition declare(ContainerUser user, List<ContainerPath> volumes) {
        return new DockerfileAddition(
                user, false, Optional.empty(), Optional.empty(), false, volumes, Optional.empty());
    }

    public DockerfileAddition owning(ContainerPath path) {
        return new DockerfileAddition(user, shared, entered, Optional.of(path), content, volumes, before);
    }

    public DockerfileAddition declaring(ContainerPath volume) {
        return new DockerfileAddition(user, shared, entered, owned, content, List.of(volume), before);
    }

    /** The same for a directory that others write too. */
    public DockerfileAddition withOthers() {
        return new DockerfileAddition(user, true, entered, owned, content, volumes, before);
    }

    /** The same, including the content of the owned directory. */
    public DockerfileAddition withContent() {
        return new DockerfileAddition(user, shared, entered, owned, true, volumes, before);
    }

    /** Whether it takes root to do it. */
    boolean asRoot() {
        return entered.isPresent() || owned.isPresent();
    }
}
