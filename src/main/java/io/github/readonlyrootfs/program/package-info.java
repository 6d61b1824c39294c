// SPDX-License-Identifier: Apache-2.0
/** What programs do to files: one table for RUN lines, start scripts, health checks and commands of a task. */
@NullMarked
package io.github.readonlyrootfs.program;

import org.jspecify.annotations.NullMarked;
