// SPDX-License-Identifier: Apache-2.0
/** The code that certainly runs when an application starts: the methods that frameworks call, and what these call. */
@NullMarked
package io.github.readonlyrootfs.bytecode.start;

import org.jspecify.annotations.NullMarked;
