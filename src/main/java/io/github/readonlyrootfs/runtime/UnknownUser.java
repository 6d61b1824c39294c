// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.source.Value;

/** Why it is unknown who runs a container. */
public sealed interface UnknownUser extends Reason {

    /** The files name a user whose name is not known. */
    record NameUnknown(Value.Unknown<?> value) implements UnknownUser, Reason.OfValue {}

    /** Nothing here names one, but an image whose configuration is not known may. */
    record BaseMaySetUser(String base) implements UnknownUser {}

    /** Users of Windows containers are not judged. */
    record OnWindows() implements UnknownUser {}
}
