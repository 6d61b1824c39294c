// SPDX-License-Identifier: Apache-2.0
/** Where compiled classes write files: found in their byte code, without loading them. */
@NullMarked
package io.github.readonlyrootfs.bytecode;

import org.jspecify.annotations.NullMarked;
