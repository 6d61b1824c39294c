// SPDX-License-Identifier: Apache-2.0
/** The paths an application writes, and why we believe so. */
@NullMarked
package io.github.readonlyrootfs.need;

import org.jspecify.annotations.NullMarked;
