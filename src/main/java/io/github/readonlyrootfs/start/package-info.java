// SPDX-License-Identifier: Apache-2.0
/** What a container runs: commands in shells, scripts and wrappers, JVMs, and their environment. */
@NullMarked
package io.github.readonlyrootfs.start;

import org.jspecify.annotations.NullMarked;
