// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/**
 * The user that writes.
 *
 * @param user in the form of {@code USER}; absent for the container's own user
 * @param gifts the changes of owners and modes that the start command made before, as another user
 */
public record Writer(Value<String> user, List<Gift> gifts) {

    /** The container's own user, which the runtime knows. */
    public static final Writer CONTAINERS_OWN = new Writer(Value.absent(), List.of());

    public Writer {
        gifts = List.copyOf(gifts);
    }

    /** What the start command did to a directory before the writer uses it. */
    public enum Preparation {
        NONE,
        /** It may have changed the owner or mode. */
        PERHAPS,
        /** It certainly made the writer the owner. */
        GIVEN
    }

    /**
     * A command that changes owners or modes.
     *
     * @param path empty if unknown
     * @param below whether it also changes everything below
     * @param owner the certain new owner
     */
    record Gift(Optional<ContainerPath> path, boolean below, Optional<String> owner) {}

    static Writer as(Value<String> user) {
        return user.isAbsent() ? CONTAINERS_OWN : new Writer(user, List.of());
    }

    /** This writer after changes of owners and modes. */
    Writer after(List<Gift> before) {
        return user.isAbsent() ? this : new Writer(user, before);
    }

    /** Equal for equal users. */
    public String key() {
        return user.isAbsent() ? "" : user.known().orElse("?");
    }

    /**
     * Whether the start command has prepared a directory.
     *
     * @param path that is written
     * @param decided the directory above it that refuses the writer
     */
    public Preparation preparation(ContainerPath path, ContainerPath decided, Accounts accounts) {
        Preparation most = Preparation.NONE;
        for (Gift gift : gifts) {
            Optional<ContainerPath> given = gift.path;
            boolean inside = given.filter(path::isAtOrBelow)
                    .filter(at -> at.isAtOrBelow(decided) || gift.below)
                    .isPresent();
            if (inside && gift.owner.filter(owner -> isWriter(owner, accounts)).isPresent()) {
                return Preparation.GIVEN;
            }
            if (inside || given.isEmpty()) {
                most = Preparation.PERHAPS;
            }
        }
        return most;
    }

    private boolean isWriter(String owner, Accounts accounts) {
        return user.known()
                .filter(own -> new UserSpec(own).isSameUser(new UserSpec(owner), accounts))
                .isPresent();
    }
}
