// SPDX-License-Identifier: Apache-2.0
/** Runs a task's containers with the user's own engine. */
@NullMarked
package io.github.readonlyrootfs.observe;

import org.jspecify.annotations.NullMarked;
