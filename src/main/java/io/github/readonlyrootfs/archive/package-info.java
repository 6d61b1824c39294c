// SPDX-License-Identifier: Apache-2.0
/** The content of jars, mostly from their central directories. */
@NullMarked
package io.github.readonlyrootfs.archive;

import org.jspecify.annotations.NullMarked;
