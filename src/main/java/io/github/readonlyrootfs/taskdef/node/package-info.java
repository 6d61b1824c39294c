// SPDX-License-Identifier: Apache-2.0
/** Files as trees of nodes that know their places, whatever their format, with placeholders. */
@NullMarked
package io.github.readonlyrootfs.taskdef.node;

import org.jspecify.annotations.NullMarked;
