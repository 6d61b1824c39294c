// SPDX-License-Identifier: Apache-2.0
/** What is in jars, as far as their central directories tell. */
@NullMarked
package io.github.readonlyrootfs.archive;

import org.jspecify.annotations.NullMarked;
