// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.nio.file.Path;

/**
 * An archive or a directory that a plugin of the build makes of the project's files.
 *
 * @param path where it will be, absolute
 * @param files what it will hold
 * @param maker the plugin, as people call it
 */
public record Assembly(Path path, boolean isDirectory, PackedFiles files, String maker) {}
