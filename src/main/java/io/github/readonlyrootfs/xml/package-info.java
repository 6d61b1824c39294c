// SPDX-License-Identifier: Apache-2.0
/** Reads XML files with locations, without anything that they refer to. */
@NullMarked
package io.github.readonlyrootfs.xml;

import org.jspecify.annotations.NullMarked;
