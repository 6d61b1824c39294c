// SPDX-License-Identifier: Apache-2.0
/** An image's files and accounts: owners, modes, symbolic links, names and numbers. */
@NullMarked
package io.github.readonlyrootfs.image.tree;

import org.jspecify.annotations.NullMarked;
