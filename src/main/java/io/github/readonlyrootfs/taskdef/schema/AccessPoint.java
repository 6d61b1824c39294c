// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import java.util.List;
import java.util.Optional;

/**
 * An access point of an EFS file system, where the same files make both.
 *
 * @param user as whom the server takes every client; empty where it takes each as it comes
 */
public record AccessPoint(Optional<User> user, Directory directory) {

    /** @param groups its further groups */
    public record User(int uid, int gid, List<Integer> groups) {}

    /**
     * The directory that it shows, as it is made.
     *
     * @param mode empty where it is unknown
     */
    public record Directory(int uid, int gid, Optional<Integer> mode) {}
}
