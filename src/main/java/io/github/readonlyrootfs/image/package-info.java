// SPDX-License-Identifier: Apache-2.0
/** The result of a build: an image, which is a configuration and a file system. */
@NullMarked
package io.github.readonlyrootfs.image;

import org.jspecify.annotations.NullMarked;
