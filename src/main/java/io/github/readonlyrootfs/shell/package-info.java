// SPDX-License-Identifier: Apache-2.0
/** The grammar of shell scripts, as POSIX shells and bash have it. Nothing is expanded or run here. */
@NullMarked
package io.github.readonlyrootfs.shell;

import org.jspecify.annotations.NullMarked;
