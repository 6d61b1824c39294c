// SPDX-License-Identifier: Apache-2.0
/** What a shell makes of the words of a script: variables, arithmetic, file names, assignments, and the questions of {@code test}. */
@NullMarked
package io.github.readonlyrootfs.shell.expand;

import org.jspecify.annotations.NullMarked;
