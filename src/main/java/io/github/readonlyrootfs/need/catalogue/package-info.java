// SPDX-License-Identifier: Apache-2.0
/** The catalogue of writes by published images, programs, libraries and settings: one reader for each kind of data file. */
@NullMarked
package io.github.readonlyrootfs.need.catalogue;

import org.jspecify.annotations.NullMarked;
