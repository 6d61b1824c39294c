// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/** The kind of file at a path of a container or an image. */
public enum EntryKind {
    DIRECTORY,
    FILE,
    SYMLINK,
    MISSING,
    /** It cannot be determined whether something is there, or what. */
    UNKNOWN
}
