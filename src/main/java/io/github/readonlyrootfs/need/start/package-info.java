// SPDX-License-Identifier: Apache-2.0
/** What a container runs: commands behind shells, scripts and wrappers, JVMs, and their environment. */
@NullMarked
package io.github.readonlyrootfs.need.start;

import org.jspecify.annotations.NullMarked;
