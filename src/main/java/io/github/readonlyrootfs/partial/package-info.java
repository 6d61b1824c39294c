// SPDX-License-Identifier: Apache-2.0
/** Texts of which parts are known and parts are not, and patterns for the names that they may be. */
@NullMarked
package io.github.readonlyrootfs.partial;

import org.jspecify.annotations.NullMarked;
