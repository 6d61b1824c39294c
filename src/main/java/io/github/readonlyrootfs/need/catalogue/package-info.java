// SPDX-License-Identifier: Apache-2.0
/** What is known of published images, programs, libraries and settings: one reader per data file. */
@NullMarked
package io.github.readonlyrootfs.need.catalogue;

import org.jspecify.annotations.NullMarked;
