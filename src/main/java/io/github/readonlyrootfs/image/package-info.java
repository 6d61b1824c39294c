// SPDX-License-Identifier: Apache-2.0
/** What a build leaves behind: an image, which is its configuration and its file system. */
@NullMarked
package io.github.readonlyrootfs.image;

import org.jspecify.annotations.NullMarked;
