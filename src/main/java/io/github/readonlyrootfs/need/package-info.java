// SPDX-License-Identifier: Apache-2.0
/** The paths that a container writes, with the evidence. */
@NullMarked
package io.github.readonlyrootfs.need;

import org.jspecify.annotations.NullMarked;
