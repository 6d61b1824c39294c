// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Truth;
import org.jspecify.annotations.Nullable;

/**
 * What a script sees of an entry of the file system.
 *
 * @param target of a symbolic link, empty otherwise
 * @param mode the twelve permission bits; null if unknown
 * @param user its owner's number
 * @param userName its owner's name
 * @param group its group's number
 * @param groupName its group's name
 * @param filled whether it is a file that is not empty
 */
public record FileStatus(
        EntryKind kind,
        String target,
        @Nullable Integer mode,
        Text user,
        Text userName,
        Text group,
        Text groupName,
        Truth filled) {

    public static final FileStatus UNKNOWN = of(EntryKind.UNKNOWN);

    public static final FileStatus MISSING = of(EntryKind.MISSING);

    private static FileStatus of(EntryKind kind) {
        return new FileStatus(kind, "", null, Text.UNKNOWN, Text.UNKNOWN, Text.UNKNOWN, Text.UNKNOWN, Truth.UNKNOWN);
    }

    public boolean is(EntryKind other) {
        return kind == other;
    }
}
