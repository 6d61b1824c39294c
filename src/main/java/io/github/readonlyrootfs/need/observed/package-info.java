// SPDX-License-Identifier: Apache-2.0
/** The record of what containers needed when they were run, and what it was made from. */
@NullMarked
package io.github.readonlyrootfs.need.observed;

import org.jspecify.annotations.NullMarked;
