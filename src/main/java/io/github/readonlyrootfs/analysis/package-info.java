// SPDX-License-Identifier: Apache-2.0
/** The containers of tasks with their images and needs, and the verdicts on each platform. */
@NullMarked
package io.github.readonlyrootfs.analysis;

import org.jspecify.annotations.NullMarked;
