// SPDX-License-Identifier: Apache-2.0
/** The Maven goals. The only package that knows Maven. */
@NullMarked
package io.github.readonlyrootfs.mojo;

import org.jspecify.annotations.NullMarked;
