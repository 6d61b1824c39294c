// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/** What is at a path of a container's or an image's file system. */
public enum EntryKind {
    DIRECTORY,
    FILE,
    SYMLINK,
    MISSING,
    /** It cannot be determined whether something is there, or what. */
    UNKNOWN
}
