// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.Truth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user or group id: the number where it is known, else the name that an unknown /etc/passwd or /etc/group gives a
 * number.
 *
 * @param number null where only the name is known
 * @param name null where nothing names it
 */
public record UnixId(@Nullable Integer number, @Nullable String name) {

    public static final UnixId ROOT = new UnixId(0, "root");

    public UnixId {
        if (number == null && name == null) {
            throw new IllegalArgumentException("neither number nor name");
        }
    }

    /** A number without a name, except root's. */
    public static UnixId of(int number) {
        return number == 0 ? ROOT : new UnixId(number, null);
    }

    /** Whether a text is written as a number rather than a name. */
    public static boolean isNumber(String written) {
        return written.matches("\\d{1,9}");
    }

    /** A name whose number is unknown. */
    public static UnixId named(String name) {
        return name.equals("root") ? ROOT : new UnixId(null, name);
    }

    public boolean isRoot() {
        return number != null && number == 0;
    }

    /** Whether both are one and the same; null is an id that is unknown. */
    public static Truth same(@Nullable UnixId one, @Nullable UnixId two) {
        if (one == null || two == null) {
            return Truth.UNKNOWN;
        }
        if (one.number != null && two.number != null) {
            return Truth.of(one.number.equals(two.number));
        }
        if (one.name != null && one.name.equals(two.name)) {
            return Truth.TRUE;
        }
        // A name other than root's is somebody else: that much is safe to say of an unknown account.
        return one.isRoot() || two.isRoot() ? Truth.FALSE : Truth.UNKNOWN;
    }

    // As the JDK makes it for a record, but there at once: owners are compared all the time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnixId id && Objects.equals(number, id.number) && Objects.equals(name, id.name);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(number) + Objects.hashCode(name);
    }

    /** The name where there is one, else the number. */
    @Override
    public String toString() {
        return name != null ? name : String.valueOf(number);
    }
}
