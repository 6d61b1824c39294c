// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/** Users of containers in tests. */
public final class Users {

    private Users() {}

    public static ContainerUser root() {
        return user("root", 0);
    }

    /** A user whose group has the same number and name. */
    public static ContainerUser user(String name, int uid) {
        UnixId id = uid == 0 ? UnixId.ROOT : new UnixId(uid, name);
        return new ContainerUser(
                name, Optional.of(id), Optional.of(id), List.of(), true, Optional.empty(), uid == 0, Optional.empty());
    }

    public static ContainerUser unknownUser(String reason) {
        return new ContainerUser(
                "unknown",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Optional.of(new UnknownUser.NameUnknown(new Value.Unknown<>(reason, Location.of("Dockerfile")))),
                false,
                Optional.empty());
    }
}
