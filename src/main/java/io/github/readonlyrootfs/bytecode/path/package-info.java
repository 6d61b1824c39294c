// SPDX-License-Identifier: Apache-2.0
/** Paths in byte code: their texts, the control flow of methods, and the calls that write. */
@NullMarked
package io.github.readonlyrootfs.bytecode.path;

import org.jspecify.annotations.NullMarked;
