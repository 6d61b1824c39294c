// SPDX-License-Identifier: Apache-2.0
/** What of an application certainly runs when it starts: what frameworks make and call, and what that calls. */
@NullMarked
package io.github.readonlyrootfs.bytecode.start;

import org.jspecify.annotations.NullMarked;
