// SPDX-License-Identifier: Apache-2.0
/** What the commands of a script do to files and accounts. */
@NullMarked
package io.github.readonlyrootfs.image.command;

import org.jspecify.annotations.NullMarked;
