// SPDX-License-Identifier: Apache-2.0
/** The containers of tasks with their images and needs, and what each platform makes of them. */
@NullMarked
package io.github.readonlyrootfs.analysis;

import org.jspecify.annotations.NullMarked;
