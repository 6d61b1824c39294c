// SPDX-License-Identifier: Apache-2.0
/** Infers needs: one finder for each kind of evidence. */
@NullMarked
package io.github.readonlyrootfs.need.finder;

import org.jspecify.annotations.NullMarked;
