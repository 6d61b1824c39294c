// SPDX-License-Identifier: Apache-2.0
/** Finds where compiled classes write files, from their byte code and without loading them. */
@NullMarked
package io.github.readonlyrootfs.bytecode;

import org.jspecify.annotations.NullMarked;
