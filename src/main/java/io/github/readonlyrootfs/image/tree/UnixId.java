// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.Truth;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user or group id: the number if it is known, else the name whose number an unknown /etc/passwd or /etc/group has.
 *
 * @param number null if only the name is known
 * @param name null if it has none, or an unknown one
 */
public record UnixId(@Nullable Integer number, @Nullable String name) {

    public static final UnixId ROOT = new UnixId(0, "root");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

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
        return NUMBER.matcher(written).matches();
    }

    /** A name whose number is unknown. */
    public static UnixId named(String name) {
        return name.equals("root") ? ROOT : new UnixId(null, name);
    }

    public boolean isRoot() {
        return number != null && number == 0;
    }

    /** Whether both are the same; null is an unknown id. */
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
        // An unknown account with another name than root's is assumed not to be root.
        return one.isRoot() || two.isRoot() ? Truth.FALSE : Truth.UNKNOWN;
    }

    // The same as the JDK's for a record, but without its start-up cost: owners are compared very often.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnixId id && Objects.equals(number, id.number) && Objects.equals(name, id.name);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(number) + Objects.hashCode(name);
    }

    /** The name, else the number. */
    @Override
    public String toString() {
        return name != null ? name : String.valueOf(number);
    }
}
