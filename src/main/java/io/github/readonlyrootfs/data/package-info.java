// SPDX-License-Identifier: Apache-2.0
/** Reads the data files with facts about software. */
@NullMarked
package io.github.readonlyrootfs.data;

import org.jspecify.annotations.NullMarked;
