// SPDX-License-Identifier: Apache-2.0
/** Computes what a container gets: {@link TaskRuntime} plans its mounts, mounts them one after the other, and finds its user. */
@NullMarked
package io.github.readonlyrootfs.runtime.engine;

import org.jspecify.annotations.NullMarked;
